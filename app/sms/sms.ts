/** How a text leaves the house. Features know these types only; the adapter is handed in by the worker. */
export type OutgoingText = {
  /** E.164. Opened from its seal at this moment and kept nowhere. */
  to: string;
  /** The sender it must leave by: E.164, or `MG…` for a messaging service. Null: the adapter's own. */
  from: string | null;
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

/** A text that came in, as the provider remembers it. `body` is not cleaned of anything. */
export type ListedInbound = {
  sid: string;
  from: string;
  to: string;
  body: string;
  /** How many pictures or files came with it. */
  media: number;
  receivedAt: Date;
};
/**
 * What came in since then, oldest first: for the sweep that finds texts whose hook was missed. Rejects when the provider
 * cannot be asked.
 *
 * @param query.to our number in E.164; null for every number the adapter sends from.
 */
export type ListInbound = (query: { to: string | null; since: Date }) => Promise<ListedInbound[]>;

/** What one of our numbers, or a messaging service, may send. Segments a second, at once after a rest, and a day. */
export type SenderSettings = {
  /** E.164, or `MG…` for a messaging service. */
  address: string;
  rate: number;
  burst: number;
  /** Segments a day in `timeZone`; null without a cap. */
  dailyCap: number | null;
  timeZone: string;
};

/** Has the provider delete its own copy of a text or of a recording. `later`: it could not be done now. */
export type ForgetCopy = (copy: { kind: "text" | "recording"; sid: string }) => Promise<"gone" | "later">;
