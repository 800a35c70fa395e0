import type { Ctx } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { insertOf, owedText } from "#app/notifications/owed-texts.server.ts";
import { isOptedOut } from "#app/people/consent.server.ts";
import { findOrMakePerson } from "#app/people/find-person.server.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { plainLetters } from "#app/sms/segments.ts";

/** A call as the provider tells of it. `from` is E.164, or null where the caller hides their number. */
export type Call = { callSid: string; from: string | null; to: string };

/** Many from one shelter's phone are fine; a machine that calls for ever is not. */
const CALLS_EACH = { max: 20, perSeconds: 3_600 };

/** Who calls from a hidden number is a thread of their own: nobody can be told apart from another there. */
const lookupOf = (ctx: Ctx, { callSid, from }: Call) => ctx.seal.lookup("phone", from ?? `call ${callSid}`);

/**
 * Somebody calls: the call is kept once.
 *
 * @returns the language to greet them in first, or null when this phone has called too often.
 */
export async function answerCall(ctx: Ctx, call: Call): Promise<{ locale: Locale } | null> {
  const phoneLookup = lookupOf(ctx, call);
  if (!(await takeFromLimit(ctx, { key: `calls|${phoneLookup}`, ...CALLS_EACH }))) return null;
  await ctx.db.sql`
      insert into voice_calls (call_sid, phone_lookup, from_sealed, to_number, received_at, updated_at)
      values (${call.callSid}, ${phoneLookup},
        ${ctx.seal.seal(call.from ?? "", { table: "voice_calls", column: "from_sealed", row: call.callSid })},
        ${call.to}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)
      on conflict do nothing`;
  return { locale: await callersLocale(ctx, call) };
}

/** The language of somebody we know; English for everybody else. */
export async function callersLocale(ctx: Ctx, call: Call): Promise<Locale> {
  const [person] = await ctx.db.sql<{ locale: string }[]>`
    select locale from people where phone_lookup = ${lookupOf(ctx, call)}`;
  return person && isLocale(person.locale) ? person.locale : "en";
}

/**
 * They pressed 1: a text goes to them that says how to ask. Asked twice, it is one text.
 *
 * @returns false when they cannot be texted: a hidden number, or they said STOP.
 */
export async function textBack(ctx: Ctx, call: Call, locale: Locale): Promise<boolean> {
  if (!call.from || (await isOptedOut(ctx, lookupOf(ctx, call)))) return false;
  const person = await findOrMakePerson(ctx, { phone: call.from, locale });
  const reader = { id: person.id, timeZone: "UTC", quietFrom: 0, quietTo: 0 };
  const words = textFor(locale)("voice.text_back");
  const body = locale === "ar" ? words : plainLetters(words);
  const text = owedText(ctx, { dedupeKey: `call:${call.callSid}`, template: "reply", reader, body });
  await ctx.db.sql`
    with moved as (
      update voice_calls set state = 'text_back', handled_at = ${ctx.now}::timestamptz, updated_at = ${ctx.now}::timestamptz
      where call_sid = ${call.callSid} and state = 'ringing' returning 1
    ), owed as (${insertOf(ctx, [text], ctx.db.sql`exists (select from moved)`)})
    select 1`;
  return true;
}

/** They left a message: the call and, in the coordinators' inbox, their thread wait for a person. Told twice, kept once. */
export async function keepRecording(
  ctx: Ctx,
  call: Call,
  recording: { recordingSid: string; seconds: number },
): Promise<void> {
  const phoneLookup = lookupOf(ctx, call);
  const place = { table: "text_threads", column: "phone_sealed", row: phoneLookup };
  await ctx.db.sql`
    with moved as (
      update voice_calls set state = 'recorded', recording_sid = ${recording.recordingSid},
        recording_seconds = ${recording.seconds}::int, updated_at = ${ctx.now}::timestamptz
      where call_sid = ${call.callSid} and recording_sid is null returning phone_lookup
    )
    insert into text_threads as t (phone_lookup, phone_sealed, person_id, last_heard_at, unread_since, updated_at)
    select phone_lookup, ${ctx.seal.seal(call.from ?? "", place)},
      (select id from people where phone_lookup = moved.phone_lookup), ${ctx.now}::timestamptz, ${ctx.now}::timestamptz,
      ${ctx.now}::timestamptz
    from moved
    on conflict (phone_lookup) do update set last_heard_at = excluded.last_heard_at,
      unread_since = coalesce(t.unread_since, excluded.unread_since), updated_at = excluded.updated_at`;
}

/** What a machine understood of the message; a help for the eye, never more than that. */
export async function keepTranscript(ctx: Ctx, { callSid }: Pick<Call, "callSid">, words: string): Promise<void> {
  const place = { table: "voice_calls", column: "transcript_sealed", row: callSid };
  await ctx.db.sql`
    update voice_calls set transcript_sealed = ${ctx.seal.seal(words.slice(0, 4_000), place)},
      updated_at = ${ctx.now}::timestamptz
    where call_sid = ${callSid}`;
}

/** They hung up. */
export async function endCall(ctx: Ctx, { callSid }: Pick<Call, "callSid">): Promise<void> {
  await ctx.db.sql`
    update voice_calls set state = 'ended', handled_at = ${ctx.now}::timestamptz, updated_at = ${ctx.now}::timestamptz
    where call_sid = ${callSid} and state = 'ringing'`;
}
