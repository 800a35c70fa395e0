import type { PersonCtx } from "#app/core/ctx.ts";
import { inLocale, isLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { openName } from "#app/people/person.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { lastDigits, meantForOther, openHeard, readThreadPhone } from "./open-phone.server.ts";
import { inTheirHands, mustBeAtTheDesk, saidToUs, threadsWithPeople } from "./scope.server.ts";

export const BOXES = ["unread", "all", "calls"] as const;
export type Box = (typeof BOXES)[number];

/** One phone's texts and calls, as a list shows them: no number but its last two digits. */
export type ListedThread = {
  id: string;
  name: string | null;
  /** Null for a hidden number. */
  digits: string | null;
  /** The beginning of what they said to us last; null where that was a call, or nothing to us. */
  words: string | null;
  /** Seconds of the last message they left by voice, where that came after their last words. */
  callSeconds: number | null;
  unreadSince: Date | null;
  lastHeardAt: Date;
  group: string | null;
  locale: Locale | null;
  stopped: boolean;
};

export type ThreadPage = { threads: ListedThread[]; next: string | null };

const PAGE = 20;
const WORDS_SHOWN = 110;

type ThreadRow = {
  id: string;
  phone_lookup: string;
  phone_sealed: string;
  person_id: string | null;
  name_sealed: string | null;
  locale: string | null;
  last_heard_at: Date;
  unread_since: Date | null;
  group_name: string | null;
  translations: Translations | null;
  message_sid: string | null;
  body_sealed: string | null;
  call_seconds: number | null;
  stopped: boolean;
};

/**
 * Threads of a box, newest first, 20 at a time. `unread` waits for a person; `calls` have a message by voice that nobody
 * has dealt with. Never what people said to each other.
 *
 * @param group only those a group of this id looks after.
 */
export async function listThreads(
  ctx: PersonCtx,
  { box, group = null, cursor = null }: { box: Box; group?: string | null; cursor?: string | null },
  locale: Locale,
): Promise<ThreadPage> {
  mustBeAtTheDesk(ctx);
  const { sql } = ctx.db;
  const from = readCursor(cursor);
  const rows = await sql<ThreadRow[]>`
    select t.id, t.phone_lookup, t.phone_sealed, p.id as person_id, p.name_sealed, p.locale, t.last_heard_at,
      t.unread_since, g.name as group_name, g.translations, heard.message_sid,
      heard.body_sealed, call.recording_seconds as call_seconds,
      coalesce((select action = 'out' from consent_events c where c.phone_lookup = t.phone_lookup
        order by c.id desc limit 1), false) as stopped
    from ${threadsWithPeople(ctx)}
    left join groups g on g.id = t.group_id
    left join lateral (
      select i.message_sid, i.body_sealed, i.received_at from inbound_texts i
      where i.phone_lookup = t.phone_lookup and ${saidToUs(ctx)} order by (i.outcome = 'inbox' and t.unread_since is not null) desc nulls last, i.received_at desc limit 1) heard on true
    left join lateral (
      select v.recording_seconds, v.received_at from voice_calls v
      where v.phone_lookup = t.phone_lookup and v.recording_sid is not null
        and v.received_at > coalesce(heard.received_at, '-infinity') order by v.received_at desc limit 1) call on true
    where ${inTheirHands(ctx)}
      and (${group}::uuid is null or t.group_id = ${group}::uuid)
      and ${inBox(ctx, box)}
      and (${from?.at ?? null}::timestamptz is null or (t.last_heard_at, t.id) < (${from?.at ?? null}::timestamptz, ${from?.id ?? null}::uuid))
    order by t.last_heard_at desc, t.id desc limit ${PAGE + 1}`;
  const shown = rows.slice(0, PAGE);
  const last = rows.length > PAGE ? shown.at(-1) : null;
  return {
    threads: shown.map((row) => listed(ctx, row, locale)),
    next: last ? `${last.last_heard_at.getTime()}_${last.id}` : null,
  };
}

function inBox(ctx: PersonCtx, box: Box) {
  const { sql } = ctx.db;
  if (box === "unread") return sql`t.unread_since is not null`;
  if (box === "all") return sql`true`;
  return sql`exists (select from voice_calls v where v.phone_lookup = t.phone_lookup
    and v.recording_sid is not null and v.handled_at is null)`;
}

function readCursor(cursor: string | null): { at: Date; id: string } | null {
  const [at = "", id = ""] = (cursor ?? "").split("_");
  return /^\d{1,14}$/.test(at) && isUuid(id) ? { at: new Date(Number(at)), id } : null;
}

function listed(ctx: PersonCtx, row: ThreadRow, locale: Locale): ListedThread {
  const said = row.message_sid && openHeard(ctx, { message_sid: row.message_sid, body_sealed: row.body_sealed });
  return {
    id: row.id,
    name: row.person_id ? openName(ctx.seal, { id: row.person_id, name_sealed: row.name_sealed }) : null,
    digits: lastDigits(readThreadPhone(ctx, row)),
    words: row.call_seconds === null && said && !meantForOther(said) ? begin(said) : null,
    callSeconds: row.call_seconds,
    unreadSince: row.unread_since,
    lastHeardAt: row.last_heard_at,
    group: row.group_name && inLocale({ name: row.group_name, translations: row.translations ?? {} }, "name", locale),
    locale: isLocale(row.locale) ? row.locale : null,
    stopped: row.stopped,
  };
}

const begin = (text: string): string => {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  return letters.length <= WORDS_SHOWN ? letters.join("") : `${letters.slice(0, WORDS_SHOWN).join("").trimEnd()}…`;
};

const COUNT_STOPS_AT = 100;

/** How many threads wait for this coordinator; 100 means "many". */
export async function countUnread(ctx: PersonCtx): Promise<number> {
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from (
      select from ${threadsWithPeople(ctx)} where t.unread_since is not null and ${inTheirHands(ctx)}
      limit ${COUNT_STOPS_AT}) waiting`;
  return row!.n;
}
