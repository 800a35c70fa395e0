import type { Urgency } from "#app/posts/post.ts";

/** How many people the first, second … wave asks; further ones as many as the last. */
const SIZES: Record<Urgency, number[]> = {
  normal: [3, 5, 10, 20, 40],
  soon: [3, 5, 10, 20, 40],
  urgent: [10, 30, Infinity],
};
const MINUTES_BETWEEN: Record<Urgency, number> = { normal: 60, soon: 20, urgent: 5 };
const LEAST_MINUTES = 2;
/** Before its time is over, a need should have been through about this many waves. */
const WAVES_IN_TIME = 6;
/** One person's promise is often about this much; a need for far more asks more people at once. */
const ONE_PROMISE = 4;
const LARGEST_SCALE = 5;

type Need = { urgency: Urgency; remaining: number };

/** How many people the next wave asks, `sent` waves having gone out. A bigger rest asks more at once, up to five times. */
export function waveSize({ urgency, remaining }: Need, sent: number): number {
  const sizes = SIZES[urgency];
  const scale = Math.min(LARGEST_SCALE, Math.max(1, Math.round(Math.sqrt(remaining / ONE_PROMISE))));
  return sizes[Math.min(sent, sizes.length - 1)]! * scale;
}

/** When to look whether more people must be asked: sooner for what is urgent, and as the end of its time comes near. */
export function nextWaveAt(need: { urgency: Urgency; windowEnd: Date | null }, now: Date): Date {
  const usual = MINUTES_BETWEEN[need.urgency];
  const left = need.windowEnd ? (need.windowEnd.getTime() - now.getTime()) / 60_000 : Infinity;
  const minutes = left > 0 ? Math.max(LEAST_MINUTES, Math.min(usual, left / WAVES_IN_TIME)) : usual;
  return new Date(now.getTime() + minutes * 60_000);
}
