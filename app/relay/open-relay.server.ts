import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { findRelay, talkable, TALK_HOURS, type MyRelay } from "./my-relays.server.ts";
import type { RelayOutcome, Which } from "./relay.ts";

/** Two conversations of one person opened at once may pick the same number: the index refuses one, which picks again. */
const TRIES = 4;

/**
 * Opens the conversation of a claim, once however often it is asked for. Each side is given one of our numbers that no
 * other open conversation of theirs uses, while there are such; with a single number, or none left, the code decides.
 */
export async function openRelay(ctx: Ctx, { claimId }: { claimId: string }): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await open(ctx, claimId, attempt < TRIES);
      return;
    } catch (error) {
      if (attempt >= TRIES || (error as { code?: unknown }).code !== "23505") throw error;
    }
  }
}

/** The conversation that is meant, with its row and its numbers, or the answer why there is not exactly one. */
export async function findOpened(
  ctx: Ctx,
  personId: string,
  which: Which,
): Promise<{ relay: MyRelay & { relayId: string } } | { answer: RelayOutcome }> {
  const found = await findRelay(ctx, personId, which);
  if ("answer" in found) return found;
  const { claimId, relayId } = found.relay;
  if (relayId) return { relay: { ...found.relay, relayId } };
  await openRelay(ctx, { claimId });
  const opened = await findRelay(ctx, personId, { code: null, claimId });
  if ("answer" in opened) return opened;
  return opened.relay.relayId
    ? { relay: { ...opened.relay, relayId: opened.relay.relayId } }
    : { answer: { kind: "closed" } };
}

async function open(ctx: Ctx, claimId: string, withNumbers: boolean): Promise<void> {
  const { sql } = ctx.db;
  const since = new Date(ctx.now.getTime() - TALK_HOURS * 3_600_000);
  const id = newId(ctx.now);
  await sql`
    with fresh as (
      insert into relays (id, claim_id, post_id, opened_at)
      select ${id}::uuid, c.id, c.post_id, ${ctx.now}::timestamptz
      from claims c join posts p on p.id = c.post_id left join relays r on r.claim_id = c.id
      where c.id = ${claimId}::uuid and p.author_id <> c.person_id and r.id is null and ${talkable(ctx, since)}
      on conflict (claim_id) do nothing returning id, claim_id, post_id
    ), sides as (
      select f.id, 'author' as side, p.author_id as person_id from fresh f join posts p on p.id = f.post_id
      union all
      select f.id, 'claimer', c.person_id from fresh f join claims c on c.id = f.claim_id
    ), pool as (
      select id from senders
      where enabled and address like '+%' and ${withNumbers} and (select count(*) from senders where enabled) > 1
    )
    insert into relay_parties (relay_id, side, person_id, sender_id, open)
    select s.id, s.side, s.person_id, (
      select n.id from pool n
      where not exists (select from relay_parties o where o.person_id = s.person_id and o.open and o.sender_id = n.id)
      order by md5(n.id::text || s.id::text || ${Math.random()}::text) limit 1
    ), true
    from sides s`;
}
