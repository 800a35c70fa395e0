import type { Ctx } from "#app/core/ctx.ts";
import { isMeant } from "./open-questions.server.ts";

const BATCH = 500;

/**
 * Closes questions nobody answered in time, and those that something else has settled meanwhile, so that the next one
 * about the same post can be asked. Safe to repeat. @returns how many, at most 500.
 */
export async function closeQuestions(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    with over as (
      select q.id from questions q join posts p on p.id = q.post_id left join claims c on c.id = q.claim_id
      where q.closed_at is null and q.answer is null
        and (q.expires_at <= ${ctx.now}::timestamptz or not ${isMeant(ctx)})
      limit ${BATCH} for update of q skip locked
    )
    update questions q set closed_at = ${ctx.now}::timestamptz from over where q.id = over.id and q.answer is null
    returning q.id`;
  return rows.length;
}
