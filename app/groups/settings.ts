import type { Joining, Visibility } from "./group.ts";

/** What a group says of itself and how it works, in the reader's language. */
export type GroupSettings = {
  id: string;
  slug: string;
  name: string;
  blurb: string;
  joining: Joining;
  moderates: boolean;
  /** At most so many alerts of this group in seven days for one person; null: no limit of the group's own. */
  weeklyCap: number | null;
  categories: CategorySettings[];
};

export type CategorySettings = {
  id: string;
  name: string;
  unit: string;
  unitOne: string;
  /** How long its posts stay up. */
  expiryDays: number;
  visibility: Visibility;
  archived: boolean;
};

export const MOST_CATEGORIES = 40;
