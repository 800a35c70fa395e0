import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { languageOf } from "#app/sms/language.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { knownAnswers } from "#app/groups/field-answers.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { limitPosting } from "#app/posts/limit-posting.server.ts";
import { placeOf, windowOf } from "#app/posts/new-post.server.ts";
import { publishPost, type Published } from "#app/posts/publish-post.server.ts";
import { readCommand } from "#app/sms/grammar.ts";
import type { NeedGiven } from "./need-input.ts";
import type { Thread } from "./get-thread.server.ts";
import { openHeard, openThreadPhone } from "./open-phone.server.ts";
import { inTheirHands, saidToUs, stillUnread, threadsWithPeople } from "./scope.server.ts";

const TITLE_SHOWN = 120;

/** What the form begins with: the words of one text of theirs (the last one unless named), or of a message by voice. */
export type NeedBegun = { title: string; details: string; textLocale: Locale };

export async function beginNeed(
  ctx: PersonCtx,
  thread: Pick<Thread, "phoneLookup" | "locale">,
  of: { messageSid: string | null; callSid: string | null },
): Promise<NeedBegun> {
  const words = of.callSid ? await transcriptOf(ctx, thread, of.callSid) : await wordsOf(ctx, thread, of.messageSid);
  const line = words.replace(/\s+/g, " ").trim();
  const fits = [...line].length <= TITLE_SHOWN;
  return {
    title: fits ? line : "",
    details: fits ? "" : words,
    textLocale:
      (thread.locale === "en" ? null : thread.locale) ?? languageOf(words) ?? thread.locale ?? ctx.person.locale,
  };
}

async function wordsOf(
  ctx: PersonCtx,
  thread: Pick<Thread, "phoneLookup">,
  messageSid: string | null,
): Promise<string> {
  const [row] = await ctx.db.sql<{ message_sid: string; body_sealed: string | null }[]>`
    select i.message_sid, i.body_sealed from inbound_texts i
    where i.phone_lookup = ${thread.phoneLookup} and ${saidToUs(ctx)}
      and (${messageSid}::text is null or i.message_sid = ${messageSid}::text)
    order by i.received_at desc limit 1`;
  const words = (row && openHeard(ctx, row)) ?? "";
  const command = readCommand(words, { optedOut: false });
  if (command.kind === "relay") return "";
  return command.kind === "need" ? (command.words ?? "") : words;
}

async function transcriptOf(ctx: PersonCtx, thread: Pick<Thread, "phoneLookup">, callSid: string): Promise<string> {
  const [row] = await ctx.db.sql<{ transcript_sealed: string | null }[]>`
    select transcript_sealed from voice_calls where call_sid = ${callSid} and phone_lookup = ${thread.phoneLookup}`;
  const place = { table: "voice_calls", column: "transcript_sealed", row: callSid };
  return ctx.seal.read(row?.transcript_sealed ?? null, place) ?? "";
}

/**
 * Makes a need of a thread on behalf of whoever wrote: it is theirs, they get the receipt by text in their language. The
 * thread is then dealt with; sent twice with one key it is one need. A hidden number has no one to text: the coordinator
 * is the author then.
 *
 * @param callSid the message by voice it was made of; it is dealt with, too.
 * @throws Problem `not-found` when the thread is not theirs, `too-many`, and those of `publishPost`.
 */
export async function needOfThread(
  ctx: PersonCtx,
  given: NeedGiven & { answers?: FieldAnswers; threadId: string; callSid: string | null },
): Promise<Published> {
  const thread = await theirRow(ctx, given.threadId);
  const phone = openThreadPhone(ctx, thread);
  const at = placeOf(await listGroups(ctx, given.textLocale, "uncounted"), given.what);
  if (!at) throw new Problem("invalid-input", { field: "what" });
  await limitPosting(ctx, { address: null, phone });
  const post = await publishPost(ctx, {
    kind: "need",
    groupId: at.group.id,
    categoryId: at.category?.id ?? null,
    title: given.title,
    details: given.details,
    quantity: given.quantity,
    ...windowOf("need", given.when, ctx.now),
    place: given.place,
    lat: null,
    lng: null,
    address: given.address,
    privateNote: given.privateNote,
    visibility: given.visibility,
    languages: [],
    answers: knownAnswers(at.category, given.answers),
    locale: given.textLocale,
    contact: { name: given.name, phone, email: null },
    submitKey: `thread ${given.threadId} ${given.key}`,
  });
  await tie(ctx, thread.phone_lookup, { post, callSid: given.callSid, heardUntil: new Date(given.heard) });
  return post;
}

async function theirRow(ctx: PersonCtx, id: string) {
  const [row] = await ctx.db.sql<{ phone_lookup: string; phone_sealed: string }[]>`
    select t.phone_lookup, t.phone_sealed from ${threadsWithPeople(ctx)}
    where t.id = ${id}::uuid and ${inTheirHands(ctx)}`;
  if (!row) throw new Problem("not-found");
  return row;
}

/** Ties thread, call and need together; again after a crash in between it changes nothing more. */
async function tie(
  ctx: PersonCtx,
  phoneLookup: string,
  { post, callSid, heardUntil }: { post: Published; callSid: string | null; heardUntil: Date },
): Promise<void> {
  await ctx.db.sql`
    with moved as (
      update text_threads t set post_id = ${post.id}::uuid, unread_since = ${stillUnread(ctx, heardUntil)}, updated_at = ${ctx.now}::timestamptz
      where t.phone_lookup = ${phoneLookup} and t.post_id is distinct from ${post.id}::uuid
      returning t.id, t.group_id
    ), called as (
      update voice_calls set post_id = ${post.id}::uuid, handled_at = coalesce(handled_at, ${ctx.now}::timestamptz),
        updated_at = ${ctx.now}::timestamptz
      where call_sid = ${callSid}::text and phone_lookup = ${phoneLookup}
    )
    insert into events (type, group_id, actor_id, data, at)
    select 'thread.need_made', group_id, ${ctx.person.id}::uuid,
      jsonb_build_object('threadId', id, 'code', ${post.code}::text), ${ctx.now}::timestamptz
    from moved`;
}
