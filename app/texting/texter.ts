import type { PersonCtx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import type { Conversation } from "./conversation.ts";

/** A text as it was kept, opened. `keyword`: what the hook acted on already. */
export type Heard = {
  sid: string;
  body: string;
  toNumber: string;
  media: number;
  keyword: "stop" | "start" | "help" | null;
  receivedAt: Date;
  /** A worker began with it before: what it asks for may have been done already. */
  again: boolean;
};

/** Whoever wrote, as if signed in, with what their thread remembers. */
export type Texter = {
  ctx: PersonCtx;
  t: Text;
  locale: Locale;
  timeZone: string;
  heard: Heard;
  conversation: Conversation;
};

/** What a text leads to, beside what the verbs did: the replies in order, and what the thread remembers from now on. */
export type Answer = {
  /** What the text was understood as: kept with it. `inbox` when a person must read it. */
  outcome: string;
  say: string[];
  change?: Partial<Conversation>;
  /** A coordinator should look at the thread. */
  unread?: boolean;
  /** It asks for nothing: counted strictly, so that two machines cannot answer each other for long. */
  idle?: boolean;
  /** The group or post it is about, for the coordinators' inbox. */
  postId?: string | null;
};

/** The same request may come again after a crash: verbs get this key. */
export const keyOf = ({ heard }: Pick<Texter, "heard">) => `text:${heard.sid}`;
