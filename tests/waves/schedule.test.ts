import fc from "fast-check";
import { expect, test } from "vitest";
import { nextWaveAt, waveSize } from "#app/waves/schedule.ts";

const NOW = new Date("2030-01-08T17:00:00Z");
const urgency = fc.constantFrom("normal" as const, "soon" as const, "urgent" as const);
const minutesTo = (at: Date) => (at.getTime() - NOW.getTime()) / 60_000;

const CROWD = Array.from<null>({ length: 1000 }).fill(null);
const chances = fc.array(fc.option(fc.double({ min: 0.001, max: 0.9, noNaN: true })), { maxLength: 300 });

test.each([
  ["normal", 1, [3, 5, 10, 20, 40, 40]],
  ["soon", 1, [3, 5, 10, 20, 40, 40]],
  ["urgent", 1, [10, 30, 1000, 1000]],
  ["normal", 40, [9, 15, 30, 60, 120, 120]],
  ["normal", 100_000, [15, 25, 50, 100, 200, 200]],
] as const)("waves of a %s need with %i left, where nobody is known", (how, remaining, sizes) => {
  expect(sizes.map((_, sent) => waveSize({ urgency: how, remaining }, sent, CROWD))).toEqual(sizes);
});

test.each([
  ["one who nearly always helps is enough", [0.8, 0.8, 0.8], 1],
  ["of those who often do two", [0.4, 0.4, 0.4], 2],
  ["of those who rarely do more", [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 6],
  ["but never a crowd at once", Array.from<number>({ length: 100 }).fill(0.001), 9],
  ["nobody where there is nobody", [], 0],
] as const)("a first wave asks as few as should bring help: %s", (_, known, size) => {
  expect(waveSize({ urgency: "normal", remaining: 1 }, 0, known)).toBe(size);
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
