/** What is kept for a time, by name; the words for each are `retention.<name>`. */
export const RULE_NAMES = [
  "post_contacts",
  "promise_notes",
  "people",
  "second_steps",
  "texts_out",
  "texts_in",
  "calls",
  "conversations",
  "threads",
  "relay_texts",
  "broadcasts",
  "shift_notes",
  "member_notes",
] as const;
export type RuleName = (typeof RULE_NAMES)[number];

/** Days after which what is over is erased, where no group says otherwise. */
export const USUAL_DAYS = 30;
/** The words of texts and calls: long enough to find out why one did not arrive. */
export const TEXT_DAYS = 7;
/** What the two sides of a promise wrote each other. */
export const TALK_DAYS = 30;
/** What nobody read, and what somebody reported, goes after so long all the same. */
export const UNREAD_DAYS = 90;

/** Sealed columns that other jobs empty within days: drafts after one, lists that were brought in after seven. */
export const CLEARED_ELSEWHERE = ["drafts.answers_sealed", "imports.content_sealed", "imports.report_sealed"] as const;

/** How one rule stands. `due`: whose time is over, and that the next purge takes; `oldest`: whole days past its end, of what is there. */
export type RuleState = { name: RuleName; due: number; oldest: number | null };
