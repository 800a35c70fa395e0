import type { QuestionKind } from "#app/events/event.ts";
import type { PostKind } from "#app/posts/post.ts";

/** 1 is yes, 2 is no. */
export type Answer = 1 | 2;

/** A question somebody may answer now. `claimId` where it is about a promise. */
export type OpenQuestion = {
  id: string;
  kind: QuestionKind;
  code: string;
  postKind: PostKind;
  title: string;
  claimId: string | null;
};

/** Whether a need that was met for now is there again: an answer is waited for so long before it comes back by itself. */
export const NEED_AGAIN_HOURS = 24;
/** A post is asked about this long before it comes off the board, or a tenth of its category's time if that is less. */
export const STILL_NEEDED_HOURS = 24;
/** A question that came in the morning can be answered for at least this long. */
export const LEAST_ANSWER_HOURS = 8;
