import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { ClosedReason } from "#app/events/event.ts";
import { actorOf, findOwnPost, runsGroup, type OwnPost } from "#app/posts/own-post.server.ts";

/** How a person may close a post. `declined` is for coordinators; only the clock says `expired`. */
export type CloseReason = Exclude<ClosedReason, "expired">;

const REOPENS_AFTER_DAYS = 7;

/**
 * Takes a post off the board and records `post.closed`. What is still promised ends at the next tick of the clock
 * (`releaseClosed`), which also tells its people. `met_for_now` comes back by itself after `reopenInDays` (1 to 60, 7
 * unless told); what is declined is out of everybody's sight but its author's and the coordinators'.
 *
 * @param input `revision`: as the asker saw it; somebody else's change since then is not closed over.
 * @throws Problem `not-found`, `not-allowed` (declining is for coordinators), `already-closed`, `changed-meanwhile`.
 */
export async function closePost(
  ctx: Ctx,
  input: OwnPost & { reason: CloseReason; reopenInDays?: number; revision?: number },
): Promise<{ code: string }> {
  const post = await findOwnPost(ctx, input);
  if (input.reason === "declined" && !runsGroup(ctx, post.group_id)) throw new Problem("not-allowed");
  const days = Math.min(Math.max(1, Math.trunc(input.reopenInDays ?? REOPENS_AFTER_DAYS)), 60);
  const reopensAt = input.reason === "met_for_now" ? new Date(ctx.now.getTime() + days * 86_400_000) : null;
  const [closed] = await ctx.db.sql`
    with before as (
      select id, status, unapproved from posts where id = ${post.id}::uuid for update
    ), closed as (
      update posts p set status = 'closed', closed_reason = ${input.reason},
             unapproved = p.unapproved or ${input.reason === "declined"}::boolean, closed_at = ${ctx.now}::timestamptz,
             reopens_at = ${reopensAt}::timestamptz, updated_at = ${ctx.now}::timestamptz, revision = p.revision + 1
        from before
       where p.id = before.id and p.status <> 'closed' and p.revision = coalesce(${input.revision ?? null}::int, p.revision)
      returning p.id, p.group_id, p.revision, before.status as was, before.unapproved as was_unapproved
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
      select 'post.closed', group_id, id, ${actorOf(ctx, input)}::uuid,
             jsonb_build_object('reason', ${input.reason}::text, 'was', was, 'was_unapproved', was_unapproved, 'revision', revision),
             ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
        from closed
    )
    select id from closed`;
  if (!closed) throw new Problem(await whyNotClosed(ctx, input));
  return { code: post.code };
}

const whyNotClosed = async (ctx: Ctx, which: OwnPost) =>
  (await findOwnPost(ctx, which)).status === "closed" ? "already-closed" : "changed-meanwhile";
