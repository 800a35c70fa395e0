import { CsvError, parse } from "csv-parse/sync";

/** A line of a file with its number there, counted from 1 as spreadsheets do: a line break within a cell makes no new one. */
export type TableRow = { line: number; cells: string[] };
export type Table = { header: string[]; rows: TableRow[] };

/** More belongs into a database by other ways. */
export const MOST_ROWS = 20_000;
const MOST_COLUMNS = 60;
/** A heading stands among the first so many lines; above it there may be a title, a date, an empty line. */
const HEADER_WITHIN = 20;
const DELIMITERS = [",", ";", "\t", "|"] as const;

/**
 * Reads what a spreadsheet saved: comma, semicolon, tab or bar between the cells, quoted or not, with lines of any length.
 * The heading is the first line that has about as many cells filled as any other near the top. PURE.
 *
 * @returns null where there is no heading with a line below it. `tooLong`: there are more lines than are taken.
 */
export function readTable(text: string): { table: Table; tooLong: boolean } | null {
  const lines = cellsOf(text, delimiterOf(text));
  const filled = (cells: string[]) => cells.filter((cell) => cell !== "").length;
  const top = lines.slice(0, HEADER_WITHIN);
  const most = Math.max(0, ...top.map(({ cells }) => filled(cells)));
  const at = top.findIndex(({ cells }) => filled(cells) >= Math.max(1, Math.ceil(most * 0.6)));
  const heading = top[at];
  if (!heading) return null;
  const rows = lines.slice(at + 1).filter(({ cells }) => filled(cells) > 0);
  if (rows.length === 0) return null;
  const width = Math.min(
    MOST_COLUMNS,
    Math.max(heading.cells.length, ...rows.slice(0, 200).map(({ cells }) => cells.length)),
  );
  const header = Array.from({ length: width }, (_, column) => heading.cells[column] ?? "");
  return { table: { header, rows: rows.slice(0, MOST_ROWS) }, tooLong: rows.length > MOST_ROWS };
}

const cellsOf = (text: string, delimiter: string): TableRow[] =>
  recordsOf(text, delimiter).map((cells, at) => ({ line: at + 1, cells: cells.map(trimmed) }));

/** A quote that is never closed would swallow the rest of the file: then quotes are read as any other sign. */
function recordsOf(text: string, delimiter: string): string[][] {
  const how = { bom: true, delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: false } as const;
  try {
    return parse(text, how);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return parse(text, { ...how, quote: null }).map((cells) => cells.map((cell) => cell.replace(/^"(.*)"$/s, "$1")));
  }
}

const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u2060\u2066-\u2069\ufeff]/g;
const trimmed = (cell: string): string =>
  cell
    .replace(INVISIBLE, "")
    .replace(/[\u00a0\u202f]/g, " ")
    .trim();

/** The sign that parts most lines of the beginning, outside quotes; of two equals the one that does so more often. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "");
  const weight = (sign: string) => {
    const counts = lines.map((line) => line.split(sign).length - 1);
    return (
      counts.filter((count) => count > 0).length * 1_000 + counts.reduce((sum, count) => sum + Math.min(count, 50), 0)
    );
  };
  const best = DELIMITERS.toSorted((a, b) => weight(b) - weight(a))[0]!;
  return weight(best) > 0 ? best : ",";
}
