import fc from "fast-check";
import { expect, test } from "vitest";
import { nextWaveAt, waveSize } from "#app/waves/schedule.ts";

const NOW = new Date("2030-01-08T17:00:00Z");
const urgency = fc.constantFrom("normal" as const, "soon" as const, "urgent" as const);
const minutesTo = (at: Date) => (at.getTime() - NOW.getTime()) / 60_000;

test.each([
  ["normal", 1, [3, 5, 10, 20, 40, 40]],
  ["soon", 1, [3, 5, 10, 20, 40, 40]],
  ["urgent", 1, [10, 30, Infinity, Infinity]],
  ["normal", 40, [9, 15, 30, 60, 120, 120]],
  ["normal", 100_000, [15, 25, 50, 100, 200, 200]],
] as const)("waves of a %s need with %i left", (how, remaining, sizes) => {
  expect(sizes.map((_, sent) => waveSize({ urgency: how, remaining }, sent))).toEqual(sizes);
});

test("a bigger rest never asks fewer, nor does a later wave", () => {
  fc.assert(
    fc.property(urgency, fc.nat(1000), fc.nat(1000), fc.nat(20), (how, remaining, more, sent) => {
      const size = waveSize({ urgency: how, remaining }, sent);
      expect(waveSize({ urgency: how, remaining: remaining + more }, sent)).toBeGreaterThanOrEqual(size);
      expect(waveSize({ urgency: how, remaining }, sent + 1)).toBeGreaterThanOrEqual(size);
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
