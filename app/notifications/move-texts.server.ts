import type { Ctx } from "#app/core/ctx.ts";
import { pausesLong, senderFor } from "./choose-sender.server.ts";

const AT_ONCE = 2_000;

/**
 * Texts that wait for a sender which is gone, or pauses for long, go by another. A relayed line waits for its number,
 * because answers to it are told apart by the number they come to; only when the number is gone for good does it move.
 *
 * @returns how many texts moved.
 */
export async function moveTexts(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    with stuck as (
      select o.id from senders s join outbox o on o.sender_id = s.id and o.state = 'queued'
      where (not s.enabled or ${pausesLong(ctx)} and o.template <> 'relay')
        and exists (select from senders other where other.enabled and other.id <> s.id
          and coalesce(other.paused_until <= ${ctx.now}::timestamptz, true))
      limit ${AT_ONCE} for update of o skip locked
    )
    update outbox o set sender_id = ${senderFor(ctx, ctx.db.sql`o.person_id`)}, updated_at = ${ctx.now}::timestamptz
    from stuck where o.id = stuck.id
    returning o.id`;
  return rows.length;
}
