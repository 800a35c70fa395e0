import type { Ctx } from "#app/core/ctx.ts";
import type { EventType } from "#app/events/event.ts";

/** After these something of a need can be claimed that could not before. */
const OPENS: EventType[] = [
  "post.published",
  "post.approved",
  "post.edited",
  "post.split",
  "post.sent_on",
  "post.reopened",
  "claim.released",
  "claim.lapsed",
  "claim.delivered",
];

/** Whether the waves have to know of such an event. */
export const concernsWaves = (type: EventType): boolean => type === "post.claimed" || OPENS.includes(type);

/** Who waits in line is told first: so long after the last of them was. */
const HEAD_START_MINUTES = 30;
/** A need that comes back so long after it was asked about is a new one to everybody; sooner, it is the same. */
const NEW_ROUND_HOURS = 20;

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
    insert into waves as w (post_id, next_at, round_at, updated_at)
    select p.id, ${ctx.now}::timestamptz + case when exists (select from waiting_list l where l.post_id = p.id
          and coalesce(l.offered_at, ${ctx.now}::timestamptz) > ${ctx.now}::timestamptz - make_interval(mins => ${HEAD_START_MINUTES}))
        then make_interval(mins => ${HEAD_START_MINUTES}) else interval '0' end, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from posts p
    where p.id in (select post_id from heard where type = any(${OPENS}::text[])) and p.kind = 'need' and p.claimable
    order by p.id
    on conflict (post_id) do update set
      next_at = excluded.next_at, updated_at = excluded.updated_at,
      round_from = case when ${isNewRound(ctx)} then w.sent else w.round_from end,
      round_at = case when ${isNewRound(ctx)} then excluded.round_at else w.round_at end
    where w.next_at is null or ${isNewRound(ctx)}`;
}

/** `w` is the need's row; `heard` the events. */
const isNewRound = ({ db: { sql }, now }: Ctx) => sql`(
  w.round_at < ${now}::timestamptz - make_interval(hours => ${NEW_ROUND_HOURS})
  and exists (select from heard where heard.type = 'post.reopened' and heard.post_id = w.post_id))`;
