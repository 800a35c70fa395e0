/** A spreadsheet as groups have them: so many lines, of which `good` can be brought in and every `bad` one has its reason. */
export function messyFile(lines: number): { bytes: Uint8Array; good: number; bad: Map<number, string> } {
  const bad = new Map<number, string>();
  const rows = [
    "Pantry requests 2026;;;;;;;",
    ";;;;;;;",
    "Área;Kind of thing;What do you need?;How many;Phone;Name;Needed by;Notes",
  ];
  let good = 0;
  for (let n = 0; n < lines; n++) {
    const line = rows.length + 1;
    const row = lineOf(n);
    const reason = FAULTS[n % 20]?.(row, n);
    if (reason) bad.set(line, reason);
    else good += 1;
    rows.push(row.map(quoted).join(";"));
  }
  return { bytes: Buffer.from(`\uFEFF${rows.join("\r\n")}\r\n`, "utf16le"), good, bad };
}

const quoted = (cell: string) => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

type Cells = [string, string, string, string, string, string, string, string];
const phoneOf = (n: number) => `555${String(2_000_000 + n).padStart(7, "0")}`;
const DATES = ["45123", "12/25/2030", "2030-12-25", "25/12/2030", "Dec 25, 2030", "47800", ""];
const THINGS = ["Bread 🍞", "Pañales", "خبز", 'Pots, 6" wide', "Rice; beans", "Soup\nhot", "+1 blanket", "-cold room"];

/** Area and kind are merged cells: only the first of five lines says them. */
function lineOf(n: number): Cells {
  const phone = phoneOf(n);
  const forms = [
    `(${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}`,
    `+1 ${phone}`,
    `${phone}.0`,
    `tel: ${phone}`,
    `mom ${phone.slice(0, 3)}.${phone.slice(3, 6)}.${phone.slice(6)}`,
  ];
  return [
    n % 5 === 0 ? `Block ${n % 7}` : "",
    n % 5 === 0 ? ["Groceries", "groceries", "Víveres"][n % 3]! : "",
    `${THINGS[n % THINGS.length]!} ${n}`,
    ["3", "1,000", "~12 bags", "", "x2", "4.0"][n % 6]!,
    forms[n % 5]!,
    `Ana ${n}`,
    DATES[1 + (n % 6)]!,
    n % 3 === 0 ? "'=leave at the door" : "",
  ];
}

/** Of every twenty lines these are spoilt. */
const FAULTS: Record<number, (row: Cells, n: number) => string> = {
  1: (row) => ((row[4] = "ask Maria"), "phone"),
  3: (row) => ((row[3] = "a few"), "quantity"),
  6: (row) => ((row[6] = "45123"), "past"),
  8: (row) => ((row[2] = '=HYPERLINK("http://evil","x")'), "formula"),
  11: (row) => ((row[6] = "31/2/2030"), "date"),
  13: (row, n) => (lineOf(n - 1).forEach((cell, at) => (row[at] = cell)), "same_line"),
  16: (row) => ((row[4] = "555-01"), "phone"),
  18: (row) => ((row[2] = "#REF!"), "formula"),
};
