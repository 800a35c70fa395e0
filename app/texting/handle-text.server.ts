import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { isShutOut } from "#app/people/blocked/is-blocked.server.ts";
import { isOptedOut } from "#app/people/consent.server.ts";
import { findOrMakePerson } from "#app/people/find-person.server.ts";
import { findSignedIn } from "#app/people/find-session.server.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { readCommand } from "#app/sms/grammar.ts";
import { languageOf } from "#app/sms/language.ts";
import { readKeyword } from "#app/sms/keywords.ts";
import { current, type Conversation } from "./conversation.ts";
import { converse } from "./converse.ts";
import { isPhone } from "./hear-text.server.ts";
import { settleText } from "./settle-text.server.ts";
import type { Taken } from "./take-texts.server.ts";
import type { Answer, Texter } from "./texter.ts";
import { understand } from "./understand.server.ts";

/** After so many failures a person reads it instead. */
const TRIES = 3;
const MINUTES = 10;
/** Answers to what asks for nothing: past these we fall silent, or two machines talk for ever. */
const IDLE_ANSWERS = { max: 10, perSeconds: MINUTES * 60 };
/** All answers: more than a person types. */
const ANSWERS = { max: 60, perSeconds: MINUTES * 60 };

/** Handles one text. @returns false when another worker was quicker. @throws what the verbs throw: it is tried again. */
export async function handleText(ctx: Ctx, { worker, taken }: { worker: string; taken: Taken }): Promise<boolean> {
  const { heard, from } = taken;
  const conversation = current(taken.conversation, ctx.now.getTime());
  const quiet = (answer: Answer) => settle(ctx, { worker, taken, answer, conversation, texter: null });
  if (heard.keyword === "stop" || heard.keyword === "start") return keyword(ctx, { worker, taken, conversation });
  if (!isPhone(from) || taken.isOurs) return quiet({ outcome: "inbox", say: [], unread: true });
  // Whoever is blocked is not answered, and nobody is called to read it; it is kept like any text.
  if (await isShutOut(ctx, taken.phoneLookup)) return quiet({ outcome: "blocked", say: [] });
  // Not even who wrote could be found out, again and again: a person reads it, and the texts after it get their turn.
  if (taken.tries > 2 * TRIES) return quiet({ outcome: "inbox", say: [], unread: true });
  const texter = await whoWrites(ctx, taken, conversation);
  const handed = conversation.draft === null && taken.conversation.draft !== null;
  const answer = taken.tries > TRIES ? inTrouble(texter) : await understood(texter);
  const answered = handed ? { ...answer, unread: true } : answer;
  return settle(ctx, { worker, taken, answer: await within(texter, taken, answered), conversation, texter });
}

/** STOP and START were honoured when they came in; they leave the conversation, whose draft is kept. */
async function keyword(
  ctx: Ctx,
  { worker, taken, conversation }: { worker: string; taken: Taken; conversation: Conversation },
): Promise<boolean> {
  const { state } = converse(conversation, { kind: "stop" }, { now: ctx.now.getTime(), choices: [] });
  const word = readKeyword(taken.heard.body, { optedOut: true });
  const answer = { outcome: taken.heard.keyword!, say: [], change: state, unread: word?.freeform === true };
  return settle(ctx, { worker, taken, answer, conversation, texter: null });
}

type Settling = { worker: string; taken: Taken; answer: Answer; conversation: Conversation; texter: Texter | null };

const settle = (ctx: Ctx, { worker, taken, answer, conversation, texter }: Settling): Promise<boolean> =>
  settleText(ctx, {
    worker,
    taken,
    answer,
    conversation: { ...conversation, ...answer.change },
    reader: texter && { id: texter.ctx.person.id, locale: texter.locale },
  });

/** The person of this phone, made when there is none: a text proves the number it comes from. */
async function whoWrites(ctx: Ctx, { from, heard }: Taken, conversation: Conversation): Promise<Texter> {
  const { language } = readCommand(heard.body, { optedOut: false });
  const spoken = language ?? languageOf(heard.body);
  const { id } = await findOrMakePerson(ctx, { phone: from, locale: spoken ?? "en", verified: true });
  if (language === "es") await readsSpanish(ctx, id);
  const [person, [row]] = await Promise.all([
    findSignedIn(ctx.db, id),
    ctx.db.sql<{ zone: string }[]>`select time_zone as zone from people where id = ${id}::uuid`,
  ]);
  if (!person) throw new Problem("unexpected");
  const locale = localeOf(person.locale, language, conversation);
  const personCtx: PersonCtx = { ...ctx, now: ctx.now, person: { ...person, locale } };
  return { ctx: personCtx, t: textFor(locale), locale, timeZone: row?.zone ?? "UTC", heard, conversation };
}

/**
 * Somebody who only ever texts and begins in Spanish is told everything in Spanish from then on; on the web, and by
 * LANG, people choose for themselves.
 */
async function readsSpanish(ctx: Ctx, personId: string): Promise<void> {
  await ctx.db.sql`
    update people p set locale = 'es'
    where p.id = ${personId}::uuid and p.locale = 'en' and p.name_sealed is null
      and not exists (select from sessions s where s.person_id = p.id)
      and not exists (select from inbound_texts i where i.phone_lookup = p.phone_lookup and i.outcome = 'lang')`;
}

/** Theirs; but whoever writes a Spanish word, or began a post with one, is answered in Spanish, unless they read Arabic. */
function localeOf(theirs: Locale, ofKeyword: Locale | null, { flow }: Conversation): Locale {
  if (theirs !== "en") return theirs;
  return ofKeyword === "es" || (ofKeyword === null && flow?.locale === "es") ? "es" : theirs;
}

/** What went wrong for good reasons is said; anything else is thrown, and the text comes again. */
async function understood(texter: Texter): Promise<Answer> {
  try {
    return await understand(texter);
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    texter.ctx.log.warn("a text met a problem", errorFields(error));
    return inTrouble(texter);
  }
}

/** A person looks at it; but words for the other side of a promise stay between the two. */
function inTrouble({ t, heard }: Texter): Answer {
  const isRelay = readCommand(heard.body, { optedOut: false }).kind === "relay";
  return { outcome: isRelay ? "relay" : "inbox", say: [t("texting.trouble")], unread: true };
}

/** Who said STOP is not answered, and what they wrote is read by a person; nor is who gets answers without end. */
async function within({ ctx }: Texter, { phoneLookup }: Taken, answer: Answer): Promise<Answer> {
  if (await isOptedOut(ctx, phoneLookup)) return { ...answer, say: [], unread: true };
  if (answer.say.length === 0) return answer;
  const key = `texts to ${phoneLookup}`;
  const mayAnswer =
    (!answer.idle || (await takeFromLimit(ctx, { key: `idle ${key}`, ...IDLE_ANSWERS }))) &&
    (await takeFromLimit(ctx, { key, ...ANSWERS }));
  return mayAnswer ? answer : { ...answer, say: [], unread: true };
}
