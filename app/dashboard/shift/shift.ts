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
  /** Since the reader's own last note, eight hours ago, or as many as they chose. */
  since: Date;
  /** How many there are of each, also those not shown. */
  totals: { fresh: number; promises: number };
  notes: ShiftNote[];
  counts: Partial<Record<Happened, number>>;
  /** Needs of these groups that were written since and still miss something, the longest waiting first. */
  fresh: { code: string; title: string; remaining: number; at: Date }[];
  /** Who promised what, by what is due first. */
  promises: { id: string; who: string | null; title: string; quantity: number; dueAt: Date }[];
};

/** How far back somebody may look, in hours. */
export const HOURS = [4, 8, 12, 24] as const;

/** @param hours null: since the reader's last note */
export function shiftHref({ group, hours, all }: { group: string; hours: number | null; all?: boolean }): string {
  const query = new URLSearchParams({
    ...(group && { group }),
    ...(hours !== null && { hours: String(hours) }),
    ...(all && { all: "1" }),
  });
  return query.size > 0 ? `/coordinate/shift?${query}` : "/coordinate/shift";
}

export const LONGEST_NOTE = 2000;
