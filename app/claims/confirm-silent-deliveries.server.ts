import type { Ctx } from "#app/core/ctx.ts";
import { RECEIPT_HOURS, SILENCE_HOURS } from "./claim.ts";
import { confirm } from "./confirm.server.ts";

const BATCH = 500;

/**
 * Counts deliveries that nobody disputed for 48 hours as fulfilled, where the receiver was to be asked not before the
 * coordinators were told and had time to look (`tellUnconfirmed`), but after twice that time come what may. The clock
 * calls it; safe to repeat and to run twice at once.
 *
 * @returns how many, at most 500: call again while it is 500.
 */
export async function confirmSilentDeliveries(ctx: Ctx): Promise<number> {
  const rows = await confirm(
    ctx,
    (sql) => sql`
      select c.id from claims c join posts p on p.id = c.post_id
      where c.status = 'delivered' and c.updated_at < ${ctx.now}::timestamptz - make_interval(hours => ${SILENCE_HOURS})
        and (c.ask_at is null or p.status <> 'open' or p.kind <> 'need'
          or c.receipt_asks > ${RECEIPT_HOURS.length} and c.ask_at <= ${ctx.now}::timestamptz
          or c.updated_at < ${ctx.now}::timestamptz - make_interval(hours => ${2 * SILENCE_HOURS}))
      order by c.updated_at limit ${BATCH} for update of c skip locked`,
    true,
  );
  return rows.length;
}
