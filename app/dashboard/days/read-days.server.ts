import type { Ctx } from "#app/core/ctx.ts";
import { DAY_MS } from "../report/cohorts.ts";
import { needsOf, PARTS, type Part } from "./day-columns.server.ts";

type Period = { from: Date; to: Date };
/** No installation is older, whatever a period says. */
const MOST_DAYS = 3660;

type Times = Record<"claimed" | "unclaimed" | "waiting" | "settled" | "ended" | "current", Buffer | null>;
type Columns = {
  times: Times & { asked: number; fulfilled: number; met: number };
  weeks: { asked: number; met7: number; met14: number };
  words: Record<"heard" | "unheard" | "silent", Buffer | null>;
  promises: { confirmed: number; delivered: number; live: number; released: number; lapsed: number };
  spread: Record<"areas" | "categories" | "locales" | "places", (string | null)[] | null> & { spread: Buffer | null };
};
/** `midnight` is where the day begins, in Unix milliseconds. */
export type DayOf<P extends Part> = Columns[P] & { groupId: string; midnight: number };

/**
 * What `need_days` says of a period, a row a day and group. Exact at every moment: a day that the period cuts, or that something has
 * changed in since it was written down, is read from the posts themselves, in the same statement.
 */
export async function readDays<P extends Part>(ctx: Ctx, part: P, ids: string[], period: Period): Promise<DayOf<P>[]> {
  const { sql } = ctx.db;
  const { columns, read } = PARTS[part];
  const from = new Date(Math.max(period.from.getTime(), period.to.getTime() - MOST_DAYS * DAY_MS));
  // Lists come as a query's answer: the planner then thinks the same of one as of many, and plans the statement once for all.
  const rows = await sql<(Columns[P] & { group_id: string; midnight: Date })[]>`
    with days as materialized (
      select g.id as group_id, midnight, day_of(midnight) as day, greatest(midnight, ${from}::timestamptz) as since,
        least(midnight + interval '24 hours', ${period.to}::timestamptz) as until,
        midnight >= ${from}::timestamptz and midnight + interval '24 hours' <= ${period.to}::timestamptz as whole
      from unnest((select ${ids}::uuid[])) as g (id) cross join unnest((select ${midnightsOf(from, period.to)}::timestamptz[])) as midnight
    ), changed as materialized (
      select p.group_id, day_of(p.created_at) as day from day_marks m join posts p on p.id = m.post_id
      union select group_id, day from day_marks where post_id is null
      union select group_id, day from stale_days
    ), written as materialized (
      select d.group_id, d.midnight, d.day, ${sql(columns as readonly string[] as string[])} from days d join need_days n using (group_id, day)
      where d.whole and not exists (select from changed c where c.group_id = d.group_id and c.day = d.day)
    ), unwritten as materialized (
      select d.* from days d where not exists (select from written w where w.group_id = d.group_id and w.day = d.day)
    )
    select group_id, midnight, ${sql(columns as readonly string[] as string[])} from written
    union all
    select d.group_id, d.midnight, counted.* from unwritten d cross join lateral (${read(ctx, needsOf(ctx, sql`d`))}) counted`;
  return rows.map(
    ({ group_id, midnight, ...row }) =>
      ({ ...row, groupId: group_id, midnight: midnight.getTime() }) as unknown as DayOf<P>,
  );
}

/** Where the days (UTC) that a period touches begin. */
function midnightsOf(from: Date, to: Date): string[] {
  const midnights: string[] = [];
  for (let at = Math.floor(from.getTime() / DAY_MS) * DAY_MS; at < to.getTime(); at += DAY_MS)
    midnights.push(new Date(at).toISOString());
  return midnights;
}
