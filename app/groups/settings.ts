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
  habits: {
    /** From this hour until that one, by the neighbourhood's clock, the group alerts nobody; null: only people's own. */
    quietFrom: number | null;
    quietTo: number | null;
    /** Written down; what is kept is told on the page. */
    retentionDays: number;
    /** Folded words that, texted alone or first, begin a need of this group. */
    keywords: string[];
    /** What who joins is told once, in the reader's language; empty: nothing of its own. */
    welcome: string;
  };
  /** Stands for its words, joining, moderation and cap as they were read: whoever saves over something else is told. */
  seen: string;
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
  neededWithinHours: number | null;
  archived: boolean;
  seen: string;
};

export const MOST_CATEGORIES = 40;
export const MOST_KEYWORDS = 8;
/** With the group's name and how to stop, one segment in English. */
export const WELCOME_LETTERS = 100;
