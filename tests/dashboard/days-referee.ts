import type { Ctx } from "#app/core/ctx.ts";
import type { Kept } from "#app/dashboard/report/kept.ts";
import type { SpreadCell } from "#app/dashboard/report/spread.ts";
import { areaOf } from "#app/matching/area.server.ts";

/** The same figures read from the posts by other words than the product's, for small worlds. */
type Period = { from: Date; to: Date };

/** Seconds since asking; null: not yet. `watched`: until it was closed, else until now. */
export type Need = {
  group: string;
  reason: string | null;
  claimed: number | null;
  met: number | null;
  heard: number | null;
  watched: number;
};

type PostRow = {
  group_id: string;
  created_at: Date;
  status: string;
  closed_reason: string | null;
  closed_at: Date | null;
  first_claimed_at: Date | null;
  heard_at: Date | null;
};

export async function needsBySql(ctx: Ctx, groups: string[], { from, to }: Period): Promise<Need[]> {
  const rows = await ctx.db.sql<PostRow[]>`
    select p.*, w.at as heard_at from posts p left join first_words w on w.post_id = p.id
    where p.kind = 'need' and p.group_id = any(${groups}::uuid[])`;
  return rows
    .filter((row) => row.created_at >= from && row.created_at < to && row.closed_reason !== "declined")
    .map((row) => {
      const since = (at: Date) => Math.max(0, Math.floor((at.getTime() - row.created_at.getTime()) / 1000));
      const end = row.closed_at ?? ctx.now;
      return {
        group: row.group_id,
        reason: row.closed_reason,
        claimed: row.first_claimed_at && since(row.first_claimed_at),
        met: ["fulfilled", "met_for_now"].includes(row.closed_reason ?? "") ? since(end) : null,
        heard: row.heard_at && row.heard_at <= end ? since(row.heard_at) : null,
        watched: since(end),
      };
    });
}

/** Kaplan and Meier, by going through every second at which something happened. @param all when it happened, and until when it was watched */
export function reached(all: readonly (readonly [number | null, number])[], share: number): number | null {
  let left = 1;
  for (const second of [...new Set(all.flatMap(([at]) => at ?? []))].toSorted((a, b) => a - b)) {
    const watched = all.filter(([, until]) => until >= second).length;
    left *= 1 - all.filter(([at]) => at === second).length / watched;
    if (left <= 1 - share + 1e-9) return second;
  }
  return null;
}

export async function cohortsBySql(ctx: Ctx, groups: string[]) {
  const rows = await ctx.db.sql<{ monday: Date; asked: number; met7: number; met14: number }[]>`
    select date_trunc('week', created_at at time zone 'UTC') at time zone 'UTC' as monday, count(*)::int as asked,
      (count(*) filter (where closed_reason in ('fulfilled', 'met_for_now') and closed_at - created_at <= interval '168 hours'))::int as met7,
      (count(*) filter (where closed_reason in ('fulfilled', 'met_for_now') and closed_at - created_at <= interval '336 hours'))::int as met14
    from posts where kind = 'need' and group_id = any(${groups}::uuid[]) and closed_reason is distinct from 'declined'
      and created_at < ${ctx.now}::timestamptz
      and created_at >= (date_trunc('week', ${ctx.now}::timestamptz at time zone 'UTC') - interval '7 weeks') at time zone 'UTC'
    group by 1 order by 1 desc`;
  const ripe = (monday: Date, days: number) => monday.getTime() + (7 + days) * 86_400_000 <= ctx.now.getTime();
  return rows.map(({ monday, asked, met7, met14 }) => ({
    week: monday.toISOString().slice(0, 10),
    asked,
    met7: ripe(monday, 7) ? met7 : null,
    met14: ripe(monday, 14) ? met14 : null,
  }));
}

export async function keptBySql(ctx: Ctx, groups: string[], { from, to }: Period): Promise<Kept> {
  const rows = await ctx.db.sql<{ status: string }[]>`
    select c.status from claims c join posts p on p.id = c.post_id
    where p.kind = 'need' and p.group_id = any(${groups}::uuid[]) and p.closed_reason is distinct from 'declined'
      and p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz`;
  const of = (...states: string[]) => rows.filter(({ status }) => states.includes(status)).length;
  return {
    confirmed: of("confirmed"),
    delivered: of("delivered"),
    live: of("promised", "on_the_way"),
    released: of("released"),
    lapsed: of("lapsed"),
  };
}

/** As the page read it before it was rolled up. */
export function spreadBySql(ctx: Ctx, groups: string[], { from, to }: Period): Promise<SpreadCell[]> {
  const { sql } = ctx.db;
  return sql<SpreadCell[]>`
    with needs as (
      select ${areaOf(ctx, sql`p.lat`, sql`p.lng`)} as area, p.place, p.category_id, p.locale, p.claimable, p.closed_reason,
        p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz as counts,
        p.first_claimed_at is not null as answered,
        greatest(0, floor(extract(epoch from coalesce(p.first_claimed_at,
          case when p.status = 'closed' then p.closed_at else ${ctx.now}::timestamptz end) - p.created_at)))::int as seconds
      from posts p
      where p.group_id = any(${groups}::uuid[]) and p.kind = 'need' and p.closed_reason is distinct from 'declined'
        and (p.claimable or p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz)
    )
    select area, category_id as "categoryId", locale, mode() within group (order by place) as place,
      (count(*) filter (where counts))::int as needs,
      (count(*) filter (where counts and answered))::int as answered,
      (count(*) filter (where counts and closed_reason in ('fulfilled', 'met_for_now')))::int as met,
      (count(*) filter (where counts and (claimable or closed_reason = 'expired')))::int as unmet,
      (count(*) filter (where claimable))::int as waiting,
      coalesce(array_agg(seconds) filter (where counts and answered), '{}') as claimed,
      coalesce(array_agg(seconds) filter (where counts and not answered), '{}') as unclaimed
    from needs group by area, category_id, locale`;
}
