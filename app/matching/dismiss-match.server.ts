import { mayPair } from "#app/claims/scope.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { DismissReason } from "#app/events/event.ts";
import { plainCode } from "#app/posts/post.ts";
import { mayBeSeen } from "#app/posts/post-rows.server.ts";

/** So long a pair that was dismissed is not suggested again. */
const AWAY_DAYS = 14;

type Pair = { needCode: string; offerCode: string };

/**
 * "Not this one": a pair is not suggested again for two weeks, to nobody. By a coordinator of one of the two groups or
 * the author of one of the two. Said again it counts from then.
 *
 * @returns when it may be suggested again.
 * @throws Problem `not-found` where there is no such pair for this person.
 */
export async function dismissMatch(
  ctx: PersonCtx,
  { needCode, offerCode, reason }: Pair & { reason: DismissReason },
): Promise<Date> {
  const { sql } = ctx.db;
  const [row] = await sql<{ until: Date }[]>`
    with pair as (${theirs(ctx, { needCode, offerCode })}), dismissed as (
      insert into match_dismissals as d (need_id, offer_id, reason, by, at, until)
      select need_id, offer_id, ${reason}, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz,
        ${ctx.now}::timestamptz + make_interval(days => ${AWAY_DAYS})
      from pair
      on conflict (need_id, offer_id) do update set reason = excluded.reason, by = excluded.by, at = excluded.at,
        until = excluded.until
      returning need_id, until
    )
    insert into events (type, group_id, post_id, actor_id, data, at)
    select 'match.dismissed', pair.group_id, pair.need_id, ${ctx.person.id}::uuid,
      jsonb_build_object('offer', pair.offer_code, 'reason', ${reason}::text), ${ctx.now}::timestamptz
    from dismissed join pair on pair.need_id = dismissed.need_id
    returning (select until from dismissed)`;
  if (!row) throw new Problem("not-found");
  return row.until;
}

/** Takes that back: the pair may be suggested again at once. Safe to repeat. */
export async function undoDismissal(ctx: PersonCtx, pair: Pair): Promise<void> {
  await ctx.db.sql`
    delete from match_dismissals d using (${theirs(ctx, pair)}) pair
    where d.need_id = pair.need_id and d.offer_id = pair.offer_id`;
}

/** The two posts, where this person sees both and speaks for one of them. */
export function theirs(ctx: PersonCtx, { needCode, offerCode }: Pair) {
  const { sql } = ctx.db;
  const side = (code: string, kind: "need" | "offer") => sql`
    select p.id, p.group_id, p.author_id, p.code, ${mayPair(ctx)} as mine
    from posts p where p.code = ${plainCode(code)} and p.kind = ${kind} and ${mayBeSeen(ctx)}`;
  return sql`
    select n.id as need_id, n.group_id, n.author_id as need_author, o.id as offer_id, o.code as offer_code,
      o.author_id as offer_author
    from (${side(needCode, "need")}) n, (${side(offerCode, "offer")}) o where n.mine or o.mine`;
}
