import type { Ctx } from "#app/core/ctx.ts";
import { afterQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";
import { OFFER_MINUTES } from "./claim.ts";

const BATCH = 500;

type Line = QuietHours & { postId: string; personId: string; quantity: number; free: number };

/**
 * Something of a covered post is open again: the first in line who are awake are told, as many as what is left can
 * serve, and the next ones after `OFFER_MINUTES` if it is still open. Safe to repeat and to run in several workers.
 *
 * Whoever asks others for help leaves the line this head start: a need is spoken for while one of its `waiting_list`
 * rows has an `offered_at` within the last `OFFER_MINUTES`. Where everybody in line sleeps no row has one, so a need
 * never waits for the morning on their account.
 *
 * @returns how many people were told.
 */
export async function offerNext(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const next = chosen(ctx, await readLines(ctx));
  if (next.length === 0) return 0;
  const told = await sql`
    with next as (
      select w.post_id, w.person_id, p.group_id
      from unnest(${next.map(({ postId }) => postId)}::uuid[], ${next.map(({ personId }) => personId)}::uuid[]) as n(post_id, person_id)
        join waiting_list w on w.post_id = n.post_id and w.person_id = n.person_id join posts p on p.id = w.post_id
      where w.offered_at is null and p.claimable order by w.post_id, w.person_id for update of w skip locked
    ), offered as (
      update waiting_list w set offered_at = ${ctx.now}::timestamptz from next
      where w.post_id = next.post_id and w.person_id = next.person_id
    )
    insert into events (type, group_id, post_id, data, at)
    select 'post.offered_next', group_id, post_id, jsonb_build_object('personId', person_id), ${ctx.now}::timestamptz
    from next returning id`;
  return told.length;
}

/** Everybody who waits for something that is open, in their order, and how much of it nobody else was told of just now. */
const readLines = (ctx: Ctx) => ctx.db.sql<Line[]>`
  select w.post_id as "postId", w.person_id as "personId", w.quantity, a.time_zone as "timeZone",
    a.quiet_from as "quietFrom", a.quiet_to as "quietTo",
    (p.remaining - coalesce((select sum(l.quantity) from waiting_list l
      where l.post_id = w.post_id and l.offered_at > ${ctx.now}::timestamptz - make_interval(mins => ${OFFER_MINUTES})
        and not ${hasClaimed(ctx, ctx.db.sql`l`)}), 0))::int as free
  from waiting_list w join posts p on p.id = w.post_id join people a on a.id = w.person_id
  where w.offered_at is null and p.claimable and not ${hasClaimed(ctx, ctx.db.sql`w`)} and a.phone_sealed is not null
    and coalesce((select ce.action from consent_events ce
      where ce.phone_lookup = a.phone_lookup order by ce.id desc limit 1), 'in') <> 'out'
  order by w.post_id, w.created_at, w.person_id limit ${BATCH}`;

/** They promised something of it after they joined the line. */
const hasClaimed = ({ db: { sql } }: Ctx, line: ReturnType<Ctx["db"]["sql"]>) => sql`
  exists (select from claims c where c.post_id = ${line}.post_id and c.person_id = ${line}.person_id
    and c.created_at >= ${line}.created_at)`;

function chosen(ctx: Ctx, lines: Line[]): Line[] {
  const free = new Map<string, number>();
  return lines.filter((line) => {
    const left = free.get(line.postId) ?? line.free;
    const awake = ctx.wakesNobody || afterQuietHours(ctx.now, line) <= ctx.now;
    if (left <= 0 || !awake) return false;
    free.set(line.postId, left - line.quantity);
    return true;
  });
}
