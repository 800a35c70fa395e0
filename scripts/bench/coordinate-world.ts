import { foldDays, sortDayMarks } from "#app/dashboard/days/fold-days.server.ts";
import { foldTallies } from "#app/tallies/fold-tallies.server.ts";
import type { BenchWorld } from "./world.ts";

const PORTION = 20_000;

/**
 * Adds posts of a year until there are `total`, with two promises each and a text for every tenth: seven of ten are needs. What is
 * older than two weeks is closed, as it would be; of the rest about half is open, so that two in a hundred of all are. They are
 * written in the order they were made, as they would have been: what is of one day lies together on the disk.
 */
export async function fillYear(world: BenchWorld, total: number): Promise<void> {
  const { owner: sql } = world;
  const [{ have } = { have: 0 }] = await sql<{ have: number }[]>`select count(*)::int as have from posts`;
  await sql`set session_replication_role = replica`;
  for (let from = have; from < total; from += PORTION)
    await addSome(world, { after: have, from: from + 1, to: Math.min(total, from + PORTION), total });
  await sql`set session_replication_role = origin`;
  await sql`vacuum (analyze) posts`;
  await sql`vacuum (analyze) claims`;
  await rebuild(world);
}

type Portion = { after: number; from: number; to: number; total: number };

async function addSome({ owner: sql }: BenchWorld, { after, from, to, total }: Portion): Promise<void> {
  await sql`
    with drawn as (
      select n, now() - interval '365 days' * (${total}::int - n + random()) / ${total - after}::int as made, random() as a, random() as b, random() as c,
        make_interval(secs => -ln(1 - random()) * 72000) as first, make_interval(secs => -ln(1 - random()) * 108000) as more
      from generate_series(${from}::int, ${to}::int) n
    ), fates as (
      select d.*, case
        when made > now() - interval '14 days' and a < 0.45 then 'open' when made > now() - interval '14 days' and a < 0.54 then 'partly'
        when made > now() - interval '14 days' and a < 0.64 then 'covered'
        when b < 0.75 then 'fulfilled' when b < 0.83 then 'met_for_now' when b < 0.91 then 'withdrawn' when b < 0.99 then 'expired'
        else 'declined' end as fate
      from drawn d
    ), timed as (
      select f.*, fate in ('open', 'partly', 'covered') as runs,
        case when fate in ('open', 'declined') or fate in ('withdrawn', 'expired') and c < 0.6 then null
          else least(now(), made + first) end as claimed
      from fates f
    ), posted as (
      insert into posts (id, code, kind, group_id, category_id, author_id, title, details, quantity, remaining, urgency, place,
        lat, lng, locale, status, closed_reason, closed_at, first_claimed_at, expires_at, manage_hash, created_at, updated_at)
      select gen_random_uuid(), 'B' || n, case when n % 10 < 7 then 'need' else 'offer' end, k.group_id, k.id, w.id,
        (array['Hot meals','Blankets','Rice and beans','A ride','Winter coats','Books'])[1 + n % 6] || ' for ' || (2 + n % 9) || ' people',
        'Anything helps. We are around most of the day, please ring.', 4,
        case fate when 'open' then 4 when 'partly' then 2 when 'covered' then 0 else 1 end, 'normal', 'Maple Park ' || n % 50,
        40.6 + (n % 50) * 0.009, -74.0 + (n / 50 % 46) * 0.012, (array['en','en','en','es','ar'])[1 + n % 5],
        case when runs then 'open' else 'closed' end, case when not runs then fate end,
        case when not runs then least(now(), coalesce(claimed, made) + more) end, claimed, made + interval '30 days', 'bench ' || n, made, made
      from timed
        join (select id, group_id, row_number() over () - 1 as at from categories) k on k.at = n % 18
        join (select id, row_number() over () - 1 as at from people) w on w.at = n % 1000
      returning id, status, closed_reason, remaining, quantity, first_claimed_at, created_at
    ), promised as (
      insert into claims (id, post_id, person_id, quantity, status, due_at, lapses_at, idempotency_key, request_hash, created_at, updated_at)
      select gen_random_uuid(), p.id, w.id, 1,
        case when p.status = 'open' and p.remaining = p.quantity then (array['released', 'lapsed'])[k]
          when p.status = 'open' then (array['promised', 'on_the_way', 'delivered'])[k + (p.created_at > now() - interval '3 days')::int]
          when p.closed_reason = 'fulfilled' then (array['confirmed', 'confirmed'])[k] else 'released' end,
        coalesce(p.first_claimed_at, p.created_at) + interval '2 days', coalesce(p.first_claimed_at, p.created_at) + interval '3 days',
        k || ' ' || p.id, '', coalesce(p.first_claimed_at, p.created_at), coalesce(p.first_claimed_at, p.created_at)
      from posted p cross join generate_series(1, 2) k
        join (select id, row_number() over () - 1 as at from people) w on w.at = (abs(hashtext(p.id::text)) + k) % 2000
    )
    insert into outbox (id, dedupe_key, person_id, group_id, template, lane, state, not_before, expires_at, created_at, updated_at,
      submit_started_at, done_at, segments)
    select gen_random_uuid(), 'bench ' || n, w.id, k.group_id, 'new_need', 5, case when n % 200 = 0 then 'failed' else 'delivered' end,
      made, made + interval '1 day', made, made, made + interval '2 seconds', made + interval '6 seconds', 1
    from timed join (select id, group_id, row_number() over () - 1 as at from categories) k on k.at = n % 18
      join (select id, row_number() over () - 1 as at from people) w on w.at = n % 2000
    where n % 10 = 3`;
}

/** The tables that triggers would have kept, made anew. */
async function rebuild(world: BenchWorld): Promise<void> {
  const { owner: sql } = world;
  await sql`truncate post_tallies, hour_tallies, cell_tallies, post_deltas, day_marks, stale_days, need_days`;
  await sql`insert into post_deltas select group_id, category_id, kind, post_eyes(visibility, unapproved),
    post_state(status, remaining, quantity), hour_of(created_at), lat, lng, 1 from posts where status <> 'closed'`;
  await sql`insert into stale_days select distinct group_id, day_of(created_at) from posts where kind = 'need'`;
  const ctx = { ...world.ctx(), db: { ...world.db, sql } };
  while ((await foldTallies(ctx)) > 0);
  while ((await sortDayMarks(ctx)) + (await foldDays(ctx)) > 0);
  await sql`vacuum (analyze) post_deltas, stale_days, day_marks, need_days, post_tallies, hour_tallies, cell_tallies, outbox`;
}

/** Opens closed needs and offers, the newest first, until so many are open. */
export async function openUp(world: BenchWorld, open: number): Promise<void> {
  const { owner: sql } = world;
  await sql`set session_replication_role = replica`;
  await sql`update posts set status = 'open', closed_reason = null, closed_at = null, remaining = quantity where id in (
    select id from posts where status = 'closed' order by created_at desc
    limit greatest(0, ${open}::int - (select count(*) from posts where claimable)))`;
  await sql`set session_replication_role = origin`;
  await sql`vacuum (analyze) posts`;
  await rebuild(world);
}
