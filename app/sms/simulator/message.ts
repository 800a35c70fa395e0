/** A message as Twilio's API shows it (2010-04-01, names and formats as published). */
export type ApiMessage = {
  account_sid: string;
  api_version: "2010-04-01";
  body: string;
  date_created: string;
  date_sent: string | null;
  date_updated: string;
  direction: "outbound-api" | "outbound-reply" | "inbound";
  error_code: number | null;
  error_message: string | null;
  from: string;
  messaging_service_sid: string | null;
  num_media: string;
  num_segments: string;
  price: string | null;
  price_unit: string;
  sid: string;
  status: string;
  subresource_uris: { media: string };
  to: string;
  uri: string;
};

/** How the provider misbehaves: chances from 0 to 1, times in milliseconds. */
export type Faults = {
  latencyMs: number;
  /** 429, nothing processed. */
  tooMany: number;
  /** 500 before the message was taken … */
  errorBefore: number;
  /** … and after. */
  errorAfter: number;
  /** The message is taken, the connection is cut without an answer. */
  dropReply: number;
  /** The answer comes this late, with the chance `late`. */
  late: number;
  lateMs: number;
  /** What becomes of messages that were taken; `silent`: no reports at all. */
  fate: "delivered" | "undelivered" | "silent";
  /** Why they are undelivered. */
  fateCode: number;
  /** A code the API answers with before it takes anything; 0 for none. */
  refuse: number;
  /** Each report comes twice; `delivered` comes before `sent`. */
  reportsTwice: boolean;
  reportsReversed: boolean;
  /** Texts from phones: how late their hook comes, whether it comes at all, and how often. */
  inboundLateMs: number;
  inboundLost: boolean;
  inboundTwice: boolean;
};

export const NO_FAULTS: Faults = {
  latencyMs: 60,
  tooMany: 0,
  errorBefore: 0,
  errorAfter: 0,
  dropReply: 0,
  late: 0,
  lateMs: 5_000,
  fate: "delivered",
  fateCode: 30003,
  refuse: 0,
  reportsTwice: false,
  reportsReversed: false,
  inboundLateMs: 0,
  inboundLost: false,
  inboundTwice: false,
};

/** Numbers that always fail in one way: Twilio's own test numbers, and three of ours for reports. */
export const MAGIC_TO: Record<string, number> = {
  "+15005550001": 21211,
  "+15005550002": 21612,
  "+15005550003": 21408,
  "+15005550004": 21610,
  "+15005550009": 21614,
};
export const MAGIC_FROM: Record<string, number> = {
  "+15005550001": 21212,
  "+15005550007": 21606,
  "+15005550008": 21611,
};
export const MAGIC_REPORT: Record<string, { status: "undelivered" | "failed"; code: number }> = {
  "+15005550013": { status: "undelivered", code: 30003 },
  "+15005550015": { status: "undelivered", code: 30005 },
  "+15005550017": { status: "failed", code: 30007 },
};

/** One line of the wire log. No bodies: those are on the phones. A hook can be sent again. */
export type WireLine = {
  at: Date;
  what: string;
  /** What it was about, for the line's reader: the id of the message or call. */
  sid: string;
  status: number | string;
  again: { address: string; params: Record<string, string> } | null;
};
