import type { Ctx } from "#app/core/ctx.ts";
import { plainCode } from "#app/posts/post.ts";

/** Somebody who was asked wanted to help when it was covered already: they are told there and then, and it counts as a yes. */
export async function wantAsk(ctx: Ctx, { personId, code }: { personId: string; code: string }): Promise<void> {
  await ctx.db.sql`
    update asks set wanted_at = ${ctx.now}::timestamptz, answered_at = coalesce(answered_at, ${ctx.now}::timestamptz)
    where post_id = (select id from posts where code = ${plainCode(code)}) and person_id = ${personId}::uuid and wanted_at is null`;
}
