/** Begins like a formula, which a spreadsheet would run; or with the apostrophe that keeps it from that, so that one can be taken off again. */
const FORMULA = /^[=+\-@\t\r']/;

const cell = (value: string | number | null): string => {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return `"${(FORMULA.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
};

/**
 * Rows as RFC 4180 text with a byte order mark, which spreadsheets need to read it as UTF-8. Numbers are bare; words that a spreadsheet
 * would take for a formula begin with an apostrophe.
 */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
