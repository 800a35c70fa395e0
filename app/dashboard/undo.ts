/** What a coordinator can take back within ten seconds, by the type of its event. */
export const UNDOABLE = [
  "post.closed",
  "post.approved",
  "post.reopened",
  "post.edited",
  "post.split",
  "post.sent_on",
  "post.merged",
  "need.asked_again",
  "claim.released",
  "claim.reassigned",
  "claim.nudged",
] as const;
export type Undoable = (typeof UNDOABLE)[number];

/** The newest act of a coordinator that can still be taken back. */
export type LastAct = { eventId: number; type: Undoable; title: string };
