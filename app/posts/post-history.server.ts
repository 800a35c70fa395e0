import type { Ctx } from "#app/core/ctx.ts";
import type { RecordedEvent } from "#app/events/event.ts";

/** A page shows this much of a post's history; a post with more has had a long life. */
const AT_MOST = 200;

/** What happened to a post, oldest first, by its id. Looks at contact data, and what was taken back at once, are not part of it. */
export async function postHistory(ctx: Ctx, postId: string): Promise<RecordedEvent[]> {
  const rows = await ctx.db.sql`
    select id::float8 as id, type, group_id, post_id, claim_id, actor_id, data, at from (
      select * from events where post_id = ${postId}::uuid and type <> 'contact.seen' and not data ? 'undone' order by id desc limit ${AT_MOST}
    ) latest order by id`;
  return rows.map(
    ({ id, type, group_id: groupId, post_id, claim_id: claimId, actor_id: actorId, data, at }) =>
      ({ id, type, groupId, postId: post_id, claimId, actorId, data, at }) as RecordedEvent,
  );
}
