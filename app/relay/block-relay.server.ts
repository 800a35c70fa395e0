import type { Ctx } from "#app/core/ctx.ts";
import { endedTexts, endingOf } from "./end-relay.server.ts";
import { findOpened } from "./open-relay.server.ts";
import type { RelayOutcome, Which } from "./relay.ts";

/** Ends a conversation for both at once. The other side learns only that it has ended. */
export async function blockRelay(
  ctx: Ctx,
  { personId, ...which }: Which & { personId: string },
): Promise<RelayOutcome> {
  const found = await findOpened(ctx, personId, which);
  if ("answer" in found) return found.answer;
  const { relay } = found;
  const tell = await endedTexts(ctx, [relay]);
  const [row] = await ctx.db.sql<{ ended: boolean }[]>`
    with ended as (
      update relays set closed_at = ${ctx.now}::timestamptz, closed_why = 'blocked'
      where id = ${relay.relayId}::uuid and closed_at is null returning id
    ), ${endingOf(ctx, tell)}
    select exists (select from ended) as ended`;
  return row?.ended ? { kind: "sent", waits: false } : { kind: "closed" };
}
