import fc from "fast-check";
import { expect, test } from "vitest";
import {
  bandOf,
  chanceLately,
  chanceOf,
  rateKey,
  USUAL_CHANCE,
  type ChanceFacts,
  type Tally,
} from "#app/matching/chance.ts";

const NONE: Tally = { asked: 0, yes: 0, promised: 0, kept: 0 };
const tally = fc
  .tuple(fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(300))
  .map(([yes, no, kept, broken]): Tally => ({ asked: yes + no, yes, promised: kept + broken, kept }));
const facts: fc.Arbitrary<ChanceFacts> = fc.record({
  personId: fc.constantFrom("ana", "ben"),
  categoryId: fc.option(fc.constantFrom("meals", "blankets")),
  chose: fc.boolean(),
  offers: fc.boolean(),
  speaks: fc.boolean(),
  km: fc.option(fc.double({ min: 0, max: 50, noNaN: true })),
  hour: fc.integer({ min: 0, max: 23 }),
});
const KEYS = [
  rateKey("all"),
  ...["ana", "ben"].map((key) => rateKey("person", key)),
  ...["meals", "blankets"].map((key) => rateKey("category", key)),
  ...["yes", "no"].flatMap((key) => [rateKey("chosen", key), rateKey("offers", key)]),
  ...["0", "1", "2", "3", "4", "unknown"].map((key) => rateKey("distance", key)),
  ...Array.from({ length: 24 }, (_, hour) => rateKey("hour", String(hour))),
];
const rates = fc
  .array(fc.option(tally), { minLength: KEYS.length, maxLength: KEYS.length })
  .map((all) => new Map(all.flatMap((one, at) => (one ? [[KEYS[at]!, one] as const] : []))));
const ANA: ChanceFacts = {
  personId: "ana",
  categoryId: null,
  chose: false,
  offers: false,
  speaks: true,
  km: null,
  hour: 12,
};

test("is a chance, whatever was counted", () => {
  fc.assert(
    fc.property(facts, rates, (one, known) => {
      const chance = chanceOf(one, known);
      expect(chance).toBeGreaterThan(0);
      expect(chance).toBeLessThan(1);
    }),
  );
});

test("a yes or a kept promise more never makes anybody less likely, a missed text or a broken promise never more", () => {
  fc.assert(
    fc.property(facts, rates, fc.integer({ min: 1, max: 50 }), (one, known, n) => {
      const key = rateKey("person", one.personId);
      const own = known.get(key) ?? NONE;
      const chance = chanceOf(one, known);
      const after = (more: Partial<Tally>) => chanceOf(one, new Map(known).set(key, { ...own, ...more }));
      const hair = 1e-12;
      expect(after({ asked: own.asked + n, yes: own.yes + n })).toBeGreaterThanOrEqual(chance - hair);
      expect(after({ promised: own.promised + n, kept: own.kept + n })).toBeGreaterThanOrEqual(chance - hair);
      expect(after({ asked: own.asked + n })).toBeLessThanOrEqual(chance + hair);
      expect(after({ promised: own.promised + n })).toBeLessThanOrEqual(chance + hair);
    }),
  );
});

test("before anything was counted everybody stands where everybody does, the nearer a little ahead", () => {
  expect(chanceOf(ANA, new Map())).toBeCloseTo(USUAL_CHANCE, 10);
  const byKm = [0.2, 2, 4, 8, 30].map((km) => chanceOf({ ...ANA, km }, new Map()));
  expect(byKm).toEqual(byKm.toSorted((a, b) => b - a));
  expect(new Set(byKm).size).toBe(5);
});

test("somebody new is not behind those who do as everybody does, and one missed text costs them little", () => {
  fc.assert(
    fc.property(facts, rates, fc.nat(30), (one, known, n) => {
      const without = new Map(known);
      without.delete(rateKey("person", one.personId));
      const all = known.get(rateKey("all")) ?? NONE;
      const asEverybody = new Map(without).set(rateKey("person", one.personId), {
        asked: 100 * n,
        yes: (100 * n * (all.yes + 10)) / (all.asked + 40),
        promised: 0,
        kept: 0,
      });
      expect(chanceOf(one, without)).toBeCloseTo(chanceOf(one, asEverybody), 9);
    }),
  );
  const missed = new Map([[rateKey("person", "ana"), { ...NONE, asked: 1 }]]);
  expect(chanceOf(ANA, missed)).toBeGreaterThan(0.8 * USUAL_CHANCE);
});

test("many answers tell: who always helps is likelier than not, who never did falls behind, never to nothing", () => {
  const of = (yes: number) =>
    chanceOf(ANA, new Map([[rateKey("person", "ana"), { asked: 40, yes, promised: yes, kept: yes }]]));
  expect(of(40)).toBeGreaterThan(0.7);
  expect(of(0)).toBeLessThan(0.05);
  expect(of(0)).toBeGreaterThan(0);
});

test("the edges of the bands of distance", () => {
  expect([null, 0, 0.99, 1, 2.9, 3, 6, 9.9, 10, 400].map(bandOf)).toEqual(
    ["unknown", 0, 0, 1, 1, 2, 3, 3, 4, 4].map(String),
  );
});

test("who was asked often this week is a little less likely to read on, never quite unlikely, and nobody else is touched", () => {
  expect(chanceLately(0.3, 0)).toBe(0.3);
  const after = [0, 1, 5, 20, 40].map((asks) => chanceLately(0.3, asks));
  expect(after).toEqual(after.toSorted((a, b) => b - a));
  expect(after[1]).toBeGreaterThan(0.28);
  expect(after[4]).toBeGreaterThan(0);
});
