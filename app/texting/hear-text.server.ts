import type { Ctx } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { insertOf, owedText, type OwedText } from "#app/notifications/owed-texts.server.ts";
import { wording } from "#app/notifications/wording.ts";
import { isOptedOut } from "#app/people/consent.server.ts";
import { findOrMakePerson } from "#app/people/find-person.server.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { stopRelays } from "#app/relay/stop-relays.server.ts";
import { readKeyword, type Keyword } from "#app/sms/keywords.ts";
import { current, readConversation } from "./conversation.ts";
import { isForget } from "./read-answers.ts";

/** A text somebody sent us. `from`: E.164, or a short code or a name, which we never answer. `media`: how many pictures. */
export type HeardText = {
  messageSid: string;
  from: string;
  toNumber: string;
  body: string;
  media: number;
  source: "webhook" | "sweep";
  /** When the provider took it in, where that is known to be earlier than now. */
  saidAt?: Date;
};

/** Whom one can answer. */
export const isPhone = (from: string): boolean => /^\+[1-9]\d{6,14}$/.test(from);

const WAIT_MS = 5_000;
/** The confirmation of a STOP goes when nothing else is on its way to them, at the latest when that is surely over. */
const CONFIRM_AFTER_MS = 40_000;
const CONFIRMS_EACH = { max: 10, perSeconds: 600 };

/**
 * Keeps a text once, for the worker to handle, and honours STOP and START at once: the ledger, the silencing of what is
 * queued and the one confirmation are written by the statement that keeps the text. Words the provider answers itself
 * get none. A START that is found late does not undo a STOP said after it. After a STOP it returns only when nothing to that person is on its way any more, or after five seconds.
 *
 * @returns the word that was honoured, and whether the text was new.
 */
export async function hearText(
  ctx: Ctx,
  heard: HeardText,
): Promise<{ keyword: Keyword["kind"] | null; fresh: boolean }> {
  const phoneLookup = ctx.seal.lookup("phone", heard.from);
  const read = readKeyword(heard.body, { optedOut: await isOptedOut(ctx, phoneLookup) });
  const meansPost = read?.kind === "stop" && isForget(heard.body) && (await isWriting(ctx, phoneLookup));
  const keyword = meansPost ? null : read;
  const confirmation = await confirmationFor(ctx, heard, keyword);
  const fresh = await keep(ctx, heard, { phoneLookup, keyword, confirmation });
  if (keyword?.kind === "stop") {
    await endConversations(ctx, phoneLookup);
    if ((await untilSilent(ctx, phoneLookup)) && confirmation) await letGo(ctx, heard);
  }
  return { keyword: keyword?.kind ?? null, fresh };
}

/** Are they in the middle of a post? Then "cancelar" is about that. */
async function isWriting(ctx: Ctx, phoneLookup: string): Promise<boolean> {
  const [thread] = await ctx.db.sql<{ conversation_sealed: string | null }[]>`
    select conversation_sealed from text_threads where phone_lookup = ${phoneLookup}`;
  const place = { table: "text_threads", column: "conversation_sealed", row: phoneLookup };
  const conversation = ctx.seal.read(thread?.conversation_sealed ?? null, place);
  return conversation !== null && current(readConversation(conversation), ctx.now.getTime()).flow !== null;
}

type Kept = { phoneLookup: string; keyword: Keyword | null; confirmation: OwedText | null };

