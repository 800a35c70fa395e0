import type { Ctx } from "#app/core/ctx.ts";
import { RECEIPT_HOURS, SILENCE_HOURS, UNCONFIRMED_GRACE_HOURS } from "./claim.ts";

const BATCH = 500;

/**
 * A receiver who was asked twice has not said whether it came: coordinators hear of it, and have half a day before
 * silence counts as a yes. `receipt_asks` one past the last question marks that they were told. Safe to repeat.
 *
 * @returns how many deliveries, at most 500.
 */
export async function tellUnconfirmed(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    with due as (
      select c.id, c.post_id, p.group_id from claims c join posts p on p.id = c.post_id
      where c.ask_at <= ${ctx.now}::timestamptz and c.status = 'delivered' and c.receipt_asks = ${RECEIPT_HOURS.length}
        and p.status = 'open'
      order by c.ask_at limit ${BATCH} for update of c skip locked
    ), moved as (
      update claims c set receipt_asks = c.receipt_asks + 1, ask_at = greatest(
        c.updated_at + make_interval(hours => ${SILENCE_HOURS}),
        ${ctx.now}::timestamptz + make_interval(hours => ${UNCONFIRMED_GRACE_HOURS}))
      from due where c.id = due.id
    )
    insert into events (type, group_id, post_id, claim_id, at)
    select 'claim.unconfirmed', group_id, post_id, id, ${ctx.now}::timestamptz from due
    returning id`;
  return rows.length;
}
