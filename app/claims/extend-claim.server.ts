import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { type ClaimRow, claimView } from "./claim-row.server.ts";
import { type ClaimView, FULL_EXTENSIONS, GRACE_HOURS, MOST_ASKS, PATIENCE_HOURS } from "./claim.ts";
import { byUrgency, movable } from "./scope.server.ts";
import { settled } from "./settled.server.ts";
import { stillLive } from "./why-not-moved.server.ts";

/**
 * "It still holds": puts a promise off by half of the patience it began with, counted from its due time or from now if
 * that is later; after three times by a quarter. An open question about it is answered with yes by the same statement.
 * Said once more within half of that time it changes nothing, so a double tap is one.
 *
 * @throws Problem `not-found` where it is neither theirs nor their group's, `wrong-step` where it is delivered or over.
 */
export async function extendClaim(ctx: PersonCtx, { id }: { id: string }): Promise<ClaimView> {
  if (!isUuid(id)) throw new Problem("not-found");
  const { sql, now } = { sql: ctx.db.sql, now: ctx.now };
  const scope = movable(sql, ctx);
  const [row] = await settled(
    () => sql<ClaimRow[]>`
      with known as (
        select c.id, p.group_id, p.code, p.kind, p.title, p.quantity as post_quantity, p.remaining, p.status as post_status,
          ${byUrgency(sql, GRACE_HOURS)} as grace,
          (select count(*) from events e where e.post_id = p.id and e.claim_id = c.id and e.type = 'claim.extended') as times,
          greatest(case when c.eta > c.created_at then c.eta - c.created_at else ${byUrgency(sql, PATIENCE_HOURS)} end,
            interval '2 hours') as patience
        from claims c join posts p on p.id = c.post_id
        where c.id = ${id}::uuid and ${scope} and p.status <> 'closed'
      ), target as (
        select known.*, greatest(c.due_at, ${now}::timestamptz) + more.time as due_at
        from known join claims c on c.id = known.id
          cross join lateral (select known.patience / case when known.times < ${FULL_EXTENSIONS} then 2 else 4 end as time) more
        where c.status in ('promised', 'on_the_way') and c.due_at < ${now}::timestamptz + more.time / 2
        for update of c
      ), moved as (
        update claims c set due_at = target.due_at, lapses_at = target.due_at + target.grace, nudge_at = null,
          ask_at = case when target.times < ${MOST_ASKS} - 1 then target.due_at end, updated_at = ${now}::timestamptz
        from target where c.id = target.id returning c.*
      ), answered as (
        update questions q set answer = 1, closed_at = ${now}::timestamptz
        from moved where q.claim_id = moved.id and q.kind = 'still_good' and q.closed_at is null
      ), told as (
        insert into events (type, group_id, post_id, claim_id, actor_id, at)
        select 'claim.extended', target.group_id, moved.post_id, moved.id, ${ctx.person.id}::uuid, ${now}::timestamptz
        from moved join target on target.id = moved.id
      )
      select moved.*, code, kind, title, post_quantity, remaining, post_status
      from moved join target on target.id = moved.id`,
  );
  return row ? claimView(ctx, row) : stillLive(ctx, id, scope);
}
