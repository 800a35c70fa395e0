import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { areaOf } from "#app/matching/area.server.ts";
import { FATE } from "./fate.ts";

type Fragment = PendingQuery<Row[]>;

/**
 * How one day's row of `need_days` is worked out from posts, by what a page asks for. Each is a subquery over `p`, the needs of a
 * group that were asked for between two moments, and gives one row. The worker writes all of them down; what it has not yet is
 * read by the same words.
 */
export const PARTS = {
  times: {
    columns: ["asked", "fulfilled", "met", "claimed", "unclaimed", "waiting", "settled", "ended", "current"],
    read: times,
  },
  weeks: { columns: ["asked", "met7", "met14"], read: weeks },
  words: { columns: ["heard", "unheard", "silent"], read: words },
  promises: { columns: ["confirmed", "delivered", "live", "released", "lapsed"], read: promises },
  spread: { columns: ["areas", "categories", "locales", "places", "spread"], read: spread },
} as const satisfies Record<string, { columns: readonly string[]; read: (ctx: Ctx, needs: Needs) => Fragment }>;
export type Part = keyof typeof PARTS;

/** A table of posts `p` with more of them or less, and the midnight that moments are counted from. */
type Needs = { from: Fragment; midnight: Fragment };

function packing({ db: { sql } }: Ctx, midnight: Fragment) {
  const seconds = (end: Fragment) => sql`greatest(0, floor(extract(epoch from ${end} - p.created_at)))::int`;
  const sinceMidnight = sql`floor(extract(epoch from p.created_at - ${midnight}) * 1000)::int`;
  const pack = (value: Fragment, which: Fragment) => sql`string_agg(int4send(${value}), '') filter (where ${which})`;
  return { seconds, sinceMidnight, pack };
}

function times(ctx: Ctx, { from, midnight }: Needs): Fragment {
  const { sql } = ctx.db;
  const { seconds, sinceMidnight, pack } = packing(ctx, midnight);
  const met = sql`(p.status = 'closed' and coalesce(p.closed_reason in ('fulfilled', 'met_for_now'), false))`;
  const closed = seconds(sql`p.closed_at`);
  return sql`
    select count(*)::int as asked, (count(*) filter (where p.status = 'closed' and p.closed_reason = 'fulfilled'))::int as fulfilled,
      (count(*) filter (where ${met}))::int as met,
      ${pack(seconds(sql`p.first_claimed_at`), sql`p.first_claimed_at is not null`)} as claimed,
      ${pack(closed, sql`p.first_claimed_at is null and p.status = 'closed'`)} as unclaimed,
      ${pack(sinceMidnight, sql`p.first_claimed_at is null and p.status <> 'closed'`)} as waiting,
      ${pack(closed, met)} as settled, ${pack(closed, sql`p.status = 'closed' and not ${met}`)} as ended,
      ${pack(sinceMidnight, sql`p.status <> 'closed'`)} as current
    from ${from}`;
}

function weeks({ db: { sql } }: Ctx, { from }: Needs): Fragment {
  const within = (days: number) => sql`(count(*) filter (where p.closed_reason in ('fulfilled', 'met_for_now')
    and p.closed_at <= p.created_at + make_interval(hours => ${days * 24})))::int`;
  return sql`select count(*)::int as asked, ${within(7)} as met7, ${within(14)} as met14 from ${from}`;
}

/** A word counts from `first_words`; after the need was closed it no longer does. */
function words(ctx: Ctx, { from, midnight }: Needs): Fragment {
  const { sql } = ctx.db;
  const { seconds, sinceMidnight, pack } = packing(ctx, midnight);
  const heard = sql`coalesce(p.status <> 'closed' or w.at <= p.closed_at, false) and w.at is not null`;
  return sql`
    select ${pack(seconds(sql`w.at`), heard)} as heard,
      ${pack(seconds(sql`p.closed_at`), sql`not (${heard}) and p.status = 'closed'`)} as unheard,
      ${pack(sinceMidnight, sql`not (${heard}) and p.status <> 'closed'`)} as silent
    from ${from} left join first_words w on w.post_id = p.id`;
}

function promises({ db: { sql } }: Ctx, { from }: Needs): Fragment {
  const of = (which: Fragment) => sql`(count(*) filter (where k.status ${which}))::int`;
  return sql`
    select ${of(sql`= 'confirmed'`)} as confirmed, ${of(sql`= 'delivered'`)} as delivered,
      ${of(sql`in ('promised', 'on_the_way')`)} as live, ${of(sql`= 'released'`)} as released, ${of(sql`= 'lapsed'`)} as lapsed
    from ${from} join claims k on k.post_id = p.id`;
}

/** Lists in order, and for each need its places in them (from 1), its fate and its seconds; of one that goes on, see `need_days`. */
function spread(ctx: Ctx, { from, midnight }: Needs): Fragment {
  const { sql } = ctx.db;
  const { seconds, sinceMidnight } = packing(ctx, midnight);
  const list = (of: Fragment) => sql`array_agg(distinct ${of} order by ${of} nulls first)`;
  const place = (of: Fragment) => sql`dense_rank() over (order by ${of} nulls first)::int`;
  const [area, category, locale, named] = [sql`s.area`, sql`s.category`, sql`s.locale`, sql`s.place`];
  return sql`
    select ${list(area)} as areas, ${list(category)} as categories, ${list(locale)} as locales, ${list(named)} as places,
      string_agg(int4send(a) || int4send(c) || int4send(l) || int4send(n) || int4send(fate) || int4send(took), '') as spread
    from (
      select s.*, ${place(area)} as a, ${place(category)} as c, ${place(locale)} as l, ${place(named)} as n
      from (
        select ${areaOf(ctx, sql`p.lat`, sql`p.lng`)} as area, p.category_id::text as category, p.locale, p.place,
          case when p.first_claimed_at is not null then ${FATE.answered}::int else 0 end
          + case when p.closed_reason in ('fulfilled', 'met_for_now') then ${FATE.met}::int else 0 end
          + case when p.claimable then ${FATE.claimable}::int else 0 end
          + case when p.closed_reason = 'expired' then ${FATE.expired}::int else 0 end
          + case when p.first_claimed_at is null and p.status <> 'closed' then ${FATE.current}::int else 0 end as fate,
          case when p.first_claimed_at is null and p.status <> 'closed' then ${sinceMidnight}
            else ${seconds(sql`coalesce(p.first_claimed_at, p.closed_at)`)} end as took
        from ${from}
      ) s
    ) s`;
}

/** The needs that count in every figure: declined ones are left out. @param day a row with `group_id`, `midnight`, `since` and `until` */
export const needsOf = ({ db: { sql } }: Ctx, day: Fragment): Needs => ({
  from: sql`(select p.* from posts p
    where p.group_id = ${day}.group_id and p.created_at >= ${day}.since and p.created_at < ${day}.until
      and p.kind = 'need' and p.closed_reason is distinct from 'declined') p`,
  midnight: sql`${day}.midnight`,
});
