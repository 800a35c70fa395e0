import type { Urgency } from "#app/posts/post.ts";

export type ClaimStatus = "promised" | "on_the_way" | "delivered" | "confirmed" | "released" | "lapsed";

/** Still a live promise: its quantity is held and it may lapse. */
export const isLive = (status: ClaimStatus) => status === "promised" || status === "on_the_way";

/** What a claim may become, and who may say so: the claimer, the post's author, or the clock. */
export const STEPS: Record<ClaimStatus, Partial<Record<ClaimStatus, "claimer" | "author" | "clock">>> = {
  promised: { on_the_way: "claimer", delivered: "claimer", released: "claimer", lapsed: "clock" },
  on_the_way: { delivered: "claimer", released: "claimer", lapsed: "clock" },
  delivered: { confirmed: "author" },
  confirmed: {},
  released: {},
  lapsed: {},
};

const HOUR = 3_600_000;
/** How long a promise without an ETA may stay silent. */
const PATIENCE_HOURS: Record<Urgency, number> = { urgent: 4, soon: 24, normal: 72 };
/** After the time the person named, before their promise goes back to the board. */
const GRACE_HOURS = 2;

/** When a promise lapses: two hours after its ETA; without one, by urgency, but not later than two hours past the post's window. */
export function dueAt(claim: { now: Date; eta: Date | null; urgency: Urgency; windowEnd: Date | null }): Date {
  const now = claim.now.getTime();
  if (claim.eta) return new Date(Math.max(claim.eta.getTime(), now) + GRACE_HOURS * HOUR);
  const byUrgency = now + PATIENCE_HOURS[claim.urgency] * HOUR;
  if (!claim.windowEnd || claim.windowEnd.getTime() < now) return new Date(byUrgency);
  return new Date(Math.min(byUrgency, claim.windowEnd.getTime() + GRACE_HOURS * HOUR));
}
