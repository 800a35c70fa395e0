import type { Ctx } from "#app/core/ctx.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";

/** A table's rows that name somebody, as they stand there: what was sealed is opened, what is empty is left out. */
export type FoundRows = { table: string; rows: Record<string, unknown>[] };

const UNREADABLE = "(does not open)";
/** So many digits at the end of a number are taken for the number, however its beginning is written. */
const DIGITS = 10;
/** What people write between the digits of a number, for PostgreSQL and for us. */
const BETWEEN = "[ ().+/-]";

/**
 * Everything that whoever runs this, with the database and the key, could be made to hand over about a number: each row of each table that
 * names it, its person, a post of theirs, a promise of theirs or a conversation of theirs, or that has the number in its words. It reads
 * the whole database by its catalogue, so a new table cannot be forgotten; it changes nothing.
 *
 * @param phone E.164.
 */
export async function allAbout(ctx: Ctx, phone: string): Promise<FoundRows[]> {
  const { sql } = ctx.db;
  const names = await namesOf(ctx, phone);
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  const found: FoundRows[] = [];
  for (const { name } of tables) {
    const rows = await rowsOf(ctx, { table: name, names, digits: phone.replace(/\D/g, "").slice(-DIGITS) });
    if (rows.length > 0) found.push({ table: name, rows });
  }
  return found;
}

/** What stands for the number in the database: its lookup, and the ids that lead to it. */
async function namesOf({ db: { sql }, seal }: Ctx, phone: string): Promise<string[]> {
  const lookup = seal.lookup("phone", phone);
  const rows = await sql<{ id: string }[]>`
    with me as (select id from people where phone_lookup = ${lookup})
    select id from me
    union select p.id from posts p join me on p.author_id = me.id
    union select c.id from claims c join me on c.person_id = me.id
    union select r.relay_id from relay_parties r join me on r.person_id = me.id`;
  return [lookup, ...rows.map(({ id }) => id)];
}

type Wanted = { table: string; names: string[]; digits: string };

async function rowsOf(ctx: Ctx, wanted: Wanted): Promise<Record<string, unknown>[]> {
  const { sql } = ctx.db;
  const { table, names, digits } = wanted;
  const sealed = SEALED_COLUMNS.filter((each) => each.table === table && each.owner !== null);
  const places = sealed.flatMap(({ column, row }) => [`'${column}'`, `(${row})::text`]).join(", ");
  const said = await saidIn(ctx, wanted);
  const rows = await sql<{ row: Record<string, unknown>; places: Record<string, string> }[]>`
    select to_jsonb(t) as row, jsonb_build_object(${sql.unsafe(places)}) as places from ${sql(table)} t
    where t::text like any(${names.map((name) => `%${name}%`)}::text[])
      or regexp_replace(t::text, ${BETWEEN}, '', 'g') like ${`%${digits}%`}
      or ctid::text = any(${said}::text[])`;
  return rows.map((each) => opened(ctx, table, each));
}

/** Rows that have the number in words that are sealed: each is opened and read. */
async function saidIn(ctx: Ctx, { table, digits }: Wanted): Promise<string[]> {
  const { sql } = ctx.db;
  const between = new RegExp(BETWEEN, "g");
  const said: string[] = [];
  for (const { column, row, owner } of SEALED_COLUMNS.filter((each) => each.table === table)) {
    if (owner === null) continue;
    const all = sql<{ tid: string; place: string; value: string }[]>`
      select ctid::text as tid, (${sql.unsafe(row)})::text as place, ${sql(column)} as value from ${sql(table)}
      where ${sql(column)} is not null`;
    for await (const portion of all.cursor(1000))
      for (const { tid, place, value } of portion) {
        const words = open(ctx, value, { table, column, row: place });
        if (words.replace(between, "").includes(digits)) said.push(tid);
      }
  }
  return said;
}

function opened(
  ctx: Ctx,
  table: string,
  { row, places }: { row: Record<string, unknown>; places: Record<string, string> },
): Record<string, unknown> {
  const there = Object.entries(row).filter(([, value]) => value !== null);
  return Object.fromEntries(
    there.map(([column, value]) => {
      const place = places[column];
      if (place === undefined) return [column, value];
      return [column.replace("_sealed", ""), open(ctx, String(value), { table, column, row: place })];
    }),
  );
}

function open(ctx: Ctx, value: string, place: { table: string; column: string; row: string }): string {
  return ctx.seal.read(value, place) ?? UNREADABLE;
}
