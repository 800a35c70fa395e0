import type { Locale } from "#app/i18n/locales.ts";
import type { PostKind } from "#app/posts/post.ts";
import type { WhenAnswer } from "#app/posts/answers.ts";

/** What a post can be about: a category of a group, or the group alone. Names are in every language, as written. */
export type Choice = { groupId: string; categoryId: string | null; group: string; label: string; names: string[] };

/** What somebody has typed so far of a new post. `id` makes sending it twice one post. */
export type Draft = {
  id: string;
  kind: PostKind;
  /** Their first words, the title of the post. */
  what: string | null;
  about: { groupId: string; categoryId: string | null } | null;
  /** They began with a word of this group: it is of this group whatever the words are. */
  groupId?: string | undefined;
  quantity: number | null;
  when: WhenAnswer | null;
  /** A place others may read; null with `placed` where they'd rather not say. */
  place: string | null;
  /** A street with a number: only for whoever comes. */
  address: string | null;
  placed: boolean;
  /** Whatever else they typed on the way. */
  more: string[];
  startedAt: number;
};

export type Step = "what" | "about" | "quantity" | "when" | "where" | "check";

/** The questions being asked: since when it waits, and for the list of choices which of them are shown. */
export type Flow = { step: Step; until: number; page: number; shown: number[]; locale: Locale | null };

/** Something asked for that needs a code to be clear; the code alone is the answer. */
export type Held = { codes: string[]; until: number } &
  /** Words for the other side of a promise, or SHARE, BLOCK, REPORT; `claimIds` are numbered from 1. */
  (
    | { kind: "relay"; act: RelayAct; words: string; sayKey: string; claimIds: string[] }
    | { kind: "command"; command: string; quantity: number | null }
  );
export type RelayAct = "say" | "share" | "block" | "report";

/** All that a phone's thread remembers between two texts. */
export type Conversation = {
  flow: Flow | null;
  draft: Draft | null;
  /** Needs that were listed, numbered from 1; and of which list MORE is the next page. */
  list: { codes: string[]; words: string | null; next: number; until: number } | null;
  /** Deliveries that were listed after GOT, numbered from 1. */
  pick: { claimIds: string[]; code: string; until: number } | null;
  held: Held | null;
  /** The post they came too late for: NEXT alone means it. */
  missed: string | null;
};

export const EMPTY: Conversation = { flow: null, draft: null, list: null, pick: null, held: null, missed: null };

export const FLOW_MINUTES = 30;
export const DRAFT_HOURS = 24;
export const minutesFrom = (now: number, minutes: number) => now + minutes * 60_000;

/** What has run out is forgotten: answers to it would be taken for something else. */
export function current(conversation: Conversation, now: number): Conversation {
  const live = <T extends { until: number }>(part: T | null) => (part && part.until > now ? part : null);
  const { draft } = conversation;
  const fresh = draft && draft.startedAt + DRAFT_HOURS * 3_600_000 > now ? draft : null;
  return {
    flow: fresh && live(conversation.flow),
    draft: fresh,
    list: live(conversation.list),
    pick: live(conversation.pick),
    held: live(conversation.held),
    missed: conversation.missed,
  };
}

/** What a sealed conversation says; anything that is not one is an empty one. */
export function readConversation(text: string | null): Conversation {
  if (!text) return EMPTY;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null ? { ...EMPTY, ...read } : EMPTY;
  } catch {
    return EMPTY;
  }
}
