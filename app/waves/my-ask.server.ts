import type { Ctx } from "#app/core/ctx.ts";

/** Whether the person was asked to help with a need, and said no; null when not asked, or when they promised something or would have. */
export async function myAsk(ctx: Ctx, postId: string): Promise<"waiting" | "declined" | null> {
  if (!ctx.person) return null;
  const [row] = await ctx.db.sql<{ answered: boolean }[]>`
    select a.answered_at is not null as answered from asks a
    where a.post_id = ${postId}::uuid and a.person_id = ${ctx.person.id}::uuid and a.wanted_at is null
      and not exists (select from claims c where c.post_id = a.post_id and c.person_id = a.person_id
        and c.created_at >= a.asked_at)`;
  return row ? (row.answered ? "declined" : "waiting") : null;
}
