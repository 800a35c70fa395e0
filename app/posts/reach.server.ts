import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { isAccepted } from "#app/people/accepted.server.ts";

type Fragment = PendingQuery<Row[]>;

/** So long after a delivery its claimer may still look up how to reach the author. */
const AFTER_HOURS = 48;

/** Of a claim `c` (or as it is named) on a post `p`: it is kept now, or was delivered within two days. Handed back or lapsed, it ends at once. */
export const isKept = ({ db: { sql }, now }: Pick<Ctx, "db" | "now">, c: "c" | "k" = "c"): Fragment => sql`(
  ${sql(c)}.status in ('promised', 'on_the_way') and p.status = 'open' or ${sql(c)}.status in ('delivered', 'confirmed')
    and ${sql(c)}.updated_at > ${now}::timestamptz - make_interval(hours => ${AFTER_HOURS}::int))`;

/**
 * Of a claim `c` on a post `p`: a coordinator has accepted its claimer, or gave them this very promise. By `can` of
 * `groups/membership.ts` both this and `isKept` must hold before a claimer sees a name, an address or a note.
 */
export function isTrusted(ctx: Pick<Ctx, "db">, claim: "c" | "k" = "c"): Fragment {
  const { sql } = ctx.db;
  const c = sql(claim);
  return sql`(${isAccepted(ctx, sql`${c}.person_id`)}
    or exists (select from events sent where sent.post_id = p.id and sent.claim_id = ${c}.id and sent.type = 'post.claimed'
      and sent.actor_id not in (${c}.person_id, p.author_id)))`;
}
