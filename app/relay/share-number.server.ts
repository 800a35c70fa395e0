import type { Ctx } from "#app/core/ctx.ts";
import { insertOf } from "#app/notifications/owed-texts.server.ts";
import { type MyRelay, reachOf } from "./my-relays.server.ts";
import { findOpened } from "./open-relay.server.ts";
import type { RelayOutcome, Which } from "./relay.ts";
import { isTalking } from "./scope.server.ts";
import { readersOf, textTo } from "./text-to.server.ts";
import { noticeText } from "./words.ts";

/**
 * One side agrees that numbers are shown. When both have, each gets the other's once, by text, and nothing is hidden in
 * what they say from then on; until then the other side is asked once. Asked again, nothing more happens.
 */
export async function shareNumber(
  ctx: Ctx,
  { personId, ...which }: Which & { personId: string },
): Promise<RelayOutcome> {
  const found = await findOpened(ctx, personId, which);
  if ("answer" in found) return found.answer;
  const shared = await share(ctx, found.relay);
  return shared.open
    ? { kind: "sent", waits: found.relay.other.phoneSealed === null, agreed: shared.agreed }
    : { kind: "closed" };
}

async function share(ctx: Ctx, relay: MyRelay & { relayId: string }): Promise<{ open: boolean; agreed: boolean }> {
  const { sql } = ctx.db;
  const { relayId, me } = relay;
  const readers = await readersOf(ctx, [relay]);
  const number = (to: "me" | "other") => {
    const reach = reachOf(ctx, to === "me" ? relay.other : me);
    const side = (relay.side === "author") === (to === "me") ? "author" : "claimer";
    return textTo(ctx, relay, to, readers, {
      key: `relay_number:${relayId}:${side}`,
      words: (framing, frame) => noticeText(framing, frame, reach ? "number" : "no_number", reach ?? ""),
    });
  };
  const ask = textTo(ctx, relay, "other", readers, {
    key: `relay_share:${relayId}:${relay.side}`,
    words: (framing, frame) => noticeText(framing, frame, "asks_share"),
  });
  // Both rows are updated, so that two who share at once see each other: the later waits and reads what the first wrote.
  const [row] = await sql<{ open: boolean; agreed: boolean }[]>`
    with open as (${isTalking(ctx, relayId, relay.side)}), sides as (
      update relay_parties p
      set shared_at = case when p.side = ${relay.side} then coalesce(p.shared_at, ${ctx.now}::timestamptz) else p.shared_at end
      from open where p.relay_id = open.id returning p.side, p.shared_at
    ), agreed as (
      select bool_and(shared_at is not null) as mutual from sides having count(*) = 2
    ), numbers as (${insertOf(ctx, [...number("me"), ...number("other")], sql`(select mutual from agreed)`)}),
    asked as (${insertOf(ctx, ask, sql`not (select mutual from agreed)`)})
    select exists (select from open) as open, coalesce((select mutual from agreed), false) as agreed`;
  return row ?? { open: false, agreed: false };
}
