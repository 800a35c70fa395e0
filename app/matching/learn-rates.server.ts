import type { PendingQuery, Row } from "postgres";
import { POST_CLOSED } from "#app/claims/claim.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { areaOf } from "./area.server.ts";
import { BAND_KM } from "./chance.ts";

type Fragment = PendingQuery<Row[]>;

const EVERY_MINUTES = 60;
/** A million asks take longer than a page may (9 s measured): counted on a connection that may take so long. */
const PATIENCE_SECONDS = 60;
/** What people did longer ago says little about them now. */
const ASKS_DAYS = 180;
/** An ask that others covered so soon says nothing about whoever did not answer; nor does one that is this young. */
const FAIR_MINUTES = 60;
const AREA_DAYS = 56;
/** A need younger than that may still be taken up. */
const AREA_HOURS = 24;
/** As many made-up needs with the rate of all areas together stand before those of an area. */
const AREA_STANDS_BEFORE = 5;

/**
 * Counts anew, once an hour, what came of asking (`outcome_rates`, for `chanceOf`) and how well areas are answered (`area_rates`).
 * Both are only sums of what stands in other tables: repeatable, and gone when these are dropped or the asks are erased.
 *
 * - asked: needs they were asked about by text, where they answered, or had an hour to; yes: they promised something of it, or would
 *   have when it was covered already.
 * - promised, kept: what came of promises that are settled. One that ended because its post was closed counts neither way.
 * - Nothing is counted of groups that switched learning off, and nothing but who, what category, whether they had chosen or offered it,
 *   how far away and at what hour of theirs.
 *
 * @returns how many rates there are now; 0 while it is not time yet.
 */
export async function learnRates(ctx: Ctx): Promise<number> {
  const [last] = await ctx.db.sql<{ due: boolean }[]>`
    select learned_at <= ${ctx.now}::timestamptz - make_interval(mins => ${EVERY_MINUTES}) as due
    from outcome_rates where scope = 'all'`;
  if (last?.due === false) return 0;
  const patient = await ctx.db.sql.reserve();
  try {
    await patient`select set_config('statement_timeout', ${`${PATIENCE_SECONDS}s`}, false)`;
    const counting = { ...ctx, db: { ...ctx.db, sql: patient } };
    return (await learnAreas(counting)) + (await learnOutcomes(counting));
  } finally {
    await patient`reset statement_timeout`.catch(() => undefined);
    patient.release();
  }
}

/** Last, as its row for everybody together tells when it was learned. */
async function learnOutcomes(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const rows = await sql`
    with zones as materialized (select name from pg_timezone_names),
    cases as materialized (${asks(ctx)} union all ${promises(ctx)}),
    counted as materialized (
      select scope, key, sum(asked)::int as asked, sum(yes)::int as yes, sum(promised)::int as promised, sum(kept)::int as kept
      from cases cross join lateral (values ('all', ''), ('person', person_id::text), ('category', category_id::text),
        ('chosen', chosen), ('offers', offers), ('distance', distance), ('hour', hour)) as by(scope, key)
      where key is not null group by scope, key
      union all select 'all', '', 0, 0, 0, 0 where not exists (select from cases)
    ), gone as (
      delete from outcome_rates o where not exists (select from counted c where c.scope = o.scope and c.key = o.key)
    )
    insert into outcome_rates (scope, key, asked, yes, promised, kept, learned_at)
    select scope, key, asked, yes, promised, kept, ${ctx.now}::timestamptz from counted order by scope, key
    on conflict (scope, key) do update set asked = excluded.asked, yes = excluded.yes, promised = excluded.promised,
      kept = excluded.kept, learned_at = excluded.learned_at
    returning 1`;
  return rows.length;
}

