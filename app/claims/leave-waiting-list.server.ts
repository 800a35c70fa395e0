import type { PersonCtx } from "#app/core/ctx.ts";
import { plainCode } from "#app/posts/post.ts";

/** Takes somebody off the waiting list of a post; also where they are not on it. */
export async function leaveWaitingList(ctx: PersonCtx, { code }: { code: string }): Promise<void> {
  await ctx.db.sql`
    delete from waiting_list w using posts p
    where p.code = ${plainCode(code)} and w.post_id = p.id and w.person_id = ${ctx.person.id}::uuid`;
}

/** `null` where there is nothing to wait for: something is left, it is closed, their own, or they are on it already. */
export async function isWaiting(ctx: PersonCtx, postId: string): Promise<boolean | null> {
  const { sql } = ctx.db;
  const me = sql`${ctx.person.id}::uuid`;
  const [row] = await sql<{ waiting: boolean }[]>`
    select exists (select from waiting_list w
      where w.post_id = p.id and w.person_id = ${me} and w.offered_at is null) as waiting
    from posts p
    where p.id = ${postId}::uuid and p.status = 'open' and p.remaining = 0 and p.author_id <> ${me}
      and not exists (select from claims c where c.post_id = p.id and c.person_id = ${me}
        and c.status in ('promised', 'on_the_way', 'delivered'))`;
  return row ? row.waiting : null;
}
