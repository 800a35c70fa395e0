/** What became of the promises on the needs of a period. Every promise is in exactly one of these. */
export type Kept = { confirmed: number; delivered: number; live: number; released: number; lapsed: number };

/** So many people have so many live promises each. */
export type LoadCount = { live: number; people: number };

/** How live promises are spread over the people who made them. Nobody is named. */
export type Load = {
  people: number;
  promises: number;
  /** Promises a person: half have at most so many, nine of ten, the most anybody has. Null where nobody has any. */
  median: number | null;
  p90: number | null;
  most: number | null;
  /** The share of all promises that the tenth of people with the most carry (one person at least). */
  topShare: number | null;
  counts: LoadCount[];
};

/** PURE. @param counts any order */
export function loadOf(counts: readonly LoadCount[]): Load {
  const sorted = counts.filter(({ people }) => people > 0).toSorted((a, b) => a.live - b.live);
  const people = sorted.reduce((sum, one) => sum + one.people, 0);
  const promises = sorted.reduce((sum, one) => sum + one.people * one.live, 0);
  return {
    people,
    promises,
    median: nth(sorted, Math.ceil(people * 0.5)),
    p90: nth(sorted, Math.ceil(people * 0.9)),
    most: sorted.at(-1)?.live ?? null,
    topShare: promises > 0 ? carriedBy(sorted, Math.ceil(people / 10)) / promises : null,
    counts: sorted,
  };
}

/** What the n-th person from below has, counting from 1. */
function nth(sorted: readonly LoadCount[], n: number): number | null {
  let passed = 0;
  for (const { live, people } of sorted) {
    passed += people;
    if (n > 0 && passed >= n) return live;
  }
  return null;
}

/** What the `n` people with the most have together. */
function carriedBy(sorted: readonly LoadCount[], n: number): number {
  let left = n;
  let carried = 0;
  for (const { live, people } of sorted.toReversed()) {
    const of = Math.min(left, people);
    carried += of * live;
    left -= of;
  }
  return carried;
}
