import type { Ctx } from "#app/core/ctx.ts";
import { TALK_HOURS } from "./my-relays.server.ts";

const BATCH = 500;

/**
 * Closes conversations whose claim was over three days ago; nobody is told, for nothing was left to say.
 *
 * @returns how many, at most 500: call again while it is 500.
 */
export async function closeRelays(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    with due as (
      select r.id, c.updated_at from relay_parties p join relays r on r.id = p.relay_id join claims c on c.id = r.claim_id
      where p.open and p.side = 'claimer' and r.closed_at is null
        and c.status in ('confirmed', 'released', 'lapsed')
        and c.updated_at <= ${ctx.now}::timestamptz - make_interval(hours => ${TALK_HOURS}::int)
      limit ${BATCH} for update of r skip locked
    ), closed as (
      update relays r set closed_at = ${ctx.now}::timestamptz, closed_why = 'over',
        closes_at = due.updated_at + make_interval(hours => ${TALK_HOURS}::int)
      from due where r.id = due.id and r.closed_at is null returning r.id
    ), let_go as (
      update relay_parties p set open = false from closed where p.relay_id = closed.id
    )
    select id from closed`;
  return rows.length;
}
