import type { Ctx } from "#app/core/ctx.ts";
import { plainCode } from "#app/posts/post.ts";
import { endedTexts, endingOf } from "./end-relay.server.ts";
import { findRelay, myRelays } from "./my-relays.server.ts";
import { chooseRelay, type RelayOutcome, type Which } from "./relay.ts";

/**
 * Asks the group's coordinators to look: they may read this conversation from now on. It ends like a BLOCK, so that who
 * reports hears no more. One that has ended can still be reported.
 */
export async function reportRelay(
  ctx: Ctx,
  { personId, ...which }: Which & { personId: string },
): Promise<RelayOutcome> {
  const found = await findRelay(ctx, personId, which);
  const relay =
    "relay" in found ? found.relay : found.answer.kind === "closed" ? await ended(ctx, personId, which) : null;
  if (!relay?.relayId) return "answer" in found ? found.answer : { kind: "none" };
  const tell = await endedTexts(ctx, [relay]);
  const now = ctx.now;
  await ctx.db.sql`
    with before as (
      select id, claim_id, post_id, closed_at is null as open from relays
      where id = ${relay.relayId}::uuid and reported_at is null for update
    ), reported as (
      update relays r set reported_at = ${now}::timestamptz, reported_by = ${personId}::uuid,
        closed_at = coalesce(r.closed_at, ${now}::timestamptz), closed_why = coalesce(r.closed_why, 'blocked')
      from before where r.id = before.id
    ), happened as (
      insert into events (type, group_id, post_id, claim_id, actor_id, at)
      select 'relay.reported', ${relay.groupId}::uuid, post_id, claim_id, ${personId}::uuid, ${now}::timestamptz from before
    ), ended as (select id from before where open), ${endingOf(ctx, tell)}
    select from before`;
  return { kind: "sent", waits: false };
}

/** The latest that has ended of those that are meant. */
async function ended(ctx: Ctx, personId: string, which: Which) {
  const all = (await myRelays(ctx, personId)).map((relay) => ({ ...relay, open: true }));
  const chosen = chooseRelay(all, { ...which, code: which.code && plainCode(which.code) }, ctx.now);
  return chosen.kind === "this" ? chosen.it : null;
}
