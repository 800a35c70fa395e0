import type { Ctx } from "#app/core/ctx.ts";

const BATCH = 500;

/**
 * Closes open posts whose time is over, except while somebody's promise on them is under way. Safe to repeat and to
 * run twice at once. @returns how many were closed, at most 500 a call.
 */
export async function expirePosts(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    with due as (
      select id from posts p
       where p.status = 'open' and p.expires_at <= ${ctx.now}::timestamptz
         and not exists (select 1 from claims c where c.post_id = p.id and c.status in ('promised', 'on_the_way', 'delivered'))
       order by p.expires_at limit ${BATCH} for update skip locked
    ), closed as (
      update posts p set status = 'closed', closed_reason = 'expired', closed_at = ${ctx.now}::timestamptz,
             updated_at = ${ctx.now}::timestamptz
        from due where p.id = due.id
      returning p.id, p.group_id
    )
    insert into events (type, group_id, post_id, data, at)
    select 'post.closed', group_id, id, jsonb_build_object('reason', 'expired'), ${ctx.now}::timestamptz from closed
    returning id`;
  return rows.length;
}
