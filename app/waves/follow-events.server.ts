import type { Ctx } from "#app/core/ctx.ts";
import type { EventType } from "#app/events/event.ts";

/** After these something of a need can be claimed that could not before. */
const OPENS: EventType[] = [
  "post.published",
  "post.approved",
  "post.edited",
  "post.reopened",
  "claim.released",
  "claim.lapsed",
  "claim.delivered",
];

/** Whether the waves have to know of such an event. */
export const concernsWaves = (type: EventType): boolean => type === "post.claimed" || OPENS.includes(type);

/** Who waits in line is told first. */
const HEAD_START_MINUTES = 10;

/**
 * Starts the waves of needs that these events opened, and notes that whoever promised has answered. A wave that is
 * planned already keeps its time, so handing back and taking again hurries nobody. Safe to repeat.
 */
export async function followEvents(ctx: Ctx, eventIds: number[]): Promise<void> {
  if (eventIds.length === 0) return;
  await ctx.db.sql`
    with heard as (
      select e.type, e.post_id, e.at, c.person_id from events e left join claims c on c.id = e.claim_id
      where e.id = any(${eventIds}::bigint[])
    ), answered as (
      update asks a set answered_at = heard.at from heard
      where heard.type = 'post.claimed' and a.post_id = heard.post_id and a.person_id = heard.person_id
        and a.answered_at is null
    )
    insert into waves as w (post_id, next_at, updated_at)
    select p.id, ${ctx.now}::timestamptz + case when exists (select from waiting_list l where l.post_id = p.id)
        then make_interval(mins => ${HEAD_START_MINUTES}) else interval '0' end, ${ctx.now}::timestamptz
    from posts p
    where p.id in (select post_id from heard where type = any(${OPENS}::text[])) and p.kind = 'need' and p.claimable
    order by p.id
    on conflict (post_id) do update set next_at = excluded.next_at, updated_at = excluded.updated_at
    where w.next_at is null`;
}
