import { USUAL_CHANCE } from "#app/matching/chance.ts";
import type { Urgency } from "#app/posts/post.ts";

/** How many promises are sought for each one that is wanted: where it presses, two may say yes and one come too late. */
const SOUGHT: Record<Urgency, number> = { normal: 1, soon: 1, urgent: 1.5 };
/** A later wave may ask so many more people for one promise than those of the usual chance: nobody better was found. */
const STRETCH_A_WAVE = 0.25;
const LARGEST_STRETCH = 3;
const MINUTES_BETWEEN: Record<Urgency, number> = { normal: 60, soon: 20, urgent: 5 };
const LEAST_MINUTES = 2;
/** Before its time is over, a need should have been through about this many waves. */
const WAVES_IN_TIME = 6;
/** A rest of a few is given by one person each (hands for a shift); a large one in larger parts (meals), and never more at once. */
const MOST_PROMISES = 20;
/** After so many minutes about a third of those who will answer have not yet. */
const ANSWER_MINUTES = 30;

type Need = { urgency: Urgency; remaining: number };

/**
 * How many people the next wave asks, `sent` waves having gone out: as few as together should bring what is wanted and not
 * expected yet. Every text that leads nowhere makes somebody a little more deaf to the next, so a wave first waits for those who were
 * asked before, and is never a crowd because those left are unlikely: that is how a busy week wears everybody out
 * (`npm run simulate`). PURE.
 *
 * @param chances of those who may be asked, the best first (`Ranked.person.chance`); null counts as the usual one.
 * @param expected promises that may still come from those who were asked (`stillExpected`).
 */
export function waveSize(
  { urgency, remaining }: Need,
  sent: number,
  chances: readonly (number | null)[],
  expected = 0,
): number {
  const wanted = Math.min(remaining, 2 * Math.sqrt(remaining), MOST_PROMISES) * SOUGHT[urgency] - expected;
  const stretch = Math.min(LARGEST_STRETCH, 1 + sent * STRETCH_A_WAVE);
  const most = Math.min(chances.length, Math.ceil((wanted / USUAL_CHANCE) * stretch));
  let size = 0;
  for (let sum = 0; size < most; size++) {
    const chance = chances[size] ?? USUAL_CHANCE;
    if (sum + chance / 2 > wanted) break;
    sum += chance;
  }
  return size;
}

/** The promises that may still come from people who were asked so many minutes ago and have not answered. PURE. */
export const stillExpected = (asks: readonly { chance: number | null; minutes: number }[]): number =>
  asks.reduce((sum, { chance, minutes }) => sum + (chance ?? USUAL_CHANCE) * Math.exp(-minutes / ANSWER_MINUTES), 0);

/** When to look whether more people must be asked: sooner for what is urgent, and as the end of its time comes near. PURE. */
export function nextWaveAt(need: { urgency: Urgency; windowEnd: Date | null }, now: Date): Date {
  const usual = MINUTES_BETWEEN[need.urgency];
  const left = need.windowEnd ? (need.windowEnd.getTime() - now.getTime()) / 60_000 : Infinity;
  const minutes = left > 0 ? Math.max(LEAST_MINUTES, Math.min(usual, left / WAVES_IN_TIME)) : usual;
  return new Date(now.getTime() + minutes * 60_000);
}
