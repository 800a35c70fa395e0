import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CategoryField } from "#app/groups/category-field.ts";
import { distanceKm } from "#app/matching/distance.ts";
import type { PairFacts, Scored, Side } from "#app/matching/match.ts";
import { score, WEIGHTS } from "#app/matching/score.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;
const ZONE = "America/New_York";
const inHours = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
const option = (key: string) => ({ key, label: key, translations: {} });
const field = (key: string, weighs: "must" | "wish"): CategoryField => ({
  key,
  label: key,
  translations: {},
  weighs,
  several: true,
  options: ["a", "b", "c"].map(option),
});
const FIELDS = [field("diet", "must"), field("size", "wish")];

const chosen = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 });
const aMoment = fc.option(fc.integer({ min: -60, max: 200 }).map(inHours));
const aSide: fc.Arbitrary<Side> = fc
  .record({
    id: fc.uuid(),
    categoryId: fc.constantFrom(null, "meals", "books"),
    at: fc.option(
      fc.record({
        lat: fc.double({ min: 40, max: 41, noNaN: true }),
        lng: fc.double({ min: -74, max: -73, noNaN: true }),
      }),
    ),
    times: fc.tuple(aMoment, aMoment),
    quantity: fc.integer({ min: 1, max: 5000 }),
    left: fc.double({ min: 0, max: 1, noNaN: true }),
    urgency: fc.constantFrom("normal" as const, "soon" as const, "urgent" as const),
    createdAt: fc.integer({ min: -500, max: 0 }).map(inHours),
    languages: fc.uniqueArray(fc.constantFrom("en", "es", "ar", "zh"), { maxLength: 3 }),
    answers: fc.record({ diet: chosen, size: chosen }, { requiredKeys: [] }),
  })
  .map(({ at, times: [one, other], left, ...rest }) => {
    const [windowStart, windowEnd] = one && other && one > other ? [other, one] : [one, other];
    return {
      ...rest,
      lat: at?.lat ?? null,
      lng: at?.lng ?? null,
      windowStart,
      windowEnd,
      remaining: Math.max(1, Math.ceil(rest.quantity * left)),
    };
  });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const somePair: fc.Arbitrary<PairFacts> = fc.record({
  fit: fc.constantFrom(1, 0.8, 0.5, 0.4),
  words: share,
  fields: fc.constantFrom([], FIELDS),
  kept: fc.option(share),
  areaAnswered: fc.option(share),
});

const of = (need: Side, offer: Side, pair: PairFacts): Scored => score(need, offer, pair, NOW, ZONE);
const always = (check: (need: Side, offer: Side, pair: PairFacts) => void) =>
  fc.assert(fc.property(aSide, aSide, somePair, check), { numRuns: 500 });
/** Floating sums may differ in the last digit. */
function notLess(better: number, worse: number): void {
  expect(better).toBeGreaterThanOrEqual(worse - 1e-12);
}

