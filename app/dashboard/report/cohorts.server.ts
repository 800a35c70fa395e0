import type { Ctx } from "#app/core/ctx.ts";
import { DAY_MS, mondayOf, ripe, type Cohort } from "./cohorts.ts";

const WEEKS = 8;

/** The weeks up to the one in which the period ends, the newest first; weeks in which nothing was asked for are left out. Index only. */
export async function readCohorts(ctx: Ctx, ids: string[], to: Date): Promise<Cohort[]> {
  const last = mondayOf(new Date(to.getTime() - 1));
  const first = new Date(last.getTime() - (WEEKS - 1) * 7 * DAY_MS);
  const rows = await ctx.db.sql<{ week: string; asked: number; met7: number; met14: number }[]>`
    select to_char(date_trunc('week', created_at at time zone 'UTC'), 'YYYY-MM-DD') as week, count(*)::int as asked,
      (count(*) filter (where closed_reason in ('fulfilled', 'met_for_now') and closed_at <= created_at + interval '7 days'))::int as met7,
      (count(*) filter (where closed_reason in ('fulfilled', 'met_for_now') and closed_at <= created_at + interval '14 days'))::int as met14
    from posts
    where group_id = any(${ids}::uuid[]) and created_at >= ${first}::timestamptz and created_at < ${to}::timestamptz
      and kind = 'need' and closed_reason is distinct from 'declined'
    group by week order by week desc`;
  return rows.map(({ week, asked, met7, met14 }) => ({
    week,
    asked,
    met7: ripe(week, 7, ctx.now) ? met7 : null,
    met14: ripe(week, 14, ctx.now) ? met14 : null,
  }));
}
