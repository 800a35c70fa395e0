import type { Ctx } from "#app/core/ctx.ts";
import { SILENCE_HOURS } from "./claim.ts";
import { confirm } from "./confirm.server.ts";

const BATCH = 500;

/**
 * Counts deliveries that nobody disputed for 48 hours as fulfilled. The clock calls it; safe to repeat and to run twice at once.
 *
 * @returns how many, at most 500: call again while it is 500.
 */
export async function confirmSilentDeliveries(ctx: Ctx): Promise<number> {
  const rows = await confirm(
    ctx,
    (sql) => sql`
      select c.id from claims c
      where c.status = 'delivered' and c.updated_at < ${ctx.now}::timestamptz - make_interval(hours => ${SILENCE_HOURS})
      order by c.updated_at limit ${BATCH} for update of c skip locked`,
  );
  return rows.length;
}
