import type { Sql } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { ClaimRow } from "./claim-row.server.ts";
import type { Fragment } from "./scope.server.ts";
import { settled } from "./settled.server.ts";

type Ended = {
  status: "released" | "lapsed";
  event: "claim.released" | "claim.lapsed";
  reason: string | null;
  /** The promises end because their post was closed: their events say why it was, and name who closed it. */
  closed?: boolean;
  /** They end because the receiver says that nothing came: coordinators hear of it too. */
  notArrived?: boolean;
  /** A select of claim ids that locks them, made anew for every try. */
  which: (sql: Sql) => Fragment;
};

/**
 * Ends promises before their time: their quantity is open again on the post and on the offer that backed it, and each
 * gets its event. Of a delivery only what was said to have arrived is still held. A closed post gets its quantity back too, so that its figures stay right; it shows to nobody.
 */
export function openAgain(
  ctx: Ctx,
  { status, event, reason, closed = false, notArrived = false, which }: Ended,
): Promise<ClaimRow[]> {
  const { sql } = ctx.db;
  const undo = ctx.holdUntil !== undefined;
  return settled(
    () => sql<ClaimRow[]>`
      with target as (${which(sql)}), moved as (
        update claims c set status = ${status}, release_reason = ${reason}::text, nudge_at = null, ask_at = null,
          updated_at = ${ctx.now}::timestamptz
        from target join claims b on b.id = target.id where c.id = target.id
        returning c.*, coalesce(c.delivered_quantity, c.quantity) as held, b.status as was, b.nudge_at as nudge_was, b.ask_at as ask_was
      ), owed as (
        select id, sum(quantity)::int as quantity
        from (select post_id as id, held as quantity from moved union all select offer_id, held from moved) m group by id
      ), given_back as (
        update posts p set remaining = p.remaining + owed.quantity, updated_at = ${ctx.now}::timestamptz
        from owed where p.id = owed.id
        returning p.id, p.code, p.kind, p.title, p.group_id, p.quantity as post_quantity, p.remaining, p.status as post_status, p.closed_reason
      ), told as (
        insert into events (type, group_id, post_id, claim_id, actor_id, data, at, hold_until)
        select ${event}, g.group_id, moved.post_id, moved.id,
          case when ${closed}::boolean then (select e.actor_id from events e
            where e.post_id = moved.post_id and e.type = 'post.closed' order by e.id desc limit 1)
            else ${ctx.person?.id ?? null}::uuid end,
          jsonb_strip_nulls(jsonb_build_object('quantity', moved.held, 'remaining', g.remaining,
            'closed', case when ${closed}::boolean then g.closed_reason end,
            'not_arrived', case when ${notArrived}::boolean then true end) || case when ${undo}::boolean then
              jsonb_build_object('was', moved.was, 'nudge_at', moved.nudge_was, 'ask_at', moved.ask_was) else '{}' end),
          ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
        from moved join given_back g on g.id = moved.post_id
        union all
        select 'claim.unconfirmed', g.group_id, moved.post_id, moved.id, ${ctx.person?.id ?? null}::uuid,
          jsonb_build_object('said', 'no'), ${ctx.now}::timestamptz, null
        from moved join given_back g on g.id = moved.post_id where ${notArrived}::boolean
      )
      select moved.*, g.code, g.kind, g.title, g.post_quantity, g.remaining, g.post_status
      from moved join given_back g on g.id = moved.post_id`,
  );
}
