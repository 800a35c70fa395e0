/** So many took so long: it happened then, or they were watched so long and it did not. */
export type Tally = { seconds: number; happened: boolean; count: number };

/** Within which time half have it and nine of ten; null: not reached yet. `of` is how many were watched. */
export type Times = { of: number; median: number | null; p90: number | null };

/** As in `survivalQuantiles`. */
const ROUNDING = 1e-9;

/** `medianAndP90` of durations that were counted before, so that a hundred thousand texts are as many lines as there are seconds. PURE. @param tallies any order */
export function timesOf(tallies: readonly Tally[]): Times {
  const of = tallies.reduce((sum, { count }) => sum + count, 0);
  const found: Times = { of, median: null, p90: null };
  let survival = 1;
  let watched = of;
  for (const [seconds, { happened, waiting }] of bySecond(tallies)) {
    if (happened > 0) {
      survival *= 1 - happened / watched;
      if (found.median === null && survival <= 0.5 + ROUNDING) found.median = seconds;
      if (found.p90 === null && survival <= 0.1 + ROUNDING) found.p90 = seconds;
    }
    watched -= happened + waiting;
  }
  return found;
}

function bySecond(tallies: readonly Tally[]) {
  const found = new Map<number, { happened: number; waiting: number }>();
  for (const { seconds, happened, count } of tallies) {
    const at = found.get(seconds) ?? { happened: 0, waiting: 0 };
    at[happened ? "happened" : "waiting"] += count;
    found.set(seconds, at);
  }
  return [...found].toSorted(([a], [b]) => a - b);
}
