import { foldWords } from "#app/sms/fold.ts";
import { MERGED, type ImportField, type Mapping } from "./columns.ts";
import type { BadLine, GroupFacts, ImportedPost, Reading } from "./import.ts";
import { readRow, type Cells } from "./read-row.ts";
import type { Table, TableRow } from "./read-table.ts";

export type Checked = { good: ImportedPost[]; bad: BadLine[] };
/** A post that is on the board: `who` stands for its author's number. */
export type KnownPost = { code: string; kind: string; title: string; who: string | null; place: string | null };

type Facts = {
  reading: Reading;
  group: GroupFacts;
  now: Date;
  zone: string;
  known: readonly KnownPost[];
  /** The same for the same number, and nothing that could be read back. */
  whoOf: (phone: string) => string;
};

/**
 * Every line of a table as a post or with what is wrong with it. Of lines that say the same the first counts, and none that
 * is on the board already. PURE.
 */
export function checkTable({ rows }: Table, facts: Facts): Checked {
  const good: ImportedPost[] = [];
  const bad: BadLine[] = [];
  const lineOf = new Map<string, number>();
  const onBoard = new Map(facts.known.map((post) => [boardKey(post), post.code]));
  for (const { line, cells } of facts.reading.fillDown ? filled(rows, facts.reading.mapping) : rows) {
    const read = readRow(line, cellsOf(cells, facts.reading.mapping), facts);
    if ("faults" in read) {
      bad.push({ line, faults: read.faults, cells });
      continue;
    }
    const { post } = read;
    const key = sameKey(post);
    const first = lineOf.get(key);
    const code = onBoard.get(boardKey({ ...post, who: post.phone && facts.whoOf(post.phone) }));
    if (first !== undefined)
      bad.push({ line, faults: [{ field: null, reason: "same_line", other: String(first) }], cells });
    else if (code) bad.push({ line, faults: [{ field: null, reason: "same_post", other: code }], cells });
    else good.push(post);
    if (first === undefined) lineOf.set(key, line);
  }
  return { good, bad };
}

function cellsOf(cells: readonly string[], mapping: Mapping): Cells {
  return Object.fromEntries(mapping.flatMap((field, column) => (field ? [[field, cells[column] ?? ""]] : [])));
}

/** The lines with merged cells filled from above. */
function filled(rows: readonly TableRow[], mapping: Mapping): TableRow[] {
  const columns = mapping.flatMap((field, column) =>
    (MERGED as readonly ImportField[]).includes(field as ImportField) ? [column] : [],
  );
  const above = new Map<number, string>();
  return rows.map(({ line, cells }) => {
    const full = [...cells];
    for (const column of columns) {
      if (full[column]) above.set(column, full[column]);
      else full[column] = above.get(column) ?? "";
    }
    return { line, cells: full };
  });
}

/** Two lines say the same: all of it, or, of one person, the same thing, as much of it, on the same day. */
function sameKey({ line: _line, ...post }: ImportedPost): string {
  const who = post.phone ?? post.email ?? (post.name && `${post.name} ${post.address ?? post.place ?? ""}`);
  const { title, details, ...rest } = post;
  const words = same(`${title} ${details ?? ""}`);
  if (!who) return JSON.stringify([words, rest]);
  return JSON.stringify([
    same(who),
    post.kind,
    post.categoryId,
    words,
    post.quantity,
    post.windowEnd,
    post.createdAt?.slice(0, 10),
  ]);
}

/** The same thing of the same person; of nobody known, at the same place. */
const boardKey = ({ kind, title, who, place }: Pick<KnownPost, "kind" | "title" | "who" | "place">): string =>
  JSON.stringify([kind, same(title), who ?? `at ${same(place ?? "")}`]);

/** Without accents, capitals and signs; what is nothing but signs is itself. */
const same = (text: string): string => foldWords(text) || text;
