import type { Sql } from "postgres";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { LEFT_OUT, type ArchiveHead, type ArchiveTable } from "./archive.ts";

type Column = { table: string; column: string; required: boolean };

/** What an archive of this database has in it, as of the statement's snapshot. */
export async function readHead(sql: Sql, madeAt: Date): Promise<ArchiveHead> {
  const [row] = await sql<
    { migrations: number }[]
  >`select count(*)::int as migrations from drizzle.__drizzle_migrations`;
  return {
    manyhands: 1,
    madeAt: madeAt.toISOString(),
    migrations: row!.migrations,
    tables: await readTables(sql),
    sequences: await sql<{ name: string; value: string }[]>`
      select sequencename as name, last_value::text as value from pg_sequences
      where schemaname = 'public' and last_value is not null order by 1`,
  };
}

async function readTables(sql: Sql): Promise<ArchiveTable[]> {
  const columns = await sql<Column[]>`
    select c.relname as "table", a.attname as "column", a.attnotnull as required
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.attgenerated = '' and c.relname <> all(${LEFT_OUT}::text[])
    order by c.relname, a.attnum`;
  const byTable = new Map<string, Column[]>();
  for (const column of columns) byTable.set(column.table, [...(byTable.get(column.table) ?? []), column]);
  const isSealed = ({ table, column }: Column) =>
    SEALED_COLUMNS.some((one) => one.table === table && one.column === column);
  return (await inOrder(sql, [...byTable.keys()])).map((name) => {
    const its = byTable.get(name)!;
    const sealed = its.flatMap((column, at) => (isSealed(column) ? [{ at, required: column.required }] : []));
    return { name, columns: its.map(({ column }) => column), sealed };
  });
}

/** Each table after those that it refers to. @throws when two refer to each other: then no order is right. */
async function inOrder(sql: Sql, names: string[]): Promise<string[]> {
  const links = await sql<{ from: string; to: string }[]>`
    select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and conrelid <> confrelid and connamespace = 'public'::regnamespace`;
  const done: string[] = [];
  let left = names;
  while (left.length > 0) {
    const ready = left.filter((name) => !links.some(({ from, to }) => from === name && left.includes(to)));
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${left.join(", ")}`);
    done.push(...ready);
    left = left.filter((name) => !ready.includes(name));
  }
  return done;
}
