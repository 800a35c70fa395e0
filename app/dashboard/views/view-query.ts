import { parseView, queryOf } from "../post-list.ts";

export const LONGEST_VIEW_NAME = 40;

/** A list that somebody finds again under a name. `group`: whose coordinators all have it; null: the reader's own. */
export type SavedView = { id: string; name: string; query: string; group: string | null };

/** What of an address is worth keeping: filters, order and columns; not the page, and not the words somebody looked for, which may be a name. */
export const keptQuery = (query: string): string =>
  queryOf({ ...parseView(new URLSearchParams(query)), q: "", page: 1 }).slice(1);
