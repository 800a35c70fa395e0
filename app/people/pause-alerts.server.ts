import type { Ctx } from "#app/core/ctx.ts";

/** No alerts about new needs until then; null ends the rest. Texts about their own posts and promises still come. */
export async function pauseAlerts(
  ctx: Ctx,
  { personId, until }: { personId: string; until: Date | null },
): Promise<void> {
  await ctx.db.sql`update people set paused_until = ${until}::timestamptz where id = ${personId}::uuid`;
}
