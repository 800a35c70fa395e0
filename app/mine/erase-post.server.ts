import type { Ctx } from "#app/core/ctx.ts";
import { forgetOwners } from "#app/core/sealing/archive-keys.server.ts";
import { Problem } from "#app/core/problems.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { emptied } from "./emptied.server.ts";
import { wipe } from "./erase-person.server.ts";

/**
 * Whoever holds a post's private link deletes all that is kept about it: it is withdrawn, whoever promised is told, and its words and its
 * contact go. Where its author never signed in and has nothing else here, they go with it. Safe to repeat.
 *
 * @throws Problem `not-found` for a link that is none, or no longer.
 */
export async function erasePost(ctx: Ctx, { token }: { token: string }): Promise<void> {
  const { sql } = ctx.db;
  await closePost(ctx, { token, reason: "withdrawn" }).catch((error: unknown) => {
    if (!(error instanceof Problem) || error.kind !== "already-closed") throw error;
  });
  const [gone] = await sql<{ author_id: string; alone: boolean }[]>`
    with gone as (
      update posts p set ${emptied(ctx)}
      where p.manage_hash = ${hashToken(token)} and p.status = 'closed' returning p.id, p.group_id, p.author_id
    ), owners as (select 'post:' || id as owner from gone
    ), unreadable as (${forgetOwners(ctx)}
    ), happened as (
      insert into events (type, group_id, post_id, data, at) select 'post.erased', group_id, id, '{}', ${ctx.now}::timestamptz from gone
    )
    select author_id, a.verified_at is null and not exists (select from posts o where o.author_id = a.id and o.id <> gone.id)
      and not exists (select from claims c where c.person_id = a.id) and not exists (select from memberships m where m.person_id = a.id) as alone
    from gone join people a on a.id = gone.author_id`;
  if (!gone) throw new Problem("changed-meanwhile");
  if (gone.alone) await wipe(ctx, gone.author_id);
}
