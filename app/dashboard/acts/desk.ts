import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { PostKind, ShownState, Urgency, Visibility } from "#app/posts/post.ts";
import type { HistoryLine } from "#app/posts/post-words.ts";

export const DESK_ACTS = ["edit", "close", "approve", "split", "send", "merge", "reopen"] as const;
export type DeskAct = (typeof DESK_ACTS)[number];

/** The fields of the form that changes a post, as text. */
export type DeskValues = {
  title: string;
  details: string;
  quantity: string;
  urgency: Urgency;
  place: string;
  visibility: Visibility;
};

/** A post as its page showed it to whoever pressed: every form carries it, so that it can stand beside what is there now. */
export type DeskSeen = DeskValues & { left: string; state: ShownState };
export const seenOf = ({ values, remaining, state }: Desk): DeskSeen => ({ ...values, left: String(remaining), state });

/** A post as a coordinator works on it. */
export type Desk = {
  code: string;
  kind: PostKind;
  state: ShownState;
  title: string;
  group: string;
  /** Seconds since it was written. */
  seconds: number;
  quantity: number;
  remaining: number;
  revision: number;
  values: DeskValues;
  /** The post that goes on for this one. */
  mergedInto: string | null;
  /** Somebody of ours wrote it down for a person who called or came by. */
  entered: boolean;
  history: HistoryLine[];
  duplicates: { code: string; title: string; seconds: number; quantity: number; why: "same_person" | "alike" }[];
  /** Where it can be sent on to. */
  groups: { value: string; label: string }[];
};

/**
 * What came of a press that could not be done: what was typed is kept. `conflict`: somebody was quicker; `before` is what was
 * typed over it, or of the other acts what the page had shown.
 */
export type DeskFault = {
  act: DeskAct;
  values: Record<string, string>;
  errors: { field: string; message: MessageId; facts: Record<string, string | number> }[];
  conflict: boolean;
  before: Partial<DeskSeen>;
};
