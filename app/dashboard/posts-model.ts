import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  type ColumnDef,
} from "@tanstack/react-table";
import type { Locale } from "#app/i18n/locales.ts";
import { COLUMNS, KEEPS, type ListView, type PostRow } from "./post-list.ts";
import { comparing, wordsOf } from "./post-order.ts";
import { holdsWords, wantedWords } from "./words-search.ts";

/** What of TanStack Table the list uses; what is not named here is not in the bundle. */
export const features = tableFeatures({
  columnFilteringFeature,
  columnVisibilityFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
});

type Columns = ColumnDef<typeof features, PostRow>[];

/** Filters and order are the plain rules of the list, so that the server's page and the browser's are the same. */
export function postColumns(locale: Locale, now: number): Columns {
  const compare = comparing(locale);
  return COLUMNS.map((id) => ({
    id,
    accessorFn: (row: PostRow) => row[VALUES[id]],
    sortFn: (a: { original: PostRow }, b: { original: PostRow }) => compare[id](a.original, b.original),
    filterFn: (row: { original: PostRow }, _column: string, wanted: string) =>
      id in KEEPS ? KEEPS[id as keyof typeof KEEPS](row.original, wanted, now) : true,
    sortDescFirst: false,
  })) as Columns;
}

const VALUES = {
  age: "createdAt",
  state: "state",
  urgency: "urgency",
  title: "title",
  left: "remaining",
  group: "groupName",
  category: "category",
  place: "place",
  promised: "promisedBy",
  kind: "kind",
} as const;

/** The words filter reads the whole row at once, so it is asked for one column only. */
export const WORDS_COLUMN = "title";

export const holdsAllWords = (row: { original: PostRow }, _column: string, words: string[]): boolean =>
  holdsWords(wordsOf(row.original), words);

/** A view of the list in TanStack's terms. */
export function tableState(view: ListView) {
  const words = wantedWords(view.q);
  return {
    sorting: [{ id: view.sort, desc: view.descending }],
    columnFilters: (["state", "kind", "group", "age"] as const)
      .filter((id) => view[id] !== "")
      .map((id) => ({ id, value: view[id] })),
    globalFilter: words.length > 0 ? words : undefined,
    columnVisibility: Object.fromEntries(COLUMNS.map((id) => [id, view.columns.includes(id)])),
  };
}
