import type { Ctx } from "#app/core/ctx.ts";

/** So many changes are folded at once; a large import takes some turns. */
const PORTION = 20_000;
/** An arbitrary number that means this job: two workers at once would wait for each other's rows in different orders. */
const TURN = 7_301_121;

/**
 * Brings the tallies up to date with what the trigger on posts has noted since, in one statement: whoever reads meanwhile sees
 * either the notes or the sums, never both. Does nothing while another worker is at it.
 *
 * @returns how many notes were folded; there may be more.
 */
export async function foldTallies({ db: { sql } }: Ctx): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    with turn as materialized (select pg_try_advisory_xact_lock(${TURN}::bigint) as mine),
    taken as (
      delete from post_deltas where ctid = any(array(
        select d.ctid from post_deltas d where (select mine from turn) limit ${PORTION}))
      returning group_id, category_id, kind, eyes, state, hour, lat, lng, n
    ), shelves as (
      insert into post_tallies (group_id, category_id, kind, eyes, state, n)
      select group_id, category_id, kind, eyes, state, sum(n) from taken group by 1, 2, 3, 4, 5 having sum(n) <> 0
      on conflict on constraint post_tallies_shelf do update set n = post_tallies.n + excluded.n
    ), hours as (
      insert into hour_tallies (group_id, hour, n)
      select group_id, hour, sum(n) from taken where kind = 'need' and state in ('open', 'partly') group by 1, 2 having sum(n) <> 0
      on conflict (group_id, hour) do update set n = hour_tallies.n + excluded.n
    ), cells as (
      insert into cell_tallies (lat, lng, group_id, category_id, kind, eyes, n)
      select lat, lng, group_id, category_id, kind, eyes, sum(n) from taken where state in ('open', 'partly')
      group by 1, 2, 3, 4, 5, 6 having sum(n) <> 0
      on conflict on constraint cell_tallies_cell do update set n = cell_tallies.n + excluded.n
    )
    select count(*)::int as n from taken`;
  return row!.n;
}
