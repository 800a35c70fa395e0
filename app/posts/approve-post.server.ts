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
    with approved as (
      update posts set status = 'open', unapproved = false, concerns = '{}', revision = revision + 1, updated_at = ${ctx.now}::timestamptz
       where id = ${post.id}::uuid and status = 'in_review' and revision = coalesce(${revision ?? null}::int, revision)
      returning id, group_id, revision
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
      select 'post.approved', group_id, id, ${ctx.person.id}::uuid, jsonb_build_object('revision', revision),
             ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz from approved
    )
    select id from approved`;
  if (approved) return;
  const now = await findOwnPost(ctx, { code });
  throw new Problem(now.status === "in_review" ? "changed-meanwhile" : "wrong-step");
}
