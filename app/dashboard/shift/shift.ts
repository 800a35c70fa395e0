/** What happened in a group that whoever comes on shift wants to know, counted. */
export const HAPPENED = [
  "post.published",
  "post.claimed",
  "claim.delivered",
  "claim.released",
  "claim.lapsed",
  "post.closed",
  "relay.reported",
] as const;
export type Happened = (typeof HAPPENED)[number];

export type ShiftNote = { id: string; who: string | null; words: string; at: Date };
export type Shift = {
  /** Since the reader's own last note, or eight hours ago. */
  since: Date;
  notes: ShiftNote[];
  counts: Partial<Record<Happened, number>>;
  /** Needs of these groups that were written since and still miss something, the longest waiting first. */
  fresh: { code: string; title: string; remaining: number; at: Date }[];
  /** Who promised what, by what is due first. */
  promises: { id: string; who: string | null; title: string; quantity: number; dueAt: Date }[];
};

export const LONGEST_NOTE = 2000;
