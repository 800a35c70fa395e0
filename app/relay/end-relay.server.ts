import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { insertOf, type OwedText } from "#app/notifications/owed-texts.server.ts";
import type { MyRelay } from "./my-relays.server.ts";
import { readersOf, textTo } from "./text-to.server.ts";
import { noticeText } from "./words.ts";

/**
 * The CTEs that follow `ended (id)`, conversations that this very statement ended: both sides let go of their numbers,
 * what was still on its way between them is called back, and the other side is told.
 */
export function endingOf(ctx: Ctx, tell: OwedText[]): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  return sql`
    let_go as (
      update relay_parties p set open = false from ended where p.relay_id = ended.id
    ), called_back as (
      update outbox o set state = 'canceled', done_at = ${ctx.now}::timestamptz, updated_at = ${ctx.now}::timestamptz,
        leased_by = null, lease_until = null
      from (
        select 'relay:' || t.id as key from ended join relay_texts t on t.relay_id = ended.id
        union all
        select what || ':' || ended.id || ':' || side
        from ended, unnest('{relay_number,relay_share}'::text[]) what, unnest('{author,claimer}'::text[]) side
      ) unsaid
      where o.dedupe_key = unsaid.key and o.state in ('queued', 'claimed')
    ), told as (${insertOf(ctx, tell, sql`r.dedupe_key in (select 'relay_ended:' || ended.id from ended)`)})`;
}

/** "This conversation has ended" to the other side of each: nobody learns more. */
export async function endedTexts(ctx: Ctx, relays: MyRelay[]): Promise<OwedText[]> {
  const readers = await readersOf(ctx, relays);
  return relays.flatMap((relay) =>
    textTo(ctx, relay, "other", readers, {
      key: `relay_ended:${relay.relayId}`,
      words: (framing, frame) => noticeText(framing, frame, "ended"),
    }),
  );
}
