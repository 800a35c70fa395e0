import type { Ctx } from "#app/core/ctx.ts";

/** Somebody who was asked about a need says no: they hear no more of it. @returns false when no answer was awaited. */
export async function declineAsk(
  ctx: Ctx,
  { personId, ...post }: { personId: string } & ({ postId: string } | { code: string }),
): Promise<boolean> {
  const { sql } = ctx.db;
  const rows = await sql`
    update asks set answered_at = ${ctx.now}::timestamptz
    where post_id = ${"postId" in post ? sql`${post.postId}::uuid` : sql`(select id from posts where code = ${post.code})`}
      and person_id = ${personId}::uuid and answered_at is null
    returning post_id`;
  return rows.length > 0;
}
