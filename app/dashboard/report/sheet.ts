import type { Text } from "#app/i18n/text.ts";
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

/** Begins like a formula: a spreadsheet would run it. */
const FORMULA = /^[=+\-@\t\r]/;

const quoted = (text: string) => `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/**
 * The sheet as RFC 4180 text with a byte order mark, which spreadsheets need to read it as UTF-8. Numbers are bare: shares to
 * four places, spans in seconds. Words that a spreadsheet would take for a formula begin with an apostrophe.
 */
export function csvOf({ first, columns, rows }: Sheet): string {
  const cell = (value: Value) => {
    if (typeof value === "number") return String(Math.round(value * 10_000) / 10_000);
    return value === null ? "" : quoted(value);
  };
  const lines = [
    [first, ...columns.map(({ head }) => head)].map(quoted),
    ...rows.map(({ name, values }) => [quoted(name), ...values.map(cell)]),
  ];
  return `\uFEFF${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}
