/** How a text leaves the house. Features know these types only; the adapter is handed in by the worker. */
export type OutgoingText = {
  /** E.164. Opened from its seal at this moment and kept nowhere. */
  to: string;
  body: string;
  outboxId: string;
  /** 1 for the first call about this outbox row. */
  attempt: number;
  /** How long the provider may keep trying before it gives up. */
  validitySeconds: number;
};

/**
 * What became of one call to the provider. Creating a message is not idempotent there, so `unknown` must never lead to
 * another call before it has been looked up.
 */
export type SendOutcome =
  /** The provider took it. */
  | { kind: "accepted"; sid: string; status: string }
  /** Nothing was processed (429, connection refused, name not found): safe to try again later. */
  | { kind: "busy"; code: string; httpStatus?: number }
  /** A clear no; nothing was sent. `fate` says what it means for the row, the person or the sender. */
  | { kind: "rejected"; code: string; httpStatus: number; fate: RejectionFate }
  /** It may or may not have been sent: timeout, reset, 5xx, an answer that is not understood. */
  | { kind: "unknown"; code: string; httpStatus?: number };

/**
 * `dead`: this text can never arrive. `opted_out`: the provider holds a STOP from this number.
 * `pause_sender`: the number or the account cannot send just now; the text waits.
 */
export type RejectionFate = "dead" | "opted_out" | "pause_sender";

export type SendSms = (text: OutgoingText) => Promise<SendOutcome>;

/** A message as the provider remembers it, to settle an unknown outcome. `createdAt` has a resolution of one second. */
export type ListedText = { sid: string; body: string; status: string; createdAt: Date };
/** Rejects when the provider cannot be asked. */
export type ListTexts = (query: { to: string; since: Date }) => Promise<ListedText[]>;
