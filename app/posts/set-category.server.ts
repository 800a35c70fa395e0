import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { findOwnPost, runsGroup } from "#app/posts/own-post.server.ts";
import { toPutBack } from "#app/posts/to-put-back.server.ts";

/**
 * Puts a post into another category of its group, and records `post.edited`. For coordinators; its author chose another.
 *
 * @throws Problem `not-found`, `not-allowed`, `already-closed`, `changed-meanwhile`, or `invalid-input` with the field
 *   `category` when its group has no such category.
 */
export async function setCategory(
  ctx: PersonCtx,
  { code, categoryId, revision }: { code: string; categoryId: string; revision: number },
): Promise<void> {
  const post = await findOwnPost(ctx, { code });
  if (!runsGroup(ctx, post.group_id)) throw new Problem("not-allowed");
  const [moved] = await ctx.db.sql`
    with before as (
      select b.* from posts b where b.id = ${post.id}::uuid for update of b
    ), moved as (
      update posts p set category_id = c.id, revision = p.revision + 1, updated_at = ${ctx.now}::timestamptz
        from categories c, before
       where p.id = before.id and c.id = ${categoryId}::uuid and c.group_id = p.group_id and c.archived_at is null
         and p.status <> 'closed' and p.revision = ${revision}::int
      returning p.id, p.group_id, p.quantity, p.remaining, ${toPutBack(ctx)} as held
    )
    insert into events (type, group_id, post_id, actor_id, data, at, hold_until)
    select 'post.edited', group_id, id, ${ctx.person.id}::uuid,
      jsonb_build_object('quantity', quantity, 'remaining', remaining) || held, ${ctx.now}::timestamptz,
      ${ctx.holdUntil ?? null}::timestamptz from moved
    returning id`;
  if (moved) return;
  const now = await findOwnPost(ctx, { code });
  if (now.status === "closed") throw new Problem("already-closed");
  if (now.revision !== revision) throw new Problem("changed-meanwhile");
  throw new Problem("invalid-input", { field: "category" });
}
