import type { Ctx } from "#app/core/ctx.ts";
import { DAY_MS } from "../report/cohorts.ts";
import { needsOf, PARTS, type Part } from "./day-columns.server.ts";
import { heldDays } from "./held-days.ts";

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
 * changed in since it was written down, is read from the posts themselves, in the same statement. A day that this process holds
 * as it stands is not sent again.
 */
export async function readDays<P extends Part>(ctx: Ctx, part: P, ids: string[], period: Period): Promise<DayOf<P>[]> {
  const { sql } = ctx.db;
  const { columns, read } = PARTS[part];
  const names = columns as readonly string[] as string[];
  const from = new Date(Math.max(period.from.getTime(), period.to.getTime() - MOST_DAYS * DAY_MS));
  const midnights = midnightsOf(from, period.to);
  const held = heldDays(sql);
  const known = held.of(part, ids, midnights);
  const rows = await sql<(Columns[P] & Row)[]>`
    with days as materialized (
      select g.id as group_id, midnight, day_of(midnight) as day, greatest(midnight, ${from}::timestamptz) as since,
        least(midnight + interval '24 hours', ${period.to}::timestamptz) as until,
        midnight >= ${from}::timestamptz and midnight + interval '24 hours' <= ${period.to}::timestamptz as whole
      from unnest(${ids}::uuid[]) as g (id) cross join unnest(${midnights}::timestamptz[]) as midnight
    ), known as materialized (
      select * from unnest(${known.map((day) => day.groupId)}::uuid[], ${known.map((day) => new Date(day.midnight).toISOString())}::timestamptz[],
        ${known.map((day) => day.version)}::text[]) as k (group_id, midnight, version)
    ), changed as materialized (
      select p.group_id, day_of(p.created_at) as day from day_marks m join posts p on p.id = m.post_id
      union select group_id, day from day_marks where post_id is null
      union select group_id, day from stale_days
    ), written as materialized (
      select d.group_id, d.midnight, d.day, n.xmin::text as version, ${sql(names)} from days d join need_days n using (group_id, day)
      where d.whole and not exists (select from changed c where c.group_id = d.group_id and c.day = d.day)
    )
    select w.group_id, w.midnight, w.version, k.version is not null as same
      ${names.map((name) => sql`, case when k.version is null then w.${sql(name)} end as ${sql(name)}`)}
    from written w left join known k on k.group_id = w.group_id and k.midnight = w.midnight and k.version = w.version
    union all
    select d.group_id, d.midnight, null, false, counted.* from days d cross join lateral (${read(ctx, needsOf(ctx, sql`d`))}) counted
    where not exists (select from written w where w.group_id = d.group_id and w.day = d.day)`;
  const before = new Map(known.map((day) => [nameOf(day), day]));
  return rows.map(({ group_id: groupId, midnight, version, same, ...row }) => {
    const day = { groupId, midnight: midnight.getTime() };
    if (same) return before.get(nameOf(day))!.row as DayOf<P>;
    const said = { ...row, ...day } as unknown as DayOf<P>;
    if (version !== null) held.keep(part, { ...day, version, row: said });
    return said;
  });
}

/** `version`: of the row as it was written, null for what was counted just now; `same`: as it is held. */
type Row = { group_id: string; midnight: Date; version: string | null; same: boolean };
const nameOf = ({ groupId, midnight }: { groupId: string; midnight: number }) => `${groupId} ${midnight}`;

/** Where the days (UTC) that a period touches begin. */
function midnightsOf(from: Date, to: Date): string[] {
  const midnights: string[] = [];
  for (let at = Math.floor(from.getTime() / DAY_MS) * DAY_MS; at < to.getTime(); at += DAY_MS)
    midnights.push(new Date(at).toISOString());
  return midnights;
}
