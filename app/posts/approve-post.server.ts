import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { findOwnPost, runsGroup } from "#app/posts/own-post.server.ts";

/**
 * Lets a post that waited in review onto the board and records `post.approved`.
 *
 * @throws Problem `not-found`, `not-allowed` when the asker does not run the group, `wrong-step` when it does not wait,
 *   `changed-meanwhile` when its words are others than the asker read (`revision`).
 */
export async function approvePost(
  ctx: PersonCtx,
  { code, revision }: { code: string; revision?: number },
): Promise<void> {
  const post = await findOwnPost(ctx, { code });
  if (!runsGroup(ctx, post.group_id)) throw new Problem("not-allowed");
  const [approved] = await ctx.db.sql`
    with before as (
      select id, concerns from posts where id = ${post.id}::uuid for update
    ), approved as (
      update posts p set status = 'open', unapproved = false, concerns = '{}', revision = p.revision + 1, updated_at = ${ctx.now}::timestamptz
        from before
       where p.id = before.id and p.status = 'in_review' and p.revision = coalesce(${revision ?? null}::int, p.revision)
      returning p.id, p.group_id, p.revision, before.concerns
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
      select 'post.approved', group_id, id, ${ctx.person.id}::uuid, jsonb_build_object('revision', revision, 'concerns', concerns),
             ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz from approved
    )
    select id from approved`;
  if (approved) return;
  const now = await findOwnPost(ctx, { code });
  throw new Problem(now.status === "in_review" ? "changed-meanwhile" : "wrong-step");
}
