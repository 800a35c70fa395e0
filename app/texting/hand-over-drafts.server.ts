import type { Ctx } from "#app/core/ctx.ts";

/** Posts that were begun by text and not sent within a day wait for a coordinator: who wrote them may need somebody. */
export async function handOverDrafts(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    update text_threads set unread_since = coalesce(unread_since, ${ctx.now}::timestamptz),
      conversation_expires_at = null, updated_at = ${ctx.now}::timestamptz
    where phone_lookup in (select phone_lookup from text_threads
      where conversation_expires_at <= ${ctx.now}::timestamptz limit 500)
    returning 1`;
  return rows.length;
}
