import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { expiryOf, lastsOf } from "#app/posts/expiry.server.ts";

/**
 * "It is still needed": the post of this question stays up for its category's time from now, and the question is closed
 * by the same statement, so it happens once. @throws Problem `already-closed`.
 */
export async function keepUp(ctx: PersonCtx, { questionId }: { questionId: string }): Promise<void> {
  const { sql } = ctx.db;
  const until = expiryOf(ctx, {
    kind: sql`p.kind`,
    lasts: lastsOf(ctx, sql`p.category_id`),
    windowEnd: sql`p.window_end`,
  });
  const rows = await sql`
    with answered as (
      update questions set closed_at = ${ctx.now}::timestamptz
      where id = ${questionId}::uuid and closed_at is null
        and exists (select from posts p where p.id = post_id and p.status = 'open')
      returning post_id
    ), kept as (
      update posts p set expires_at = greatest(p.expires_at, ${until}), updated_at = ${ctx.now}::timestamptz
      from answered where p.id = answered.post_id and p.status = 'open'
      returning p.id, p.group_id
    )
    insert into events (type, group_id, post_id, actor_id, at)
    select 'post.extended', group_id, id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz from kept
    returning id`;
  if (rows.length > 0) return;
  const [question] = await sql`
    select id from questions where id = ${questionId}::uuid and closed_at is not null and answer = 1`;
  if (!question) throw new Problem("already-closed");
}
