import type { Ctx } from "#app/core/ctx.ts";
import { DAY_MS, mondayOf } from "../report/cohorts.ts";

/** How many weeks back a page may look. */
export const SPANS = [4, 12] as const;
export type Span = (typeof SPANS)[number];
export const MOST_WEEKS = Math.max(...SPANS);

/** A week counts once so many days have passed for all of it. */
export const SETTLED_DAYS = 14;
export const WEEK_MS = 7 * DAY_MS;

/** Where the weeks that are out end. */
export const endOfWeeks = (now: Date): Date => mondayOf(new Date(now.getTime() - SETTLED_DAYS * DAY_MS));

/**
 * Writes down what the public page will say of each week that is out and was not written down before; by `posts_covering` alone.
 * What is in the table stays, whatever becomes of the posts: a number that moved when somebody was erased would tell of them.
 *
 * @returns how many numbers were written; 0 where all weeks are there.
 */
export async function keepWeeks(ctx: Ctx): Promise<number> {
  const end = endOfWeeks(ctx.now);
  const mondays = Array.from({ length: MOST_WEEKS }, (_, at) =>
    new Date(end.getTime() - (at + 1) * WEEK_MS).toISOString(),
  );
  const rows = await ctx.db.sql`
    with missing as (
      select m.begins, (m.begins at time zone 'UTC')::date as week from unnest(${mondays}::timestamptz[]) as m (begins)
      where not exists (select from public_weeks k where k.week = (m.begins at time zone 'UTC')::date)
    )
    insert into public_weeks (group_id, week, asked, met)
    select g.id, missing.week, counted.asked, counted.met
    from missing cross join groups g cross join lateral (
      select count(*)::int as asked,
        (count(*) filter (where p.closed_reason in ('fulfilled', 'met_for_now')
          and p.closed_at <= p.created_at + make_interval(hours => ${SETTLED_DAYS * 24})))::int as met
      from posts p
      where p.group_id = g.id and p.kind = 'need'
        and p.created_at >= missing.begins and p.created_at < missing.begins + make_interval(hours => ${7 * 24})
        and (p.closed_reason is distinct from 'declined'
          or p.closed_at > p.created_at + make_interval(hours => ${SETTLED_DAYS * 24}))
    ) as counted
    on conflict do nothing returning week`;
  return rows.length;
}
