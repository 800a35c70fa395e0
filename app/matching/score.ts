import type { PostView, Urgency } from "#app/posts/post.ts";
import { distanceKm } from "./distance.ts";

/** Why two posts fit. */
export const REASONS = ["same_category", "near", "time_fits", "enough", "urgent", "waiting_long"] as const;
export type Reason = (typeof REASONS)[number];

export type Score = { score: number; reasons: Reason[]; km: number | null };
type Fact = Pick<
  PostView,
  "category" | "quantity" | "remaining" | "windowStart" | "windowEnd" | "createdAt" | "urgency"
> & {
  lat: number | null;
  lng: number | null;
};

/** What each reason is worth; together 1. */
const WEIGHTS: Record<Reason, number> = {
  same_category: 0.35,
  near: 0.25,
  time_fits: 0.15,
  enough: 0.1,
  urgent: 0.1,
  waiting_long: 0.05,
};
const NEAR_KM = 5;
const WAITS_LONG_MS = 48 * 3_600_000;
const URGENCY: Record<Urgency, number> = { urgent: 1, soon: 0.5, normal: 0 };

/**
 * How well an offer fits a need of the same working group, from 0 to 1, with the reasons that count, heaviest first.
 * Null when their times cannot meet. PURE.
 */
export function score(need: Fact, offer: Fact, now: Date): Score | null {
  if (!overlap(need, offer)) return null;
  const km = distanceKm(need, offer);
  const bothTimed = [need, offer].every((post) => post.windowStart !== null || post.windowEnd !== null);
  const strengths: Record<Reason, number> = {
    same_category: need.category !== null && need.category.slug === offer.category?.slug ? 1 : 0,
    near: km === null ? 0 : Math.max(0, 1 - km / NEAR_KM),
    time_fits: bothTimed ? 1 : 0,
    enough: Math.min(1, offer.remaining / Math.max(1, need.remaining)),
    urgent: URGENCY[need.urgency],
    waiting_long: Math.min(1, Math.max(0, now.getTime() - need.createdAt.getTime()) / WAITS_LONG_MS),
  };
  const worth = (reason: Reason) => WEIGHTS[reason] * strengths[reason];
  const total = REASONS.reduce((sum, reason) => sum + worth(reason), 0);
  const reasons = REASONS.filter((reason) => strengths[reason] >= (reason === "near" ? 0.01 : 1));
  return { score: Math.round(total * 1000) / 1000, reasons: reasons.toSorted((a, b) => worth(b) - worth(a)), km };
}

type Span = Pick<Fact, "windowStart" | "windowEnd">;

/** Windows without a start or an end are open on that side. */
function overlap(one: Span, other: Span): boolean {
  const startsBeforeEnd = (a: Span, b: Span) => !a.windowStart || !b.windowEnd || a.windowStart <= b.windowEnd;
  return startsBeforeEnd(one, other) && startsBeforeEnd(other, one);
}
