import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { coordination } from "#app/claims/scope.server.ts";
import { can } from "#app/groups/membership.ts";
import { isUuid } from "#app/people/uuid.ts";
import type { PostKind } from "#app/posts/post.ts";
import { guessMapping, looksMerged, MERGED, type ImportField } from "./columns.ts";
import { guessOrder } from "./dates.ts";
import { decode } from "./decode.ts";
import type { BadLine, ImportState, Reading } from "./import.ts";
import { readTable, type Table } from "./read-table.ts";

/** One list that was brought in, or is about to be. */
export type Import = {
  id: string;
  groupId: string;
  state: ImportState;
  reading: Reading;
  total: number;
  good: number;
  bad: number;
  done: number;
  createdAt: Date;
};

type Row = Omit<Import, "reading"> & { mapping: Reading };

const contentOf = (row: string) => ({ table: "imports", column: "content_sealed", row });
export const reportOf = (row: string) => ({ table: "imports", column: "report_sealed", row });

/**
 * Keeps a file, sealed, for the coordinator to say which column is what. Nothing is brought in yet.
 *
 * @throws Problem `not-allowed`, or `invalid-input` with the field `file` where there is no table in it, or too much of one (`rows`).
 */
export async function startImport(
  ctx: PersonCtx,
  { groupId, kind, bytes }: { groupId: string; kind: PostKind; bytes: Uint8Array },
): Promise<string> {
  if (!can(ctx.person, "coordinate", { groupId })) throw new Problem("not-allowed");
  const read = readTable(decode(bytes).text);
  if (!read) throw new Problem("invalid-input", { field: "file" });
  if (read.tooLong) throw new Problem("invalid-input", { field: "rows" });
  const { table } = read;
  const id = newId(ctx.now);
  const { sql } = ctx.db;
  await sql`
    insert into imports (id, group_id, person_id, state, content_sealed, mapping, total, created_at, updated_at)
    values (${id}::uuid, ${groupId}::uuid, ${ctx.person.id}::uuid, 'mapping', ${sealContent(ctx, id, table)},
      ${sql.json(guessed(table, kind) as never)}, ${table.rows.length}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)`;
  return id;
}

/** How a file is to be read, as far as it shows. */
function guessed(table: Table, kind: PostKind): Reading {
  const mapping = guessMapping(table);
  const column = (at: number) => table.rows.map(({ cells }) => cells[at] ?? "");
  const of = (fields: readonly ImportField[]) =>
    mapping.flatMap((field, at) => (field && fields.includes(field) ? [column(at)] : []));
  return {
    mapping,
    kind,
    order: guessOrder(of(["window_start", "window_end", "created_at"]).flat()) ?? "mdy",
    fillDown: of(MERGED).some(looksMerged),
  };
}

export const sealContent = (ctx: PersonCtx, id: string, content: unknown): string =>
  ctx.seal.seal(JSON.stringify(content), contentOf(id));

const columns = ({ db: { sql } }: PersonCtx) => sql`
  i.id, i.group_id as "groupId", i.state, i.mapping, i.total, i.good, i.bad, i.done, i.created_at as "createdAt"`;

const toImport = ({ mapping, ...row }: Row): Import => ({ ...row, reading: mapping });

/** An import of a group the asker runs. @throws Problem `not-found`. */
export async function getImport(ctx: PersonCtx, id: string): Promise<Import> {
  const { everywhere, groups } = coordination(ctx.person);
  const [row] = isUuid(id)
    ? await ctx.db.sql<Row[]>`
        select ${columns(ctx)} from imports i where i.id = ${id}::uuid and (${everywhere} or i.group_id = any(${groups}::uuid[]))`
    : [];
  if (!row) throw new Problem("not-found");
  return toImport(row);
}

/** The latest imports of some groups the asker runs, newest first. */
export async function listImports(ctx: PersonCtx, groupIds: readonly string[]): Promise<Import[]> {
  const rows = await ctx.db.sql<Row[]>`
    select ${columns(ctx)} from imports i where i.group_id = any(${[...groupIds]}::uuid[]) order by i.created_at desc limit 20`;
  return rows.map(toImport);
}

/** The table of an import that was not begun yet; the caller has read it by `getImport`. @throws Problem `not-found`. */
export async function readContent(ctx: PersonCtx, id: string): Promise<Table> {
  const [row] = await ctx.db.sql<{ content_sealed: string | null }[]>`
    select content_sealed from imports where id = ${id}::uuid and state in ('mapping', 'checked')`;
  const content = ctx.seal.read(row?.content_sealed ?? null, contentOf(id));
  if (content === null) throw new Problem("not-found");
  return JSON.parse(content) as Table;
}

/** The lines that could not be brought in; the caller has read the import by `getImport`. None once they were forgotten. */
export async function readReport(ctx: PersonCtx, id: string): Promise<{ header: string[]; bad: BadLine[] } | null> {
  const [row] = await ctx.db.sql<{ report_sealed: string | null }[]>`
    select report_sealed from imports where id = ${id}::uuid`;
  const report = ctx.seal.read(row?.report_sealed ?? null, reportOf(id));
  return report === null ? null : (JSON.parse(report) as { header: string[]; bad: BadLine[] });
}

/** The codes of posts of an undone import that stayed, because somebody has done something with them since. */
export async function keptPosts(ctx: PersonCtx, id: string): Promise<{ code: string; title: string }[]> {
  return ctx.db.sql<{ code: string; title: string }[]>`
    select code, title from posts where import_id = ${id}::uuid order by created_at, id limit 200`;
}
