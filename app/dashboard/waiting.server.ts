import type { Ctx } from "#app/core/ctx.ts";
import { hourTally, postTally } from "#app/tallies/tallies.server.ts";
import { AGES } from "./ages.ts";

/** A group's needs as they are now. `steps` are those that miss something, by how long they have waited, as in `AGES`. */
export type Waiting = {
  group_id: string;
  open: number;
  partly: number;
  covered: number;
  oldest: Date | null;
  steps: number[];
};

/** Where each step of waiting but the first begins, in seconds. */
const BOUNDS = AGES.slice(1).map((age) => age.from as number);

/**
 * From tallies, so that it takes as long for a million open needs as for ten: whole hours are summed up, and of the hour in
 * which a step begins the part that is younger is counted by `posts_board_group`. Exact, and all of one moment.
 */
export async function readWaiting(ctx: Ctx, ids: string[]): Promise<Waiting[]> {
  const { sql } = ctx.db;
  const ours = sql`group_id = any((select ${ids}::uuid[])::uuid[])`;
  const of = (state: string) => sql`coalesce(sum(n) filter (where state = ${state}), 0)::int`;
  const since = sql`hour_of(${ctx.now}::timestamptz - make_interval(secs => ${BOUNDS.at(-1)!}))`;
  const rows = await sql<(Omit<Waiting, "steps"> & { younger: number[] })[]>`
    with states as (
      select group_id, ${of("open")} as open, ${of("partly")} as partly, ${of("covered")} as covered
      from ${postTally(ctx, sql`${ours} and kind = 'need' and state <> 'in_review'`)} t group by group_id
    ), hours as materialized (
      select group_id, hour, sum(n) as n from ${hourTally(ctx, sql`${ours} and hour >= ${since}`)} t group by group_id, hour
    )
    select s.group_id, s.open, s.partly, s.covered,
      (select p.created_at from posts p where p.group_id = s.group_id and p.kind = 'need' and p.claimable
        order by p.created_at limit 1) as oldest,
      (select array_agg((
        (select coalesce(sum(h.n), 0) from hours h where h.group_id = s.group_id and h.hour > hour_of(b.at))
        + (select count(*) from posts p where p.group_id = s.group_id and p.kind = 'need' and p.claimable
          and p.created_at > b.at and p.created_at < hour_of(b.at) + interval '1 hour'))::int order by b.at desc)
        from (select ${ctx.now}::timestamptz - make_interval(secs => secs) as at from unnest((select ${BOUNDS}::int[])) as secs) b) as younger
    from states s`;
  return rows.map(({ younger, ...row }) => ({
    ...row,
    steps: [...younger, row.open + row.partly].map((until, at) => until - (younger[at - 1] ?? 0)),
  }));
}