/** An ask, seen from whoever was asked: `m` says what they chose, `h` where their clock stands. */
function asks({ db: { sql }, now }: Ctx): Fragment {
  const said = sql`(a.wanted_at is not null or exists (select from claims c where c.post_id = a.post_id and c.person_id = a.person_id and c.created_at >= a.asked_at))`;
  const hour = sql`make_interval(mins => ${FAIR_MINUTES})`;
  return sql`
    select ${about(sql)}, 1 as asked, (case when ${said} then 1 else 0 end) as yes, 0 as promised, 0 as kept
    from asks a join posts p on p.id = a.post_id ${whose(sql, sql`a.person_id`)}
    where a.asked_at > ${now}::timestamptz - make_interval(days => ${ASKS_DAYS})
      and (a.answered_at is not null or ${said} or a.asked_at <= ${now}::timestamptz - ${hour} and not exists (
        select from events e where e.post_id = a.post_id and e.at between a.asked_at and a.asked_at + ${hour}
          and (e.type = 'post.closed' or e.type = 'post.claimed' and e.data ->> 'remaining' = '0')))`;
}

/** A settled promise on a need; whoever was not asked for it counts for themselves and its category. */
function promises({ db: { sql }, now }: Ctx): Fragment {
  return sql`
    select ${about(sql)}, 0, 0, 1, case when k.status in ('delivered', 'confirmed') then 1 else 0 end
    from claims k join posts p on p.id = k.post_id and p.kind = 'need'
    left join asks a on a.post_id = k.post_id and a.person_id = k.person_id and a.asked_at <= k.created_at
    ${whose(sql, sql`k.person_id`)}
    where k.created_at > ${now}::timestamptz - make_interval(days => ${ASKS_DAYS})
      and k.status in ('delivered', 'confirmed', 'released', 'lapsed') and k.release_reason is distinct from ${POST_CLOSED}`;
}

const about = (sql: Ctx["db"]["sql"]): Fragment => sql`h.id as person_id, p.category_id,
      case when a.post_id is not null and m.person_id is not null then
        case when p.category_id = any(m.category_ids) then 'yes' else 'no' end end as chosen,
      case when a.post_id is not null then case when a.offer_id is not null then 'yes' else 'no' end end as offers,
      case when a.post_id is not null then coalesce(width_bucket(a.km, ${[...BAND_KM]}::smallint[])::text, 'unknown') end as distance,
      extract(hour from a.asked_at at time zone z.name)::text as hour`;

const whose = (sql: Ctx["db"]["sql"], person: Fragment): Fragment => sql`
    join groups g on g.id = p.group_id and g.learns
    join people h on h.id = ${person}
    left join zones z on z.name = h.time_zone
    left join memberships m on m.person_id = h.id and m.group_id = p.group_id and m.state = 'active'`;

/** How many needs of the last weeks somebody took up, area by area. */
async function learnAreas(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const rows = await sql`
    with needs as materialized (
      select ${areaOf(ctx, sql`p.lat`, sql`p.lng`)} as area, p.first_claimed_at is not null as answered
      from posts p
      where p.kind = 'need' and p.lat is not null and p.lng is not null and not p.unapproved
        and p.created_at > ${ctx.now}::timestamptz - make_interval(days => ${AREA_DAYS})
        and (p.first_claimed_at is not null or p.created_at <= ${ctx.now}::timestamptz - make_interval(hours => ${AREA_HOURS}))
    ), usual as (
      select avg(answered::int)::float8 as rate from needs
    ), counted as materialized (
      select area, count(*)::int as needs, count(*) filter (where answered)::int as answered from needs group by area
    ), gone as (
      delete from area_rates a where not exists (select from counted c where c.area = a.area)
    )
    insert into area_rates (area, needs, answered, rate, learned_at)
    select area, needs, answered, (answered + ${AREA_STANDS_BEFORE}::float8 * usual.rate) / (needs + ${AREA_STANDS_BEFORE}::float8),
      ${ctx.now}::timestamptz
    from counted, usual order by area
    on conflict (area) do update set needs = excluded.needs, answered = excluded.answered, rate = excluded.rate,
      learned_at = excluded.learned_at
    returning 1`;
  return rows.length;
}
