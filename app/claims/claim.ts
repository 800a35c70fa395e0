import type { PostKind, PostStatus, Urgency } from "#app/posts/post.ts";

export type ClaimStatus = "promised" | "on_the_way" | "delivered" | "confirmed" | "released" | "lapsed";

/** A claim as its claimer, the post's author and the group's coordinators see it. */
export type ClaimView = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  deliveredQuantity: number | null;
  eta: Date | null;
  dueAt: Date;
  note: string | null;
  releaseReason: string | null;
  createdAt: Date;
  updatedAt: Date;
  post: {
    id: string;
    code: string;
    kind: PostKind;
    title: string;
    quantity: number;
    remaining: number;
    status: PostStatus;
  };
  /** True when nothing was changed because this very request had been carried out before. */
  repeated: boolean;
};

export type ClaimInput = {
  code: string;
  /** Whole number ≥ 1; `null` means all that is left. */
  quantity: number | null;
  /** When the person means to be there; `null` if they did not say. */
  eta: Date | null;
  note: string | null;
  /** The offer that backs the promise: it is lowered together with the need, or neither is. */
  offerCode: string | null;
  /** Made by whoever sends the request; the same key never makes a second claim. */
  idempotencyKey: string;
};

/** Why a promise ended that nobody handed back: its post was closed. Kept as its `releaseReason`. */
export const POST_CLOSED = "closed";

/** Still a live promise: its quantity is held and it may lapse. */
export const isLive = (status: ClaimStatus) => status === "promised" || status === "on_the_way";

/** Who may move a claim: the person who made it, the author of the post, or nobody but time. */
export type Mover = "claimer" | "author" | "clock";

type Steps = Record<ClaimStatus, Partial<Record<ClaimStatus, Mover>>>;

/**
 * What a claim may become, and who may say so. A claim on a need is a promise to bring something, so the author says
 * that it came; a claim on an offer is a wish to have it ("I could use this"), so the claimer does.
 */
export const STEPS: Record<PostKind, Steps> = {
  need: {
    promised: {
      on_the_way: "claimer",
      delivered: "claimer",
      confirmed: "author",
      released: "claimer",
      lapsed: "clock",
    },
    on_the_way: { delivered: "claimer", confirmed: "author", released: "claimer", lapsed: "clock" },
    delivered: { confirmed: "author" },
    confirmed: {},
    released: {},
    lapsed: {},
  },
  offer: {
    promised: { confirmed: "claimer", released: "claimer", lapsed: "clock" },
    on_the_way: {},
    delivered: {},
    confirmed: {},
    released: {},
    lapsed: {},
  },
};

/** The states from which a claim on a post of this kind may become `to`. */
export function statesBefore(kind: PostKind, to: ClaimStatus): ClaimStatus[] {
  return (Object.keys(STEPS[kind]) as ClaimStatus[]).filter((from) => to in STEPS[kind][from]);
}

/** What one person may do next with a claim, the likeliest first. */
export function nextSteps(kind: PostKind, status: ClaimStatus, mover: Mover): ClaimStatus[] {
  const steps = STEPS[kind][status];
  return (Object.keys(steps) as ClaimStatus[]).filter((to) => steps[to] === mover);
}

const HOUR = 3_600_000;
/** How long a promise without an ETA may stay silent. */
const PATIENCE_HOURS: Record<Urgency, number> = { urgent: 4, soon: 24, normal: 72 };
/** After the time the person named, before their promise goes back to the board. */
export const GRACE_HOURS = 2;
/** A delivery nobody disputes for this long counts as fulfilled. */
export const SILENCE_HOURS = 48;

/** When a promise lapses: two hours after its ETA; without one, by urgency, but not later than two hours past the post's window. */
export function dueAt(claim: { now: Date; eta: Date | null; urgency: Urgency; windowEnd: Date | null }): Date {
  const now = claim.now.getTime();
  if (claim.eta) return new Date(Math.max(claim.eta.getTime(), now) + GRACE_HOURS * HOUR);
  const byUrgency = now + PATIENCE_HOURS[claim.urgency] * HOUR;
  if (!claim.windowEnd || claim.windowEnd.getTime() < now) return new Date(byUrgency);
  return new Date(Math.min(byUrgency, claim.windowEnd.getTime() + GRACE_HOURS * HOUR));
}
