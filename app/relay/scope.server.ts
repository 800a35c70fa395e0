import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { isPersonBlocked } from "#app/people/blocked/is-blocked.server.ts";
import { talkable, TALK_HOURS } from "./my-relays.server.ts";
import type { Side } from "./relay.ts";

/**
 * The conversation, locked, while `side` may still say something in it: open, its time not over, and the other side has
 * not said STOP and who says it is not blocked by the group. No row is how a race against BLOCK, STOP or the clock is lost.
 */
export function isTalking(ctx: Ctx, relayId: string, side: Side): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const since = new Date(ctx.now.getTime() - TALK_HOURS * 3_600_000);
  return sql`
    select r.id from relays r join claims c on c.id = r.claim_id
      join relay_parties them on them.relay_id = r.id and them.side <> ${side}
      join people other on other.id = them.person_id
      join relay_parties me on me.relay_id = r.id and me.side = ${side} join posts about on about.id = r.post_id
    where r.id = ${relayId}::uuid and ${talkable(ctx, since)}
      and coalesce((select ce.action from consent_events ce where ce.phone_lookup = other.phone_lookup
        order by ce.id desc limit 1), 'in') <> 'out'
      and not ${isPersonBlocked(ctx, sql`me.person_id`, sql`about.group_id`)}
    for no key update of r`;
}
