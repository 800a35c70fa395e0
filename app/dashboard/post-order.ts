import type { Locale } from "#app/i18n/locales.ts";
import { KEEPS, PAGE_SIZE, STATES, type ColumnId, type ListView, type PostRow } from "./post-list.ts";
import { foldWords, holdsWords, wantedWords } from "./words-search.ts";

export type Compare = (a: PostRow, b: PostRow) => number;

const URGENCY = { normal: 0, soon: 1, urgent: 2 };
const stateRank = (row: PostRow) => STATES.indexOf(row.state as (typeof STATES)[number]);

/** How rows stand in each column, the smallest first. Words are compared as the reader's language does. */
export function comparing(locale: Locale): Record<ColumnId, Compare> {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  return {
    age: (a, b) => b.createdAt - a.createdAt,
    state: (a, b) => stateRank(a) - stateRank(b),
    urgency: (a, b) => URGENCY[a.urgency] - URGENCY[b.urgency],
    title: (a, b) => compare(a.title, b.title),
    left: (a, b) => a.remaining - b.remaining,
    group: (a, b) => compare(a.groupName, b.groupName),
    category: (a, b) => compare(a.category ?? "", b.category ?? ""),
    place: (a, b) => compare(a.place ?? "", b.place ?? ""),
    promised: (a, b) => compare(a.promisedBy.join(" "), b.promisedBy.join(" ")),
    kind: (a, b) => compare(a.kind, b.kind),
  };
}

const folded = new WeakMap<PostRow, string>();

/** All that the words filter looks at, folded once for each row. */
export function wordsOf(row: PostRow): string {
  const known = folded.get(row);
  if (known !== undefined) return known;
  const words = foldWords(
    [row.title, row.code, row.groupName, row.category, row.place, ...row.promisedBy].filter(Boolean).join(" "),
  );
  folded.set(row, words);
  return words;
}

/** Does this view show the row? */
export function shows(view: ListView, row: PostRow, now: number): boolean {
  const filters = (["state", "kind", "group", "age"] as const).filter((key) => view[key] !== "");
  return filters.every((key) => KEEPS[key](row, view[key], now)) && holdsWords(wordsOf(row), wantedWords(view.q));
}

/** One page of the list, as the table in the browser would show it; for whoever has no script, or no rows yet. */
export function pageOf(
  rows: readonly PostRow[],
  view: ListView,
  { now, locale }: { now: number; locale: Locale },
): { rows: PostRow[]; total: number } {
  const words = wantedWords(view.q);
  const filters = (["state", "kind", "group", "age"] as const).filter((key) => view[key] !== "");
  const kept = rows.filter(
    (row) => filters.every((key) => KEEPS[key](row, view[key], now)) && holdsWords(wordsOf(row), words),
  );
  const compare = comparing(locale)[view.sort];
  const sorted = kept.toSorted((a, b) => (view.descending ? compare(b, a) : compare(a, b)));
  const page = clampPage(view.page, kept.length);
  return { rows: sorted.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), total: kept.length };
}

export const pageCount = (total: number): number => Math.max(1, Math.ceil(total / PAGE_SIZE));

/** The last page where a URL asks for one beyond it. */
export const clampPage = (page: number, total: number): number => Math.min(page, pageCount(total));
