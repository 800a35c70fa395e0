import type { Ctx } from "../ctx.ts";
import { keyMark } from "../data-key-check.server.ts";
import { SEALED_COLUMNS, type SealedColumn } from "./sealed-columns.ts";

const PORTION = 500;
/** So many portions at one beat of the worker, which has other things to do. */
const PORTIONS = 8;

/** How far it came with which key: kept, so that a new process goes on there. */
type Progress = { key: string; column: number; after: string | null };

/**
 * Seals again, with the key that writes now, what older ones sealed: portion by portion until nothing is left and the older keys can
 * go. A value that changed meanwhile is left to whoever changed it, who had the new key. Safe to repeat, also by several workers.
 *
 * @returns how many values it sealed anew.
 */
export async function reseal(ctx: Ctx): Promise<number> {
  if (ctx.seal.keys.length === 1) return 0;
  let { column, after } = await readProgress(ctx);
  if (column > SEALED_COLUMNS.length) return 0;
  let done = 0;
  for (let portion = 0; portion < PORTIONS && column < SEALED_COLUMNS.length; portion++) {
    const { sealed, last } = await resealSome(ctx, SEALED_COLUMNS[column]!, after);
    done += sealed;
    after = last;
    if (last === null) column += 1;
  }
  if (column === SEALED_COLUMNS.length) column = (await finish(ctx)) ? column + 1 : 0;
  await keep(ctx, "resealing", JSON.stringify({ key: ctx.seal.keys[0]!, column, after } satisfies Progress));
  return done;
}

async function readProgress(ctx: Ctx): Promise<Progress> {
  const [row] = await ctx.db.sql<{ value: string }[]>`select value from installation where key = 'resealing'`;
  const kept = row && (JSON.parse(row.value) as Progress);
  return kept?.key === ctx.seal.keys[0] ? kept! : { key: ctx.seal.keys[0]!, column: 0, after: null };
}

async function resealSome(ctx: Ctx, at: SealedColumn, after: string | null) {
  const { sql } = ctx.db;
  const { table, column } = at;
  const [key, type] = [sql.unsafe(at.key), sql.unsafe(at.keyType)];
  const rows = await sql<{ key: string; row: string; value: string }[]>`
    select ${key}::text as key, ${sql.unsafe(at.row)} as row, ${sql(column)} as value from ${sql(table)}
    where ${sealedByOthers(ctx, column)} and (${after}::text is null or ${key} > ${after}::text::${type})
    order by ${key} limit ${PORTION}`;
  const anew = rows.flatMap(({ key: id, row, value: was }) => {
    try {
      const place = { table, column, row };
      return [{ id, was, now: ctx.seal.seal(ctx.seal.open(was, place), place) }];
    } catch {
      ctx.log.error("a sealed value does not open", { table, column });
      return [];
    }
  });
  const sealed = await sql`
    update ${sql(table)} set ${sql(column)} = v.now
    from unnest(${anew.map(({ id }) => id)}::text[], ${anew.map(({ was }) => was)}::text[],
      ${anew.map(({ now }) => now)}::text[]) as v (at, was, now)
    where ${key} = v.at::${type} and ${sql(column)} = v.was
    returning 1`;
  return { sealed: sealed.length, last: rows.length < PORTION ? null : rows.at(-1)!.key };
}

const sealedByOthers = ({ db: { sql }, seal }: Ctx, column: string) =>
  sql`${sql(column)} is not null and not starts_with(${sql(column)}, ${`v1.${seal.keys[0]}.`})`;

/** Only when nothing is left: a process that was not started anew yet may have written with an older key meanwhile. */
async function finish(ctx: Ctx): Promise<boolean> {
  const left = await leftToSeal(ctx);
  if (left.some(({ n }) => n > 0)) return false;
  await keep(ctx, "data_key_check", keyMark(ctx.seal));
  await keep(ctx, "keys_in_use", ctx.seal.keys[0]!);
  ctx.log.info("everything is sealed with the new key");
  return true;
}

const keep = ({ db: { sql } }: Ctx, key: string, value: string) => sql`
  insert into installation (key, value) values (${key}, ${value}) on conflict (key) do update set value = excluded.value`;

/** How many values other keys than the first one sealed, by where they are; where there are none it is left out. */
export async function leftToSeal(ctx: Ctx): Promise<{ table: string; column: string; n: number }[]> {
  const { sql } = ctx.db;
  const left: { table: string; column: string; n: number }[] = [];
  for (const { table, column } of SEALED_COLUMNS) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from ${sql(table)} where ${sealedByOthers(ctx, column)}`;
    if (row && row.n > 0) left.push({ table, column, n: row.n });
  }
  return left;
}
