import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { isLocale } from "#app/i18n/locales.ts";
import { isOptedOut } from "#app/people/consent.server.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { readKeyword, type Keyword } from "#app/sms/keywords.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { rulesOf, type WordedTemplate } from "./template.ts";
import { wording } from "./wording.ts";

/** A text somebody sent us. `from` is E.164. */
export type HeardText = { messageSid: string; from: string; body: string };

const REPLIES: Record<Keyword["kind"], WordedTemplate> = { stop: "opted_out", start: "opted_in", help: "help" };
/** So that two machines cannot answer each other for ever. */
const REPLIES_EACH = { max: 10, perSeconds: 600 };
const WAIT_MS = 5_000;

/**
 * Keeps a text once and honours STOP, START and HELP at once: the ledger, the silencing of what is queued and the one
 * reply are written by the statement that keeps the text. Words the provider answers itself get no reply of ours.
 * Everything else waits, sealed, for a coordinator (`handled_at` is null; also a STOP in a sentence, to be looked at).
 * After a STOP it returns only when nothing to that person is on its way any more, or after five seconds.
 *
 * @returns the word that was understood, and whether the text was new.
 */
export async function hearText(
  ctx: Ctx,
  heard: HeardText,
): Promise<{ keyword: Keyword["kind"] | null; fresh: boolean }> {
  const phoneLookup = ctx.seal.lookup("phone", heard.from);
  const keyword = readKeyword(heard.body, { optedOut: await isOptedOut(ctx, phoneLookup) });
  const fresh = await keep(ctx, heard, phoneLookup, keyword);
  if (keyword?.kind === "stop") await untilSilent(ctx, phoneLookup);
  return { keyword: keyword?.kind ?? null, fresh };
}

async function keep(ctx: Ctx, heard: HeardText, phoneLookup: string, keyword: Keyword | null): Promise<boolean> {
  const place = (column: string) => ({ table: "inbound_texts", column, row: heard.messageSid });
  const action = keyword?.kind === "stop" ? "out" : keyword?.kind === "start" ? "in" : null;
  const handled = keyword && !keyword.freeform ? ctx.now : null;
  const reply = keyword && !keyword.answeredByProvider ? await replyFor(ctx, phoneLookup, keyword) : null;
  const now = ctx.now;
  const [row] = await ctx.db.sql<{ fresh: boolean }[]>`
    with heard as (
      insert into inbound_texts (message_sid, phone_lookup, from_sealed, body_sealed, keyword, received_at, handled_at)
      values (${heard.messageSid}, ${phoneLookup}, ${ctx.seal.seal(heard.from, place("from_sealed"))},
        ${ctx.seal.seal(heard.body, place("body_sealed"))}, ${keyword?.kind ?? null}::text, ${now}::timestamptz,
        ${handled}::timestamptz)
      on conflict do nothing returning message_sid
    ), ledger as (
      insert into consent_events (phone_lookup, action, source, at)
      select ${phoneLookup}, ${action}::text, ${keyword?.freeform ? "freeform" : "keyword"}, ${now}::timestamptz
      from heard
      where ${action}::text is not null and ${action}::text <> coalesce((select action from consent_events
        where phone_lookup = ${phoneLookup} order by id desc limit 1), 'in')
      returning id
    ), silenced as (
      update outbox o set state = 'suppressed', done_at = ${now}::timestamptz, updated_at = ${now}::timestamptz,
        leased_by = null, lease_until = null
      from people p, heard
      where ${action}::text = 'out' and p.phone_lookup = ${phoneLookup} and o.person_id = p.id
        and o.state in ('queued', 'claimed') and o.template <> 'opted_out'
    ), replied as (
      insert into outbox (id, dedupe_key, person_id, template, lane, body_sealed, segments, not_before, expires_at,
        created_at, updated_at)
      select ${reply?.id ?? null}::uuid, ${`reply:${heard.messageSid}`}, ${reply?.personId ?? null}::uuid,
        ${reply?.template ?? null}::text, 1, ${reply?.bodySealed ?? null}::text, ${reply?.segments ?? 1}::smallint,
        ${now}::timestamptz, ${reply?.expiresAt ?? null}::timestamptz, ${now}::timestamptz, ${now}::timestamptz
      from heard
      where ${reply !== null} and (${action}::text is null or exists (select 1 from ledger))
      on conflict do nothing
    )
    select exists (select 1 from heard) as fresh`;
  return row?.fresh ?? false;
}

/** The one text in answer, for somebody we know; a stranger who writes to us becomes nobody's record. */
async function replyFor(ctx: Ctx, phoneLookup: string, keyword: Keyword) {
  const [person] = await ctx.db.sql<{ id: string; locale: string }[]>`
    select id, locale from people where phone_lookup = ${phoneLookup} and phone_sealed is not null`;
  if (!person) return null;
  const key = `reply|${phoneLookup}`;
  if (!(await takeFromLimit(ctx, { key, ...REPLIES_EACH }))) return null;
  const template = REPLIES[keyword.kind];
  const locale = isLocale(person.locale) ? person.locale : "en";
  const body = wording(
    template,
    null,
    { who: null, link: ctx.publicUrl, host: "", signInCode: null, timeZone: "UTC", first: false },
    textFor(locale),
    locale,
  );
  const id = newId(ctx.now);
  return {
    id,
    personId: person.id,
    template,
    bodySealed: ctx.seal.seal(body, { table: "outbox", column: "body_sealed", row: id }),
    segments: segmentsOf(body).count,
    expiresAt: new Date(ctx.now.getTime() + rulesOf(template).validMinutes * 60_000),
  };
}

/** Texts that were being handed to the provider while STOP came in: after this none of them arrives later than the answer. */
async function untilSilent(ctx: Ctx, phoneLookup: string): Promise<void> {
  for (let waited = 0; waited < WAIT_MS; waited += 50) {
    const rows = await ctx.db.sql`
      select 1 from outbox o join people p on p.id = o.person_id
      where p.phone_lookup = ${phoneLookup} and o.state in ('claimed', 'submitting') and o.template <> 'opted_out' limit 1`;
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
