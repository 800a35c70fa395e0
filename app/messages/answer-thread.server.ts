import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isLocale } from "#app/i18n/locales.ts";
import { insertOf, owedText } from "#app/notifications/owed-texts.server.ts";
import { findOrMakePerson } from "#app/people/find-person.server.ts";
import { afterQuietHours } from "#app/people/quiet-hours.ts";
import { isUuid } from "#app/people/uuid.ts";
import { openThreadPhone } from "./open-phone.server.ts";
import { inTheirHands, mustBeAtTheDesk, stillUnread, threadsWithPeople } from "./scope.server.ts";

/** The provider takes no more in one text. */
export const LONGEST_ANSWER = 1_600;

export type AnswerGiven = {
  threadId: string;
  words: string;
  /** Made with the form: sent twice it is one text. */
  key: string;
  /** `answers` of the thread as the form showed it. */
  answers: number;
  /** `lastHeardAt` as the form showed it: what came later stays unread. */
  heardUntil: Date;
};

/** `answered_meanwhile`: nothing was sent, another coordinator was quicker. */
export type Answered = { kind: "sent"; goesAt: Date | null } | { kind: "stopped" | "answered_meanwhile" | "no_phone" };

const AWAKE_MINUTES = 15;
const VALID_HOURS = 24;

type ThreadRow = {
  phone_lookup: string;
  phone_sealed: string;
  group_id: string | null;
  last_heard_at: Date;
  person_id: string | null;
  locale: string | null;
  time_zone: string;
  quiet_from: number;
  quiet_to: number;
};

/**
 * A coordinator answers by text, in their own words. One statement writes the text, moves the thread on and records who
 * did it; it writes nothing where the phone said STOP or somebody else answered since the form was shown. Whoever wrote
 * to us within a quarter of an hour is awake; others are not woken in their quiet hours.
 *
 * @throws Problem `not-found` when the thread is not theirs, `invalid-input` without words or with too many.
 */
export async function answerThread(ctx: PersonCtx, given: AnswerGiven): Promise<Answered> {
  mustBeAtTheDesk(ctx);
  const words = given.words.replaceAll("\r\n", "\n").trim();
  if (!words || words.length > LONGEST_ANSWER || !given.key) throw new Problem("invalid-input", { field: "words" });
  const thread = await readThread(ctx, given.threadId);
  const phone = openThreadPhone(ctx, thread);
  if (!phone) return { kind: "no_phone" };
  const locale = isLocale(thread.locale) ? thread.locale : ctx.person.locale;
  const person = thread.person_id
    ? { id: thread.person_id }
    : await findOrMakePerson(ctx, { phone, locale, verified: true });

  const reader = { id: person.id, timeZone: thread.time_zone, quietFrom: thread.quiet_from, quietTo: thread.quiet_to };
  const awake = ctx.now.getTime() - thread.last_heard_at.getTime() < AWAKE_MINUTES * 60_000;
  const notBefore = awake || ctx.wakesNobody || !thread.person_id ? ctx.now : afterQuietHours(ctx.now, reader);
  const dedupeKey = `answer:${ctx.seal.lookup("request", `${ctx.person.id}|${given.threadId}|${given.key}`)}`;
  const text = {
    ...owedText(ctx, { dedupeKey, template: "reply", reader, body: words, groupId: thread.group_id }),
    not_before: notBefore,
    expires_at: new Date(notBefore.getTime() + VALID_HOURS * 3_600_000),
  };
  const { sql } = ctx.db;
  const [row] = await sql<{ moved: boolean; stopped: boolean; repeated: boolean }[]>`
    with ask as (
      select coalesce((select action = 'out' from consent_events where phone_lookup = ${thread.phone_lookup}
          order by id desc limit 1), false) as stopped,
        exists (select from outbox where dedupe_key = ${dedupeKey}) as repeated
    ), moved as (
      update text_threads t set answers = t.answers + 1, answered_at = ${ctx.now}::timestamptz,
        answered_by = ${ctx.person.id}::uuid, updated_at = ${ctx.now}::timestamptz, person_id = coalesce(t.person_id, ${person.id}::uuid),
        unread_since = ${stillUnread(ctx, given.heardUntil)}
      from ask
      where t.phone_lookup = ${thread.phone_lookup} and t.answers = ${given.answers}::int and not ask.stopped and not ask.repeated
      returning t.id, t.group_id, t.person_id
    ), word as (
      insert into first_words (post_id, at) select p.id, ${ctx.now}::timestamptz
      from moved join posts p on p.author_id = moved.person_id where p.kind = 'need' and p.status <> 'closed'
      on conflict do nothing
    ), owed as (${insertOf(ctx, [text], sql`exists (select from moved)`)} returning id
    ), happened as (
      insert into events (type, group_id, actor_id, data, at)
      select 'thread.answered', moved.group_id, ${ctx.person.id}::uuid,
        jsonb_build_object('threadId', moved.id, 'textId', owed.id), ${ctx.now}::timestamptz
      from moved, owed
    )
    select exists (select from moved) as moved, ask.stopped, ask.repeated from ask`;
  if (row!.moved || row!.repeated || (await wasSent(ctx, dedupeKey))) {
    return { kind: "sent", goesAt: notBefore > ctx.now ? notBefore : null };
  }
  return { kind: row!.stopped ? "stopped" : "answered_meanwhile" };
}

async function readThread(ctx: PersonCtx, id: string): Promise<ThreadRow> {
  const [row] = isUuid(id)
    ? await ctx.db.sql<ThreadRow[]>`
    select t.phone_lookup, t.phone_sealed, t.group_id, t.last_heard_at, p.id as person_id, p.locale,
      coalesce(p.time_zone, 'UTC') as time_zone, coalesce(p.quiet_from, 0) as quiet_from,
      coalesce(p.quiet_to, 0) as quiet_to
    from ${threadsWithPeople(ctx)} where t.id = ${id}::uuid and ${inTheirHands(ctx)}`
    : [];
  if (!row) throw new Problem("not-found");
  return row;
}

/** The twin of this very request was quicker. */
async function wasSent(ctx: PersonCtx, dedupeKey: string): Promise<boolean> {
  const rows = await ctx.db.sql`select from outbox where dedupe_key = ${dedupeKey}`;
  return rows.length === 1;
}
