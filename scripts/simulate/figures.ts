import type { Run } from "./run.ts";
import type { World } from "./world.ts";

/** What is told of one run, or of many on average. Shares are 0 to 1, times minutes. */
export type Figures = {
  /** Needs with all their hands in time. */
  met: number;
  /** The mean share of their hands that needs got in time. */
  hands: number;
  medianMinutes: number;
  p90Minutes: number;
  textsPerMet: number;
  textsPerPersonWeek: number;
  /** 0: all were asked as often; near 1: always the same. */
  giniOfAsks: number;
  neverAsked: number;
  /** Unmet in the area that fares worst. */
  worstArea: number;
  /** Yeses that came when all was promised, for each need met. */
  redundant: number;
};

export function figuresOf(world: World, run: Run): Figures {
  const met = run.needs.filter(({ metAt }) => metAt !== null);
  const minutes = met.map(({ need, metAt }) => metAt! - need.opens).toSorted((a, b) => a - b);
  return {
    met: met.length / run.needs.length,
    hands: mean(run.needs.map(({ need, kept }) => kept / need.hands)),
    medianMinutes: quantile(minutes, 0.5),
    p90Minutes: quantile(minutes, 0.9),
    textsPerMet: run.texts / Math.max(1, met.length),
    textsPerPersonWeek: (run.texts / world.people.length / world.scenario.days) * 7,
    giniOfAsks: gini([...run.asks]),
    neverAsked: run.asks.filter((asks) => asks === 0).length / run.asks.length,
    worstArea: Math.max(...unmetByArea(world, run)),
    redundant: run.redundant / Math.max(1, met.length),
  };
}

/** The clairvoyant's figures: a bound for `met` and `hands`, and the least texts and times with it. */
export function boundOf(world: World, given: { hands: number; at: number[] }[]): Figures {
  const share = mean(given.map(({ hands }, at) => hands / world.needs[at]!.hands));
  const full = given.flatMap(({ hands, at }, index) => {
    const need = world.needs[index]!;
    return hands === need.hands ? [at.at(-1)! - need.opens] : [];
  });
  const minutes = full.toSorted((a, b) => a - b);
  const texts = given.reduce((sum, { hands }) => sum + hands, 0);
  return {
    met: share,
    hands: share,
    medianMinutes: quantile(minutes, 0.5),
    p90Minutes: quantile(minutes, 0.9),
    textsPerMet: texts / Math.max(1, share * world.needs.length),
    textsPerPersonWeek: (texts / world.people.length / world.scenario.days) * 7,
    giniOfAsks: Number.NaN,
    neverAsked: Number.NaN,
    worstArea: Number.NaN,
    redundant: 0,
  };
}

export function unmetByArea(world: World, run: Run): number[] {
  const areas = Array.from({ length: world.scenario.areas }, () => ({ needs: 0, unmet: 0 }));
  for (const { need, metAt } of run.needs) {
    areas[need.area]!.needs++;
    if (metAt === null) areas[need.area]!.unmet++;
  }
  return areas.map(({ needs, unmet }) => (needs === 0 ? 0 : unmet / needs));
}

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;

function gini(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const total = sorted.reduce((sum, one) => sum + one, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, one, at) => sum + one * (at + 1), 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}

/** Two-sided 95 % points of Student's t by degrees of freedom. */
const T95 = [Number.NaN, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26];

/** The mean of several seeds, and how far off it may be (95 %, Student's t); NaN of one seed. */
export function interval(numbers: readonly number[]): { mean: number; off: number } {
  const middle = mean(numbers);
  const n = numbers.length;
  const variance = numbers.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (n - 1);
  return { mean: middle, off: n < 2 ? Number.NaN : (T95[n - 1] ?? 1.96) * Math.sqrt(variance / n) };
}
