import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { inLocale, isLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { openName } from "#app/people/person.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { lastDigits, readThreadPhone } from "./open-phone.server.ts";
import { inTheirHands, mustBeAtTheDesk, threadsWithPeople } from "./scope.server.ts";

/** One phone's thread, without its texts. */
export type Thread = {
  id: string;
  phoneLookup: string;
  personId: string | null;
  name: string | null;
  /** Null for a hidden number: it cannot be answered. */
  digits: string | null;
  /** The whole number in E.164, for ten minutes after this coordinator asked to see it. */
  phone: string | null;
  locale: Locale | null;
  group: { id: string; name: string } | null;
  unread: boolean;
  lastHeardAt: Date;
  stopped: boolean;
  /** The number of ours that they write to, where they can text START. */
  ourNumber: string | null;
  /** Code of the post that was made of it last. */
  postCode: string | null;
  /** Grows with each answer by a coordinator. */
  answers: number;
  answered: { by: string | null; you: boolean; at: Date } | null;
  /** Lines they wrote to the other side of a promise: that there are some, never what they say. */
  relayLines: number;
  /** Texts of ours about groups that are not theirs to see. */
  textsElsewhere: number;
};

type Row = {
  id: string;
  phone_lookup: string;
  phone_sealed: string;
  person_id: string | null;
  name_sealed: string | null;
  locale: string | null;
  group_id: string | null;
  group_name: string | null;
  translations: Translations | null;
  unread_since: Date | null;
  last_heard_at: Date;
  stopped: boolean;
  our_number: string | null;
  post_code: string | null;
  answers: number;
  answered_at: Date | null;
  answered_by: string | null;
  answerer_sealed: string | null;
  relay_lines: number;
  may_see_number: boolean;
};

const NUMBER_SHOWN_MINUTES = 10;

/** @throws Problem `not-found` also when it is not theirs to see, `not-allowed` for people who coordinate nothing. */
export async function getThread(ctx: PersonCtx, id: string, locale: Locale): Promise<Omit<Thread, "textsElsewhere">> {
  mustBeAtTheDesk(ctx);
  const { sql } = ctx.db;
  const seenSince = new Date(ctx.now.getTime() - NUMBER_SHOWN_MINUTES * 60_000);
  const [row] = isUuid(id)
    ? await sql<Row[]>`
    select t.id, t.phone_lookup, t.phone_sealed, p.id as person_id, p.name_sealed, p.locale, t.group_id,
      g.name as group_name, g.translations, t.unread_since, t.last_heard_at, posts.code as post_code, t.answers,
      t.answered_at, t.answered_by, a.name_sealed as answerer_sealed,
      coalesce((select action = 'out' from consent_events c where c.phone_lookup = t.phone_lookup
        order by c.id desc limit 1), false) as stopped,
      (select nullif(i.to_number, '') from inbound_texts i where i.phone_lookup = t.phone_lookup
        order by i.received_at desc limit 1) as our_number,
      (select count(*)::int from inbound_texts i where i.phone_lookup = t.phone_lookup and i.outcome = 'relay') as relay_lines,
      exists (select from events e where e.data->>'threadId' = t.id::text and e.data ? 'threadId'
        and e.type = 'thread.number_seen' and e.actor_id = ${ctx.person.id}::uuid
        and e.at > ${seenSince}::timestamptz) as may_see_number
    from ${threadsWithPeople(ctx)}
    left join groups g on g.id = t.group_id left join posts on posts.id = t.post_id
    left join people a on a.id = t.answered_by
    where t.id = ${id}::uuid and ${inTheirHands(ctx)}`
    : [];
  if (!row) throw new Problem("not-found");
  return threadOf(ctx, row, locale);
}

function threadOf(ctx: PersonCtx, row: Row, locale: Locale): Omit<Thread, "textsElsewhere"> {
  const phone = readThreadPhone(ctx, row);
  const nameOf = (id: string | null, name_sealed: string | null) =>
    id ? openName(ctx.seal, { id, name_sealed }) : null;
  return {
    id: row.id,
    phoneLookup: row.phone_lookup,
    personId: row.person_id,
    name: nameOf(row.person_id, row.name_sealed),
    digits: lastDigits(phone),
    phone: row.may_see_number ? phone : null,
    locale: isLocale(row.locale) ? row.locale : null,
    group: row.group_id
      ? {
          id: row.group_id,
          name: inLocale({ name: row.group_name ?? "", translations: row.translations ?? {} }, "name", locale),
        }
      : null,
    unread: row.unread_since !== null,
    lastHeardAt: row.last_heard_at,
    stopped: row.stopped,
    ourNumber: row.our_number,
    postCode: row.post_code,
    answers: row.answers,
    answered: row.answered_at && {
      by: nameOf(row.answered_by, row.answerer_sealed),
      you: row.answered_by === ctx.person.id,
      at: row.answered_at,
    },
    relayLines: row.relay_lines,
  };
}
