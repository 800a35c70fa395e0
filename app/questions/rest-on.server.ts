import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";

/**
 * "Not again": what was met for now stays closed; its author can still open it on their page. @throws Problem
 * `already-closed` where it is back on the board, or nobody waits for it to come back.
 */
export async function restOn(ctx: PersonCtx, { questionId }: { questionId: string }): Promise<void> {
  const rows = await ctx.db.sql`
    with resting as (
      update posts p set reopens_at = null, updated_at = ${ctx.now}::timestamptz
      from questions q
      where q.id = ${questionId}::uuid and q.closed_at is null and p.id = q.post_id
        and p.status = 'closed' and p.closed_reason = 'met_for_now'
      returning p.id
    )
    update questions set closed_at = ${ctx.now}::timestamptz from resting
    where questions.id = ${questionId}::uuid and closed_at is null
    returning questions.id`;
  if (rows.length > 0) return;
  const [question] = await ctx.db.sql`
    select id from questions where id = ${questionId}::uuid and closed_at is not null and answer = 2`;
  if (!question) throw new Problem("already-closed");
}
