import type { Sql } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { ClaimRow } from "./claim-row.server.ts";
import type { Fragment } from "./scope.server.ts";
import { settled } from "./settled.server.ts";

/**
 * Settles claims: what arrived is confirmed, and a post of which everything is confirmed closes as fulfilled, with its
 * event, in the same statement. A claim confirmed before anybody said it was delivered counts as delivered in full.
 *
 * @param which a select of claim ids that locks them, made anew for every try.
 * @param silent nobody said that it arrived.
 */
export function confirm(ctx: Ctx, which: (sql: Sql) => Fragment, silent = false): Promise<ClaimRow[]> {
  const { sql } = ctx.db;
  const actor = ctx.person?.id ?? null;
  return settled(
    () => sql<ClaimRow[]>`
      with target as (${which(sql)}), moved as (
        update claims set status = 'confirmed', delivered_quantity = coalesce(claims.delivered_quantity, claims.quantity),
          nudge_at = null, ask_at = null, updated_at = ${ctx.now}::timestamptz
        from target where claims.id = target.id
        returning claims.*
      ), arrived as (
        select id, sum(quantity)::int as quantity
        from (select post_id as id, delivered_quantity as quantity from moved
          union all select offer_id, delivered_quantity from moved) m group by id
      ), due as (
        select p.id, arrived.quantity, p.status = 'open' and p.confirmed + arrived.quantity >= p.quantity as fulfilled
        from posts p join arrived on arrived.id = p.id order by p.id for update of p
      ), settled as (
        update posts p set confirmed = p.confirmed + due.quantity, updated_at = ${ctx.now}::timestamptz,
          status = case when fulfilled then 'closed' else p.status end,
          closed_reason = case when fulfilled then 'fulfilled' else p.closed_reason end,
          closed_at = case when fulfilled then ${ctx.now}::timestamptz else p.closed_at end
        from due where p.id = due.id
        returning p.id, p.code, p.kind, p.title, p.group_id, p.quantity as post_quantity, p.remaining,
          p.status as post_status, fulfilled
      ), told as (
        insert into events (type, group_id, post_id, claim_id, actor_id, data, at)
        select 'claim.confirmed', s.group_id, s.id, moved.id, ${actor}::uuid,
          jsonb_strip_nulls(jsonb_build_object('quantity', moved.delivered_quantity,
            'silent', case when ${silent}::boolean then true end)), ${ctx.now}::timestamptz
        from moved join settled s on s.id = moved.post_id
        union all
        select 'post.closed', group_id, id, null, ${actor}::uuid, jsonb_build_object('reason', 'fulfilled'), ${ctx.now}::timestamptz
        from settled where fulfilled
      )
      select moved.*, s.code, s.kind, s.title, s.post_quantity, s.remaining, s.post_status
      from moved join settled s on s.id = moved.post_id`,
  );
}
