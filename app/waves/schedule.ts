import { USUAL_CHANCE } from "#app/matching/chance.ts";
import type { Urgency } from "#app/posts/post.ts";

/** How many promises the people of the first, second … wave should bring, by their chances; further ones as many as the last. */
const PROMISES: Record<Urgency, number[]> = {
  normal: [0.6, 1, 2, 4, 8],
  soon: [0.6, 1, 2, 4, 8],
  urgent: [2, 6, Infinity],
};
/** However unlikely they all are to help, a wave is at most so many times as big as with people of the usual chance. */
const LARGEST_STRETCH = 3;
const MINUTES_BETWEEN: Record<Urgency, number> = { normal: 60, soon: 20, urgent: 5 };
const LEAST_MINUTES = 2;
/** Before its time is over, a need should have been through about this many waves. */
const WAVES_IN_TIME = 6;
/** One person's promise is often about this much; a need for far more asks more people at once. */
const ONE_PROMISE = 4;
const LARGEST_SCALE = 5;
/** Sums of chances are not exact. */
const HAIR = 1e-9;

type Need = { urgency: Urgency; remaining: number };

/**
 * How many people the next wave asks, `sent` waves having gone out: as few as together should bring what the wave is after. A bigger
 * rest asks more at once, up to five times. PURE.
 *
 * @param chances of those who may be asked, the best first (`Ranked.person.chance`); null counts as the usual one.
 */
export function waveSize({ urgency, remaining }: Need, sent: number, chances: readonly (number | null)[]): number {
  const promises = PROMISES[urgency];
  const scale = Math.min(LARGEST_SCALE, Math.max(1, Math.round(Math.sqrt(remaining / ONE_PROMISE))));
  const wanted = promises[Math.min(sent, promises.length - 1)]! * scale;
  const most = Math.min(chances.length, Math.round((wanted / USUAL_CHANCE) * LARGEST_STRETCH));
  let size = 0;
  for (let sum = 0; size < most && sum < wanted - HAIR; size++) sum += chances[size] ?? USUAL_CHANCE;
  return size;
}

/** When to look whether more people must be asked: sooner for what is urgent, and as the end of its time comes near. PURE. */
export function nextWaveAt(need: { urgency: Urgency; windowEnd: Date | null }, now: Date): Date {
  const usual = MINUTES_BETWEEN[need.urgency];
  const left = need.windowEnd ? (need.windowEnd.getTime() - now.getTime()) / 60_000 : Infinity;
  const minutes = left > 0 ? Math.max(LEAST_MINUTES, Math.min(usual, left / WAVES_IN_TIME)) : usual;
  return new Date(now.getTime() + minutes * 60_000);
}
