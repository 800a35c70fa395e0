import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { medianAndP90, survivalQuantiles } from "#app/dashboard/kaplan-meier.ts";

/** The estimate as the paper writes it, in whole fractions, one pass over everything for each time. */
function byDefinition(
  { happened, waiting }: { happened: number[]; waiting: number[] },
  share: { of: bigint; in: bigint },
): number | null {
  const all = [...happened, ...waiting];
  let top = 1n;
  let bottom = 1n;
  for (const time of [...new Set(happened)].sort((a, b) => a - b)) {
    const watched = BigInt(all.filter((duration) => duration >= time).length);
    top *= watched - BigInt(happened.filter((duration) => duration === time).length);
    bottom *= watched;
    if (top * share.in <= (share.in - share.of) * bottom) return time;
  }
  return null;
}

const naiveMedian = (happened: number[]) => happened.sort((a, b) => a - b)[Math.ceil(happened.length / 2) - 1];

describe("time to the first claim, with those still waiting", () => {
  it("agrees with the definition for any durations, with ties and with none", () => {
    const seconds = fc.array(fc.oneof(fc.nat(12), fc.nat(1_000_000)), { maxLength: 60 });
    fc.assert(
      fc.property(seconds, seconds, (happened, waiting) => {
        const durations = { happened, waiting };
        expect(survivalQuantiles(durations, [0.5, 0.9])).toEqual([
          byDefinition(durations, { of: 1n, in: 2n }),
          byDefinition(durations, { of: 9n, in: 10n }),
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it("is not fooled by the quick ones when half are still waiting", () => {
    const happened = [600, 1200, 1800, 3600, 7200];
    const waiting = [3000, 90_000, 90_000, 90_000, 90_000];
    expect(naiveMedian(happened)).toBe(1800);
    expect(medianAndP90({ happened, waiting })).toEqual({ median: 7200, p90: null });
  });

  it("says nothing when half have not been reached", () => {
    expect(medianAndP90({ happened: [60], waiting: [100, 100, 100] })).toEqual({ median: null, p90: null });
    expect(medianAndP90({ happened: [], waiting: [] })).toEqual({ median: null, p90: null });
  });

  it("reproduces the worked example of Freireich's 6-MP arm (median 23 weeks)", () => {
    const happened = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    const waiting = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    expect(medianAndP90({ happened, waiting })).toEqual({ median: 23, p90: null });
  });

  it("never gets shorter when somebody starts to wait", () => {
    const seconds = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(seconds, fc.nat(2000), (happened, waited) => {
        const before = medianAndP90({ happened, waiting: [] }).median!;
        const after = medianAndP90({ happened, waiting: [waited] }).median;
        expect(after ?? Infinity).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it("takes 100,000 durations in its stride", () => {
    const happened = Array.from({ length: 80_000 }, (_, at) => (at * 7919) % 86_400);
    const waiting = Array.from({ length: 20_000 }, (_, at) => (at * 104_729) % 864_000);
    const started = performance.now();
    survivalQuantiles({ happened, waiting }, [0.5, 0.9]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
