/** What a coordinator can do on the review page, by the value of the button. */
export const REVIEW_ACTS = ["approve", "keep", "decline", "block", "block_all", "unblock"] as const;
export type ReviewAct = (typeof REVIEW_ACTS)[number];

export const isReviewAct = (act: string | null): act is ReviewAct => REVIEW_ACTS.includes(act as ReviewAct);