async function keep(ctx: Ctx, heard: HeardText, { phoneLookup, keyword, confirmation }: Kept): Promise<boolean> {
  const { sql } = ctx.db;
  const { now } = ctx;
  const saidAt = heard.saidAt ?? now;
  const sealed = (words: string, column: string) =>
    ctx.seal.seal(words, { table: "inbound_texts", column, row: heard.messageSid });
  const phoneSealed = ctx.seal.seal(heard.from, { table: "text_threads", column: "phone_sealed", row: phoneLookup });
  const action = keyword?.kind === "stop" ? "out" : keyword?.kind === "start" ? "in" : null;
  const [row] = await sql<{ fresh: boolean }[]>`
    with heard as (
      insert into inbound_texts (message_sid, phone_lookup, from_sealed, body_sealed, to_number, media, source, keyword,
        received_at)
      values (${heard.messageSid}, ${phoneLookup}, ${sealed(heard.from, "from_sealed")},
        ${sealed(heard.body, "body_sealed")}, ${heard.toNumber}, ${heard.media}::smallint, ${heard.source},
        ${keyword?.kind ?? null}::text, ${now}::timestamptz)
      on conflict do nothing returning message_sid
    ), thread as (
      insert into text_threads as t (phone_lookup, phone_sealed, person_id, last_heard_at, waiting_since, updated_at)
      select ${phoneLookup}, ${phoneSealed}, (select id from people where phone_lookup = ${phoneLookup}),
        ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
      from heard
      on conflict (phone_lookup) do update set last_heard_at = greatest(t.last_heard_at, excluded.last_heard_at),
        waiting_since = coalesce(t.waiting_since, excluded.waiting_since),
        person_id = coalesce(t.person_id, excluded.person_id), updated_at = excluded.updated_at
    ), ledger as (
      insert into consent_events (phone_lookup, action, source, at)
      select ${phoneLookup}, ${action}::text, ${keyword?.freeform ? "freeform" : "keyword"}, ${saidAt}::timestamptz
      from heard
      where ${action}::text is not null and ${action}::text <> coalesce((select action from consent_events
        where phone_lookup = ${phoneLookup} order by id desc limit 1), 'in')
        and (${heard.saidAt === undefined} or ${action}::text = 'out' or not exists (select from consent_events
          where phone_lookup = ${phoneLookup} and action = 'out' and at >= ${saidAt}::timestamptz))
      returning id
    ), silenced as (
      update outbox o set state = 'suppressed', done_at = ${now}::timestamptz, updated_at = ${now}::timestamptz,
        leased_by = null, lease_until = null
      from people p, heard
      where p.phone_lookup = ${phoneLookup} and o.person_id = p.id and o.state in ('queued', 'claimed')
        and case ${action}::text when 'out' then o.template <> 'opted_out'
          when 'in' then o.template = 'opted_out' and exists (select from ledger) else false end
    ), unasked as (
      update questions q set closed_at = ${now}::timestamptz
      from people p, heard
      where ${action}::text = 'out' and p.phone_lookup = ${phoneLookup} and q.person_id = p.id and q.closed_at is null
    ), confirmed as (
      ${confirmation ? insertOf(ctx, [confirmation], sql`exists (select from heard) and exists (select from ledger)`) : sql`select 1`}
    )
    select exists (select 1 from heard) as fresh`;
  return row?.fresh ?? false;
}

const confirmKey = (heard: HeardText) => `reply:${heard.messageSid}`;

/** The one text in answer to STOP or START, unless the provider says it; a stranger's number becomes a record for it. */
async function confirmationFor(ctx: Ctx, heard: HeardText, keyword: Keyword | null): Promise<OwedText | null> {
  if (!keyword || keyword.kind === "help" || keyword.answeredByProvider || !isPhone(heard.from)) return null;
  if (!(await takeFromLimit(ctx, { key: `reply|${ctx.seal.lookup("phone", heard.from)}`, ...CONFIRMS_EACH })))
    return null;
  const person = await findOrMakePerson(ctx, { phone: heard.from, verified: true });
  const [row] = await ctx.db.sql<{ locale: string }[]>`select locale from people where id = ${person.id}::uuid`;
  const locale: Locale = isLocale(row?.locale) ? row.locale : "en";
  const template = keyword.kind === "stop" ? "opted_out" : "opted_in";
  const words = { who: null, link: ctx.publicUrl, host: "", signInCode: null, timeZone: "UTC", first: false };
  const text = owedText(ctx, {
    dedupeKey: confirmKey(heard),
    template,
    reader: { id: person.id, timeZone: "UTC", quietFrom: 0, quietTo: 0 },
    body: wording(template, null, words, textFor(locale), locale),
  });
  return template === "opted_in" ? text : { ...text, not_before: new Date(ctx.now.getTime() + CONFIRM_AFTER_MS) };
}

/** The other sides are told that a conversation has ended. Done again for a text that comes twice. */
async function endConversations(ctx: Ctx, phoneLookup: string): Promise<void> {
  const [person] = await ctx.db.sql<{ id: string }[]>`select id from people where phone_lookup = ${phoneLookup}`;
  if (person) await stopRelays(ctx, person.id);
}

/** Nothing else is on its way: the confirmation may go now. */
async function letGo(ctx: Ctx, heard: HeardText): Promise<void> {
  await ctx.db.sql`
    update outbox set not_before = ${ctx.now}::timestamptz
    where dedupe_key = ${confirmKey(heard)} and state = 'queued'`;
}

/** Texts that were being handed to the provider while STOP came in: after this none of them arrives later than the answer. */
async function untilSilent(ctx: Ctx, phoneLookup: string): Promise<boolean> {
  for (let waited = 0; waited < WAIT_MS; waited += 50) {
    const rows = await ctx.db.sql`
      select 1 from outbox o join people p on p.id = o.person_id
      where p.phone_lookup = ${phoneLookup} and o.state in ('claimed', 'submitting') and o.template <> 'opted_out' limit 1`;
    if (rows.length === 0) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}
