import type { Ctx } from "#app/core/ctx.ts";

export type AskedSoFar = {
  asked: number;
  answered: number;
  /** When more are asked; null while nothing can be claimed, or when nobody is left. */
  nextAt: Date | null;
  nobodyLeft: boolean;
};

/** How far asking for help with a need has come; null when it never began. For the group's coordinators: the caller has checked. */
export async function askedSoFar(ctx: Ctx, postId: string): Promise<AskedSoFar | null> {
  const [row] = await ctx.db.sql<AskedSoFar[]>`
    select (select count(*)::int from asks a where a.post_id = p.id and a.asked_at >= w.round_at) as asked,
      (select count(*)::int from asks a where a.post_id = p.id and a.asked_at >= w.round_at
        and a.answered_at is not null) as answered,
      case when p.claimable then w.next_at end as "nextAt", p.claimable and w.next_at is null as "nobodyLeft"
    from waves w join posts p on p.id = w.post_id where w.post_id = ${postId}::uuid`;
  return row ?? null;
}
