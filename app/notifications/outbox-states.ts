import type { OUTBOX_STATES } from "#db/schema/notifications.ts";

export type OutboxState = (typeof OUTBOX_STATES)[number];

/** How far a provider's status has come. Reports come in any order: only a higher rank changes anything. */
const RANKS: Record<string, number> = {
  accepted: 1,
  scheduled: 1,
  queued: 2,
  sending: 3,
  sent: 4,
  delivered: 5,
  read: 5,
  partially_delivered: 5,
  undelivered: 5,
  failed: 5,
  canceled: 5,
};

const STATES: Record<number, OutboxState> = { 1: "submitted", 2: "submitted", 3: "submitted", 4: "sent" };

/** 0 for a status that did not exist when this was written: it is kept and changes nothing. */
export const rankOf = (status: string): number => (Object.hasOwn(RANKS, status) ? RANKS[status]! : 0);

/** The state of an outbox row whose text has this status at the provider. */
export function stateFor(status: string): OutboxState {
  const early = STATES[rankOf(status)];
  if (early) return early;
  if (status === "undelivered" || status === "failed" || status === "canceled") return status;
  return rankOf(status) === 5 ? "delivered" : "submitted";
}
