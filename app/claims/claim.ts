import type { PostKind, PostStatus, Urgency } from "#app/posts/post.ts";

export type ClaimStatus = "promised" | "on_the_way" | "delivered" | "confirmed" | "released" | "lapsed";

/** A claim as its claimer, the post's author and the group's coordinators see it. */
export type ClaimView = {
  id: string;
  status: ClaimStatus;
  quantity: number;
  deliveredQuantity: number | null;
  eta: Date | null;
  /** When it should be done. */
  dueAt: Date;
  /** When it goes back to the board if nothing is heard. */
  lapsesAt: Date;
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
/** The receiver says that what was said to be delivered did not come. Kept as its `releaseReason`. */
export const NOT_ARRIVED = "not_arrived";

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
    delivered: { confirmed: "author", released: "author" },
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

/** The states from which a claim on a post of this kind may become `to`; only at this mover's word, if one is given. */
export function statesBefore(kind: PostKind, to: ClaimStatus, mover?: Mover): ClaimStatus[] {
  const steps = STEPS[kind];
  return (Object.keys(steps) as ClaimStatus[]).filter((from) =>
    mover ? steps[from][to] === mover : to in steps[from],
  );
}

/** What one person may do next with a claim, the likeliest first. */
export function nextSteps(kind: PostKind, status: ClaimStatus, mover: Mover): ClaimStatus[] {
  const steps = STEPS[kind][status];
  return (Object.keys(steps) as ClaimStatus[]).filter((to) => steps[to] === mover);
}

const HOUR = 3_600_000;
/** In what time a promise without an ETA should be done. */
export const PATIENCE_HOURS: Record<Urgency, number> = { urgent: 4, soon: 24, normal: 72 };
/** After that, how long a promise may stay silent before it goes back to the board. */
export const GRACE_HOURS: Record<Urgency, number> = { urgent: 2, soon: 6, normal: 12 };
/** Whoever promised a moment ago is neither reminded nor asked. */
export const SETTLE_MINUTES = 30;
/** A delivery nobody disputes for this long counts as fulfilled. */
export const SILENCE_HOURS = 48;
/** How long after a delivery its receiver is asked whether it came, first and again. */
export const RECEIPT_HOURS = [2, 24] as const;
/** How long after a delivery its coordinators hear that the receiver did not say. */
export const UNCONFIRMED_HOURS = 36;
/** Coordinators have at least this long to look before silence counts as a yes. */
export const UNCONFIRMED_GRACE_HOURS = 12;
/** So many times a promise is put off by half of its patience; after that by a quarter. */
export const FULL_EXTENSIONS = 3;
/** So many times somebody is asked whether a promise holds; after that it ends in silence. */
export const MOST_ASKS = 6;

/** Who is next in line has something that opened again to themselves for so long. */
export const OFFER_MINUTES = 30;

/** The times of a promise, as the columns of `claims` hold them. */
export type PromiseTimes = {
  /** When it should be done: the ETA; without one by urgency from when it is needed, but not later than the post's window ends. */
  dueAt: Date;
  /** When it goes back to the board. */
  lapsesAt: Date;
  /** When its claimer is reminded: half way; `null` where that is only minutes away. */
  nudgeAt: Date | null;
  /** When its claimer is asked whether it still holds. */
  askAt: Date;
};

/** The clock of a promise made now. `claim-post.server.ts` says the same in SQL, because only there the post is known. */
export function promiseTimes(claim: {
  now: Date;
  eta: Date | null;
  urgency: Urgency;
  windowStart: Date | null;
  windowEnd: Date | null;
}): PromiseTimes {
  const now = claim.now.getTime();
  const settle = SETTLE_MINUTES * 60_000;
  const from = Math.max(now, claim.windowStart?.getTime() ?? now);
  const byUrgency = from + PATIENCE_HOURS[claim.urgency] * HOUR;
  const windowEnd = claim.windowEnd && claim.windowEnd.getTime() >= now ? claim.windowEnd.getTime() : Infinity;
  const due = claim.eta ? Math.max(claim.eta.getTime(), now) : Math.min(byUrgency, windowEnd);
  const half = (due - now) / 2;
  return {
    dueAt: new Date(due),
    lapsesAt: new Date(due + GRACE_HOURS[claim.urgency] * HOUR),
    nudgeAt: half >= settle ? new Date(now + half) : null,
    askAt: new Date(Math.max(due, now + settle)),
  };
}
