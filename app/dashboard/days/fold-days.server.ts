import type { Ctx } from "#app/core/ctx.ts";
import type { PendingQuery, Row } from "postgres";
import { needsOf, PARTS } from "./day-columns.server.ts";

type Fragment = PendingQuery<Row[]>;

/** One worker at a time; an arbitrary number that means these jobs. */
const TURN = 7_301_122;
const MOST_MARKS = 20_000;
/** So many days of a group are worked out at once: well under a second at 500 needs a day. */
const MOST_DAYS = 100;

/** Finds out which days the triggers' marks are about. One statement; nothing while another worker is at it. @returns how many marks */
export async function sortDayMarks({ db: { sql } }: Ctx): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    with turn as materialized (select pg_try_advisory_xact_lock(${TURN}::bigint) as mine),
    taken as (
      delete from day_marks where ctid = any(array(select m.ctid from day_marks m where (select mine from turn) limit ${MOST_MARKS}))
      returning post_id, group_id, day
    ), noted as (
      insert into stale_days (group_id, day)
      select group_id, day from taken where post_id is null
      union select p.group_id, day_of(p.created_at) from taken join posts p on p.id = taken.post_id where p.kind = 'need'
    )
    select count(*)::int as n from taken`;
  return row!.n;
}

/**
 * Works stale days out again and writes them down, in one statement. A day is always made anew from its posts, never added to, so
 * nothing can drift; what changes meanwhile leaves a mark of its own. @returns how many days
 */
export async function foldDays(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const parts = Object.values(PARTS);
  const columns = [...new Set<string>(parts.flatMap((part) => [...part.columns]))];
  const each = (of: (column: string) => Fragment) => columns.map((column) => sql`, ${of(column)}`);
  const needs = needsOf(ctx, sql`d`);
  const rows = await sql`
    with turn as materialized (select pg_try_advisory_xact_lock(${TURN}::bigint) as mine),
    chosen as (select distinct group_id, day from stale_days where (select mine from turn) limit ${MOST_DAYS}),
    taken as (
      delete from stale_days s using chosen one where s.group_id = one.group_id and s.day = one.day returning s.group_id, s.day
    ), d as (
      select distinct group_id, day, day::timestamp at time zone 'UTC' as midnight, day::timestamp at time zone 'UTC' as since,
        (day + 1)::timestamp at time zone 'UTC' as until
      from taken
    )
    insert into need_days (group_id, day ${each((column) => sql`${sql(column)}`)})
    select d.group_id, d.day ${each((column) => sql`${ownerOf(ctx, column)}.${sql(column)}`)}
    from d ${parts.map((part, at) => sql`cross join lateral (${part.read(ctx, needs)}) ${sql(nameOf(at))}`)}
    on conflict (group_id, day) do update
      set day = excluded.day ${each((column) => sql`${sql(column)} = excluded.${sql(column)}`)}
    returning day`;
  return rows.length;
}

const nameOf = (at: number) => `part_${at}`;
/** Several parts have `asked`: any of them will do. */
const ownerOf = ({ db: { sql } }: Ctx, column: string) =>
  sql(nameOf(Object.values(PARTS).findIndex((part) => (part.columns as readonly string[]).includes(column))));