describe("the score", () => {
  it("weights make one whole", () => {
    expect(Object.values(WEIGHTS).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it("stays between 0 and 1, with at most four reasons, none twice", () => {
    always((need, offer, pair) => {
      const found = of(need, offer, pair);
      expect(found.score).toBeGreaterThanOrEqual(0);
      expect(found.score).toBeLessThanOrEqual(1);
      expect(found.reasons.length).toBeLessThanOrEqual(4);
      expect(new Set(found.reasons.map(({ kind }) => kind)).size).toBe(found.reasons.length);
    });
  });

  it("never falls when they come nearer", () => {
    always((need, offer, pair) => {
      if (need.lat === null || need.lng === null || offer.lat === null || offer.lng === null) return;
      const nearer = { ...offer, lat: (offer.lat + need.lat) / 2, lng: (offer.lng + need.lng) / 2 };
      notLess(of(need, nearer, pair).score, of(need, offer, pair).score);
    });
  });

  it("never falls when the offer is there for longer", () => {
    fc.assert(
      fc.property(aSide, aSide, somePair, fc.nat(48), fc.nat(48), (need, offer, pair, before, after) => {
        const earlier = offer.windowStart && new Date(offer.windowStart.getTime() - before * HOUR);
        const later = offer.windowEnd && new Date(offer.windowEnd.getTime() + after * HOUR);
        notLess(
          of(need, { ...offer, windowStart: earlier, windowEnd: later }, pair).score,
          of(need, offer, pair).score,
        );
        notLess(of(need, { ...offer, windowStart: null, windowEnd: null }, pair).score, of(need, offer, pair).score);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [
      "more is offered",
      (need: Side, offer: Side, pair: PairFacts) => of(need, { ...offer, remaining: offer.remaining + 1 }, pair),
    ],
    [
      "their words are more alike",
      (need: Side, offer: Side, pair: PairFacts) => of(need, offer, { ...pair, words: (pair.words + 1) / 2 }),
    ],
    [
      "the category fits better",
      (need: Side, offer: Side, pair: PairFacts) => of(need, offer, { ...pair, fit: Math.min(1, pair.fit + 0.2) }),
    ],
    [
      "the need is more urgent",
      (need: Side, offer: Side, pair: PairFacts) => of({ ...need, urgency: "urgent" }, offer, pair),
    ],
    [
      "the need waits longer",
      (need: Side, offer: Side, pair: PairFacts) =>
        of({ ...need, createdAt: new Date(need.createdAt.getTime() - HOUR) }, offer, pair),
    ],
    [
      "they share a language",
      (need: Side, offer: Side, pair: PairFacts) => of(need, { ...offer, languages: need.languages }, pair),
    ],
    [
      "the offer has every size",
      (need: Side, offer: Side, pair: PairFacts) =>
        of(need, { ...offer, answers: { ...offer.answers, size: ["a", "b", "c"] } }, pair),
    ],
    [
      "the giver keeps promises more surely",
      (need: Side, offer: Side, pair: PairFacts) =>
        of(need, offer, { ...pair, kept: pair.kept === null ? 0.5 : (pair.kept + 1) / 2 }),
    ],
    [
      "its area is answered less",
      (need: Side, offer: Side, pair: PairFacts) =>
        of(need, offer, { ...pair, areaAnswered: pair.areaAnswered === null ? 0.5 : pair.areaAnswered / 2 }),
    ],
  ])("never falls when %s", (_, better) => {
    always((need, offer, pair) => notLess(better(need, offer, pair).score, of(need, offer, pair).score));
  });

  it("does not care which of the two stands where, as far as place and time go", () => {
    always((need, offer, pair) => {
      const [one, other] = [of(need, offer, pair), of(offer, need, pair)];
      if (one.km !== null) expect(other.km).toBeCloseTo(one.km, 9);
      const limits = ({ broken }: Scored) => broken.includes("time");
      expect(limits(one)).toBe(limits(other));
    });
  });

  it("leans to nobody for what is not known: unknown is worth between the worst and the best", () => {
    always((need, offer, pair) => {
      const kept = (rate: number | null) => of(need, offer, { ...pair, kept: rate }).score;
      notLess(kept(1), kept(null));
      notLess(kept(null), kept(0));
    });
  });
});

describe("the hard limits", () => {
  it("are told exactly", () => {
    always((need, offer, pair) => {
      const { broken, km, strength } = of(need, offer, pair);
      expect(broken.includes("far")).toBe(km !== null && km > 25);
      const [from, to] = [need.windowStart ?? -Infinity, need.windowEnd ?? Infinity];
      const [offered, until] = [offer.windowStart ?? -Infinity, offer.windowEnd ?? Infinity];
      expect(broken.includes("time")).toBe(!(from <= until && offered <= to));
      const lacks =
        pair.fields.length > 0 && need.answers["diet"]?.some((one) => !offer.answers["diet"]?.includes(one));
      expect(broken.includes("must")).toBe(lacks ?? false);
      if (broken.length > 0) expect(strength).toBe("weak");
    });
  });

  it("do not touch the number: it says how good the pair would be without them", () => {
    always((need, offer, pair) => {
      const musts = { ...offer, answers: { ...offer.answers, diet: ["a", "b", "c"] } };
      expect(of(need, musts, pair).score).toBeCloseTo(of(need, offer, pair).score, 12);
    });
  });
});

describe("the reasons", () => {
  const dayOf = (at: Date) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(at);
  it("are all true for the rows they were made from", () => {
    always((need, offer, pair) => {
      for (const reason of of(need, offer, pair).reasons) {
        const km = distanceKm(need, offer);
        switch (reason.kind) {
          case "same_category":
            expect(need.categoryId).toBe(offer.categoryId);
            expect(need.categoryId).not.toBeNull();
            break;
          case "can_serve":
            expect(need.categoryId).not.toBe(offer.categoryId);
            break;
          case "same_area":
            expect(km).toBeLessThan(0.5);
            break;
          case "near":
            expect(Math.abs(km! - reason.km)).toBeLessThanOrEqual(0.5);
            break;
          case "when": {
            expect((need.windowStart ?? -Infinity) <= (offer.windowEnd ?? Infinity)).toBe(true);
            expect((offer.windowStart ?? -Infinity) <= (need.windowEnd ?? Infinity)).toBe(true);
            if (reason.day === "in_time") break;
            const times = (...at: (Date | null)[]) => at.filter((one) => one !== null).map((one) => one.getTime());
            const from = new Date(Math.max(...times(NOW, need.windowStart, offer.windowStart)));
            const to = new Date(Math.min(...times(need.windowEnd, offer.windowEnd)));
            expect(dayOf(from)).toBe(dayOf(to));
            if (reason.day === "today") expect(dayOf(to)).toBe("2026-11-22");
            else if (reason.day === "tomorrow") expect(dayOf(to)).toBe("2026-11-23");
            else expect(dayOf(to) > "2026-11-23").toBe(true);
            break;
          }
          case "enough":
            expect(offer.remaining).toBeGreaterThanOrEqual(need.remaining);
            expect(need.remaining).toBeGreaterThan(1);
            break;
          case "part":
            expect([reason.n, reason.of]).toEqual([offer.remaining, need.remaining]);
            expect(reason.n).toBeLessThan(reason.of);
            break;
          case "speaks":
            expect(need.languages).toContain(reason.language);
            expect(offer.languages).toContain(reason.language);
            break;
          case "has":
            expect(
              ["diet", "size"].some((key) =>
                [need, offer].every(({ answers }) => answers[key]?.includes(reason.option.key)),
              ),
            ).toBe(true);
            break;
          case "urgent":
            expect(need.urgency).toBe("urgent");
            break;
          case "waiting":
            expect(NOW.getTime() - need.createdAt.getTime()).toBeGreaterThanOrEqual(reason.hours * HOUR);
            expect(reason.hours).toBeGreaterThanOrEqual(48);
            break;
          case "words":
            expect(pair.words).toBeGreaterThanOrEqual(0.5);
            break;
          case "keeps_promises":
            expect(pair.kept).toBeGreaterThanOrEqual(0.85);
            break;
          case "area_left_behind":
            expect(pair.areaAnswered).toBeLessThanOrEqual(0.5);
        }
      }
    });
  });

  const side = (given: Partial<Side>): Side => ({
    id: "x",
    categoryId: "meals",
    lat: 40.7,
    lng: -73.9,
    windowStart: null,
    windowEnd: null,
    quantity: 30,
    remaining: 30,
    urgency: "normal",
    createdAt: NOW,
    languages: [],
    answers: {},
    ...given,
  });
  const plain: PairFacts = { fit: 1, words: 0.1, fields: FIELDS, kept: null, areaAnswered: null };
  const whenOf = (need: Partial<Side>, offer: Partial<Side>, now = NOW) =>
    score(side(need), side(offer), plain, now, ZONE).reasons.find(({ kind }) => kind === "when");

  it("of one pair, in a coordinator's order: what it is, where, when, how much", () => {
    const found = of(side({ windowEnd: inHours(8) }), side({ remaining: 20, lat: 40.709 }), plain);
    expect(found.reasons).toEqual([
      { kind: "same_category" },
      { kind: "near", km: 1 },
      { kind: "when", day: "today" },
      { kind: "part", n: 20, of: 30 },
    ]);
    expect(found.strength).toBe("strong");
  });

  it("name the day the two meet, not the day the need ends", () => {
    expect(whenOf({ windowEnd: inHours(30) }, { windowEnd: inHours(4) })).toEqual({ kind: "when", day: "today" });
    expect(whenOf({ windowEnd: inHours(30) }, {})).toEqual({ kind: "when", day: "in_time" });
    expect(whenOf({ windowStart: inHours(24) }, { windowEnd: inHours(30) })).toEqual({ kind: "when", day: "tomorrow" });
    expect(whenOf({}, { windowEnd: inHours(4) })).toBeUndefined();
  });

  it("count days by the calendar where one has 25 hours, and at home, not in UTC", () => {
    const early = new Date("2026-11-01T04:15:00Z");
    const late = { windowStart: new Date("2026-11-02T15:00:00Z"), windowEnd: new Date("2026-11-02T17:00:00Z") };
    expect(whenOf(late, {}, early)).toEqual({ kind: "when", day: "tomorrow" });
    const tonight = { windowStart: new Date("2026-11-23T01:00:00Z"), windowEnd: new Date("2026-11-23T04:00:00Z") };
    expect(whenOf(tonight, {})).toEqual({ kind: "when", day: "today" });
  });

  it("put what must be there first, and only where all of it is", () => {
    const needs = side({ windowEnd: inHours(8), answers: { diet: ["a", "b"] } });
    const all = of(needs, side({ answers: { diet: ["a", "b"] } }), plain);
    expect(all.reasons.map(({ kind }) => kind)).toEqual(["same_category", "has", "same_area", "enough"]);
    const some = of(needs, side({ answers: { diet: ["a"] } }), plain);
    expect(some.reasons.map(({ kind }) => kind)).not.toContain("has");
  });

  it("of a need's offers are never what is the same for all of them", () => {
    const ofNeed = ["urgent", "waiting", "area_left_behind"];
    always((need, offer, pair) => {
      const kinds = score(need, offer, pair, NOW, ZONE, "need").reasons.map(({ kind }) => kind);
      expect(kinds.filter((kind) => ofNeed.includes(kind))).toEqual([]);
      expect(score(need, offer, pair, NOW, ZONE, "need").score).toBe(of(need, offer, pair).score);
    });
  });
});
