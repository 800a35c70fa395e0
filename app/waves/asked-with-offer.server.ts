import type { PersonCtx } from "#app/core/ctx.ts";
import { plainCode } from "#app/posts/post.ts";

/**
 * The code of the person's own offer that they were reminded of when they were asked about this need, while it still holds enough: a
 * promise by text is backed by it. The same request again (`key`) gets the same answer, whatever became of the offer since.
 */
export async function askedWithOffer(
  ctx: PersonCtx,
  { code, quantity, key }: { code: string; quantity: number | null; key: string },
): Promise<string | null> {
  const me = ctx.db.sql`${ctx.person.id}::uuid`;
  const [row] = await ctx.db.sql<{ code: string | null }[]>`
    select case when twin.id is not null then (select code from posts where id = twin.offer_id) else (
      select o.code from asks a join posts p on p.id = a.post_id
      join posts o on o.id = a.offer_id and o.author_id = a.person_id and o.claimable
      where p.code = ${plainCode(code)} and a.person_id = ${me} and o.remaining >= ${quantity ?? 1}::int) end as code
    from (select) one left join claims twin on twin.person_id = ${me} and twin.idempotency_key = ${key}`;
  return row?.code ?? null;
}
