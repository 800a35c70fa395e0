import fc from "fast-check";
import { expect, test } from "vitest";
import { nextWaveAt, stillExpected, waveSize } from "#app/waves/schedule.ts";

const NOW = new Date("2030-01-08T17:00:00Z");
const urgency = fc.constantFrom("normal" as const, "soon" as const, "urgent" as const);
const minutesTo = (at: Date) => (at.getTime() - NOW.getTime()) / 60_000;

const CROWD = Array.from<null>({ length: 1000 }).fill(null);
const chances = fc.array(fc.option(fc.double({ min: 0.001, max: 0.9, noNaN: true })), { maxLength: 300 });

test.each([
  ["normal", 1, 5],
  ["soon", 1, 5],
  ["urgent", 2, 15],
  ["normal", 4, 20],
  ["normal", 40, 63],
  ["normal", 100_000, 100],
] as const)("a wave of a %s need with %i left, where nobody is known, asks %i", (how, remaining, size) => {
  expect(waveSize({ urgency: how, remaining }, 0, CROWD)).toBe(size);
});

test.each([
  ["one who nearly always helps is enough", [0.8, 0.8, 0.8], 1],
  ["of those who often do two", [0.45, 0.45, 0.45], 2],
  ["of those who rarely do more", [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 5],
  ["but never a crowd at once", Array.from<number>({ length: 100 }).fill(0.001), 5],
  ["nobody where there is nobody", [], 0],
] as const)("a first wave asks as few as should bring help: %s", (_, known, size) => {
  expect(waveSize({ urgency: "normal", remaining: 1 }, 0, known)).toBe(size);
});

test("a wave asks fewer the more is still expected, and nobody when that is enough", () => {
  const sizes = [0, 0.25, 0.6, 0.95, 3].map((expected) =>
    waveSize({ urgency: "normal", remaining: 1 }, 1, CROWD, expected),
  );
  expect(sizes).toEqual([5, 4, 2, 0, 0]);
});

test("of an ask less is expected every minute, of one never judged the usual", () => {
  const after = (minutes: number) => stillExpected([{ chance: 0.5, minutes }]);
  expect(after(0)).toBe(0.5);
  expect(after(30)).toBeCloseTo(0.5 / Math.E);
  expect(after(600)).toBeLessThan(0.001);
  expect(
    stillExpected([
      { chance: null, minutes: 0 },
      { chance: 0.5, minutes: 0 },
    ]),
  ).toBeCloseTo(0.7);
});

test("a bigger rest never asks fewer, nor does a later wave, nor do likelier people need more of them", () => {
  fc.assert(
    fc.property(urgency, fc.nat(1000), fc.nat(1000), fc.nat(20), chances, (how, remaining, more, sent, known) => {
      const size = waveSize({ urgency: how, remaining }, sent, known);
      expect(size).toBeLessThanOrEqual(known.length);
      expect(waveSize({ urgency: how, remaining: remaining + more }, sent, known)).toBeGreaterThanOrEqual(size);
      expect(waveSize({ urgency: how, remaining }, sent + 1, known)).toBeGreaterThanOrEqual(size);
      const likelier = known.map((chance) => Math.min(1, (chance ?? 0.2) * 1.5));
      expect(waveSize({ urgency: how, remaining }, sent, likelier)).toBeLessThanOrEqual(size);
    }),
  );
});

test.each([
  ["normal", null, 60],
  ["soon", null, 20],
  ["urgent", null, 5],
  ["normal", 60, 10],
  ["normal", 6 * 60, 60],
  ["urgent", 3, 2],
  ["soon", -10, 20],
] as const)("the next wave of a %s need with %s minutes left comes after %i", (how, left, minutes) => {
  const windowEnd = left === null ? null : new Date(NOW.getTime() + left * 60_000);
  expect(minutesTo(nextWaveAt({ urgency: how, windowEnd }, NOW))).toBe(minutes);
});
