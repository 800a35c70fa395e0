/** What a coordinator can do on the review page, by the value of the button. */
export const REVIEW_ACTS = [
  "approve",
  "keep",
  "decline",
  "ask",
  "decline_words",
  "block",
  "block_all",
  "unblock",
] as const;
export type ReviewAct = (typeof REVIEW_ACTS)[number];

/** So many characters a coordinator writes to the author of a post. */
export const LONGEST_WORDS = 600;

/** Words that could not be sent, and why: they stay in their form. */
export type UnsentWords = {
  code: string;
  words: string;
  why: "review.error.words" | "review.error.changed" | "review.error.cannot";
};

export const isReviewAct = (act: string | null): act is ReviewAct => REVIEW_ACTS.includes(act as ReviewAct);
