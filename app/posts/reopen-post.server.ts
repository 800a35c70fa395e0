import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { expiryOf, lastsOf } from "#app/posts/expiry.server.ts";
import { actorOf, findOwnPost, runsGroup, type OwnPost } from "#app/posts/own-post.server.ts";

/**
 * Puts a closed post back on the board and records `post.reopened`. What was met is asked for again, less what is
 * promised right now; what was withdrawn or ran out asks for what was left. Declined posts stay closed, except for
 * the group's coordinators, and what was never let up waits in review.
 *
 * @throws Problem `not-found`, `not-allowed` (declined), `wrong-step` when it is not closed.
 */
export async function reopenPost(ctx: Ctx, input: OwnPost): Promise<{ code: string }> {
  const post = await findOwnPost(ctx, input);
  const [reopened] = await ctx.db.sql`
    with before as (
      select b.id, jsonb_build_object('closed_reason', b.closed_reason, 'closed_at', b.closed_at, 'reopens_at', b.reopens_at,
        'remaining', b.remaining, 'confirmed', b.confirmed, 'unapproved', b.unapproved, 'expires_at', b.expires_at) as was
      from posts b where b.id = ${post.id}::uuid and b.status = 'closed' for update
    ), reopened as (
      update posts p set ${statusAgain(ctx, runsGroup(ctx, post.group_id))},
             closed_reason = null, closed_at = null, reopens_at = null,
             ${askedAgain(ctx)}, updated_at = ${ctx.now}::timestamptz,
             expires_at = ${expiryAgain(ctx)}
        from before
       where p.id = before.id and p.status = 'closed'
         and (p.closed_reason <> 'declined' or ${runsGroup(ctx, post.group_id)}::boolean)
      returning p.id, p.group_id, p.remaining, p.quantity, p.status, before.was
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
      select ${whatHappened(ctx)}, group_id, id, ${actorOf(ctx, input)}::uuid,
             jsonb_build_object('remaining', remaining, 'quantity', quantity, 'was', was), ${ctx.now}::timestamptz,
             ${ctx.holdUntil ?? null}::timestamptz
        from reopened
    )
    select id from reopened`;
  if (!reopened) throw new Problem(post.status === "closed" ? "not-allowed" : "wrong-step");
  return { code: post.code };
}

const BATCH = 500;

/**
 * Brings back what was met for now and whose days are over, once its author was asked and did not say no; safe to repeat.
 * @returns how many came back.
 */
export async function reopenPosts(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    with due as (
      select id from posts p where reopens_at <= ${ctx.now}::timestamptz and status = 'closed' and not ${asksFirst(ctx)}
       order by reopens_at limit ${BATCH} for update skip locked
    ), reopened as (
      update posts p set ${statusAgain(ctx, false)}, closed_reason = null, closed_at = null, reopens_at = null,
             ${askedAgain(ctx)}, updated_at = ${ctx.now}::timestamptz,
             expires_at = ${expiryAgain(ctx)}
        from due where p.id = due.id
      returning p.id, p.group_id, p.remaining, p.quantity, p.status
    )
    insert into events (type, group_id, post_id, data, at)
    select ${whatHappened(ctx)}, group_id, id, jsonb_build_object('remaining', remaining, 'quantity', quantity),
           ${ctx.now}::timestamptz
      from reopened
    returning id`;
  return rows.length;
}

/**
 * The author of post `p`, which was met for now, is to be asked before it comes back and was not: they can be texted, and
 * were not asked since it was closed. Moved on by `questions/ask-need-again.server.ts`.
 */
export const asksFirst = ({ db: { sql } }: Ctx) => sql`(
  p.closed_reason = 'met_for_now'
  and exists (select from people a where a.id = p.author_id and a.phone_sealed is not null and coalesce((
    select ce.action from consent_events ce where ce.phone_lookup = a.phone_lookup order by ce.id desc limit 1), 'in') <> 'out')
  and not exists (select from questions q where q.post_id = p.id and q.kind = 'need_again' and q.asked_at >= p.closed_at))`;

/** Closing and reopening is no way around a group that reads posts first: what it never let up goes to it again. */
const statusAgain = ({ db: { sql } }: Ctx, runs: boolean) => sql`
  status = case when p.unapproved and not ${runs}::boolean then 'in_review' else 'open' end,
  unapproved = p.unapproved and not ${runs}::boolean`;

const whatHappened = ({ db: { sql } }: Ctx) =>
  sql`case when status = 'in_review' then 'post.published' else 'post.reopened' end`;

/** Out of the row alone, so that a promise handed back at the same moment is not lost or counted twice. */
const askedAgain = ({ db: { sql } }: Ctx) => sql`
  remaining = p.remaining + case when p.closed_reason in ('fulfilled', 'met_for_now') then p.confirmed else 0 end,
  confirmed = case when p.closed_reason in ('fulfilled', 'met_for_now') then 0 else p.confirmed end`;

const expiryAgain = (ctx: Ctx) => {
  const { sql } = ctx.db;
  return expiryOf(ctx, { kind: sql`p.kind`, lasts: lastsOf(ctx, sql`p.category_id`), windowEnd: sql`p.window_end` });
};
