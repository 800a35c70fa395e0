import type { Text } from "#app/i18n/text.ts";
import { csvText } from "../csv.ts";
import { spanWords } from "../spans.ts";

/** Shares are between 0 and 1, spans whole seconds. */
export type Kind = "count" | "rate" | "span";
/** Words stand as they are, where a number would say too much; null: there is none. */
export type Value = number | string | null;

export const SHEET_IDS = [
  "groups",
  "ages",
  "cohorts",
  "unmet",
  "kept",
  "load",
  "texts",
  "failures",
  "speed",
  "stops",
  "supply",
  "asking",
  "areas",
  "languages",
] as const;
export type SheetId = (typeof SHEET_IDS)[number];

/** A table's words and numbers, of which both the table on the page and the file are made. */
export type Sheet = {
  id: SheetId;
  title: string;
  /** The first column's head; its cells are the rows' names. */
  first: string;
  columns: { head: string; kind: Kind }[];
  rows: { name: string; values: Value[] }[];
};

/** A value as the page says it. */
export function valueWords(t: Text, value: Value, kind: Kind): string {
  if (value === null) return t("dashboard.none");
  if (typeof value === "string") return value;
  if (kind === "span") return spanWords(t, value);
  return kind === "rate" ? t("dashboard.rate", { rate: value }) : t("dashboard.number", { n: value });
}

/** The sheet as a file (`csvText`): shares to four places, spans in seconds. */
export function csvOf({ first, columns, rows }: Sheet): string {
  const plain = (value: Value) => (typeof value === "number" ? Math.round(value * 10_000) / 10_000 : value);
  return csvText([
    [first, ...columns.map(({ head }) => head)],
    ...rows.map(({ name, values }) => [name, ...values.map(plain)]),
  ]);
}
