/** How long things took, in whole seconds: those that have happened, and those still waited for (censored). */
export type Durations = { happened: ArrayLike<number>; waiting: ArrayLike<number> };

/** Survival shares are products of fractions; without this, 1 − 1/2 could miss one half by a rounding error. */
const ROUNDING = 1e-9;

/**
 * The time within which a share of all has happened, counting those that still wait for as long as they have waited.
 * Product-limit estimate of Kaplan & Meier, "Nonparametric Estimation from Incomplete Observations", JASA 53 (1958):
 * S(t) = Π (1 − dᵢ/nᵢ) over the times tᵢ ≤ t at which something happened, where dᵢ happened at tᵢ and nᵢ had neither
 * happened nor stopped being watched before tᵢ (what is censored exactly at tᵢ still counts as watched).
 *
 * @param shares each in (0, 1), ascending: 0.5 is the median, 0.9 the p90.
 * @returns for each share the smallest t with S(t) ≤ 1 − share in the unit of the input, or null: not reached yet.
 */
export function survivalQuantiles(durations: Durations, shares: readonly number[]): (number | null)[] {
  const happened = new Float64Array(durations.happened).sort();
  const waiting = new Float64Array(durations.waiting).sort();
  const found: (number | null)[] = shares.map(() => null);
  let survival = 1;
  let next = 0;
  let gone = 0;
  for (let at = 0; at < happened.length && next < shares.length;) {
    const time = happened[at]!;
    let until = at;
    while (until < happened.length && happened[until] === time) until += 1;
    while (gone < waiting.length && waiting[gone]! < time) gone += 1;
    const watched = happened.length - at + (waiting.length - gone);
    survival *= 1 - (until - at) / watched;
    while (next < shares.length && survival <= 1 - shares[next]! + ROUNDING) found[next++] = time;
    at = until;
  }
  return found;
}

/** Median and p90 of the same durations. */
export function medianAndP90(durations: Durations): { median: number | null; p90: number | null } {
  const [median = null, p90 = null] = survivalQuantiles(durations, [0.5, 0.9]);
  return { median, p90 };
}
