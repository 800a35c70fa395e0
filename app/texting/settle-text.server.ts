import type { Ctx } from "#app/core/ctx.ts";
import { insertOf, owedText } from "#app/notifications/owed-texts.server.ts";
import { DRAFT_HOURS, type Conversation } from "./conversation.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { asText } from "./say.ts";
import type { Taken } from "./take-texts.server.ts";
import type { Answer } from "./texter.ts";
import type { Locale } from "#app/i18n/locales.ts";

type Settled = {
  worker: string;
  taken: Taken;
  answer: Answer;
  conversation: Conversation;
  /** Who the replies go to; null where nobody may be answered. */
  reader: { id: string; locale: Locale } | null;
};

/**
 * The one statement that ends the handling of a text: the thread moves from the version that was read, the text is done,
 * the replies are owed. Nothing of it happens when another worker was quicker.
 *
 * @returns whether it happened.
 */
export async function settleText(ctx: Ctx, { worker, taken, answer, conversation, reader }: Settled): Promise<boolean> {
  const { sql } = ctx.db;
  const { phoneLookup, heard, version } = taken;
  const texts = reader ? repliesOf(ctx, { taken, reader, answer }) : [];
  const place = { table: "text_threads", column: "conversation_sealed", row: phoneLookup };
  const draftUntil = conversation.draft && new Date(conversation.draft.startedAt + DRAFT_HOURS * 3_600_000);
  const [row] = await sql<{ done: boolean }[]>`
    with thread as (
      update text_threads t set conversation_sealed = ${ctx.seal.seal(JSON.stringify(conversation), place)},
        conversation_expires_at = ${draftUntil}::timestamptz, version = t.version + 1,
        person_id = coalesce(${reader?.id ?? null}::uuid, t.person_id), waiting_since = null,
        unread_since = case when ${answer.unread ?? false} then coalesce(t.unread_since, ${ctx.now}::timestamptz) else t.unread_since end,
        post_id = coalesce(${answer.postId ?? null}::uuid, t.post_id), updated_at = ${ctx.now}::timestamptz
      where t.phone_lookup = ${phoneLookup} and t.version = ${version}::int and t.leased_by = ${worker}
      returning t.phone_lookup
    ), handled as (
      update inbound_texts i set handled_at = ${ctx.now}::timestamptz, outcome = ${answer.outcome}
      from thread where i.message_sid = ${heard.sid} and i.handled_at is null returning i.message_sid
    ), replied as (
      ${texts.length > 0 ? insertOf(ctx, texts, sql`exists (select from handled)`) : sql`select 1`}
    )
    select exists (select 1 from handled) as done`;
  return row?.done ?? false;
}

/** Two segments. */
const ROOM = 2;

/** In their order, and as few texts as hold them. */
function repliesOf(
  ctx: Ctx,
  { taken, reader, answer }: { taken: Taken; reader: NonNullable<Settled["reader"]>; answer: Answer },
) {
  const bodies: string[] = [];
  for (const words of answer.say.map((one) => asText(one, reader.locale))) {
    const joined = bodies.length > 0 ? `${bodies.at(-1)} ${words}` : words;
    if (bodies.length > 0 && segmentsOf(joined).count <= ROOM) bodies[bodies.length - 1] = joined;
    else bodies.push(words);
  }
  const key = (n: number) => (answer.outcome === "inbox" && n === 0 ? "inbox" : String(n));
  return bodies.map((body, n) =>
    owedText(
      { ...ctx, now: new Date(ctx.now.getTime() + n) },
      {
        dedupeKey: `reply:${taken.heard.sid}:${key(n)}`,
        template: "reply",
        reader: { id: reader.id, timeZone: "UTC", quietFrom: 0, quietTo: 0 },
        body,
        senderId: taken.senderId,
      },
    ),
  );
}
