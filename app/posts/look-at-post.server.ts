import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { findOwnPost, runsGroup } from "#app/posts/own-post.server.ts";

/**
 * A coordinator has looked at what stood out in a post, and it stays as it is. Records `post.looked_at`; safe to repeat.
 *
 * @throws Problem `not-found`, `not-allowed` when the asker does not run the group, `wrong-step` when it waits in review:
 *   it is let up or declined then.
 */
export async function lookAtPost(ctx: PersonCtx, { code }: { code: string }): Promise<void> {
  const post = await findOwnPost(ctx, { code });
  if (!runsGroup(ctx, post.group_id)) throw new Problem("not-allowed");
  if (post.status === "in_review") throw new Problem("wrong-step");
  await ctx.db.sql`
    with looked as (
      update posts set concerns = '{}', updated_at = ${ctx.now}::timestamptz
      where id = ${post.id}::uuid and concerns <> '{}' and status <> 'in_review' returning id, group_id
    )
    insert into events (type, group_id, post_id, actor_id, at)
    select 'post.looked_at', group_id, id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz from looked`;
}
