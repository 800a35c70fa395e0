import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { plainCode } from "#app/posts/post.ts";
import { mayBeSeen } from "#app/posts/post-rows.server.ts";

/** `waiting`: on the list now · `open`: `remaining` can be had at once, nothing to wait for · `promised`: they are on it already. */
export type Waiting = { state: "waiting" | "open" | "promised"; remaining: number };

/**
 * Puts somebody who came too late on the waiting list of a post that is covered: they are told first when something opens
 * again. Said again it changes nothing; after their turn has passed it puts them at the end of the line.
 *
 * @param input `quantity` they would take, whole number ≥ 1.
 * @throws Problem `not-found`, `own-post`, `not-open`.
 */
export async function joinWaitingList(
  ctx: PersonCtx,
  { code, quantity }: { code: string; quantity: number },
): Promise<Waiting> {
  const { sql } = ctx.db;
  const me = sql`${ctx.person.id}::uuid`;
  const [post] = await sql<{ own: boolean; open: boolean; remaining: number; promised: boolean; joined: boolean }[]>`
    with post as (
      select p.id, p.author_id = ${me} as own, p.status = 'open' as open, p.remaining,
        exists (select from claims c where c.post_id = p.id and c.person_id = ${me}
          and c.status in ('promised', 'on_the_way')) as promised
      from posts p where p.code = ${plainCode(code)} and p.status <> 'in_review' and ${mayBeSeen(ctx)}
    ), joined as (
      insert into waiting_list as w (post_id, person_id, quantity, created_at)
      select id, ${me}, ${Math.max(1, Math.trunc(quantity))}::int, ${ctx.now}::timestamptz
      from post where open and remaining = 0 and not own and not promised
      on conflict (post_id, person_id) do update set quantity = excluded.quantity, offered_at = null,
        created_at = case when w.offered_at is null then w.created_at else excluded.created_at end
      returning post_id
    )
    select own, open, remaining, promised, exists (select from joined) as joined from post`;
  if (!post) throw new Problem("not-found");
  if (post.own) throw new Problem("own-post");
  if (!post.open) throw new Problem("not-open");
  return { state: post.joined ? "waiting" : post.promised ? "promised" : "open", remaining: post.remaining };
}
