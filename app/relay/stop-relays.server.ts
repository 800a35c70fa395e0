import type { Ctx } from "#app/core/ctx.ts";
import { endedTexts, endingOf } from "./end-relay.server.ts";
import { myRelays } from "./my-relays.server.ts";

/**
 * Ends every conversation of somebody who said STOP; the other sides are told that it has ended. Safe to repeat.
 *
 * @returns how many ended.
 */
export async function stopRelays(ctx: Ctx, personId: string): Promise<number> {
  const open = (await myRelays(ctx, personId, ctx.db.sql`r.closed_at is null`)).filter(
    ({ relayId }) => relayId !== null,
  );
  if (open.length === 0) return 0;
  const tell = await endedTexts(ctx, open);
  const rows = await ctx.db.sql`
    with ended as (
      update relays set closed_at = ${ctx.now}::timestamptz, closed_why = 'stopped'
      where id = any(${open.map(({ relayId }) => relayId!)}::uuid[]) and closed_at is null returning id
    ), ${endingOf(ctx, tell)}
    select id from ended`;
  return rows.length;
}
