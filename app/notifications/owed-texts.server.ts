import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { afterAllQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import type { Reader } from "./read-readers.server.ts";
import { discreetWords } from "./discreet-words.server.ts";
import { lastWrittenTo, senderFor } from "./choose-sender.server.ts";
import { rulesOf, type Template } from "./template.ts";

/** A row to be written into `outbox`; the names are its columns. */
export type OwedText = {
  id: string;
  dedupe_key: string;
  event_id: number | null;
  person_id: string;
  group_id: string | null;
  sender_id: string | null;
  broadcast_id: string | null;
  template: Template;
  lane: number;
  body_sealed: string;
  segments: number;
  not_before: Date;
  expires_at: Date;
};

type Owed = {
  /** The same telling can be written only once, ever. */
  dedupeKey: string;
  template: Template;
  reader: Pick<Reader, "id" | "timeZone" | "quietFrom" | "quietTo"> &
    Partial<Pick<Reader, "awake" | "urgentAtNight" | "discreet" | "locale" | "first">>;
  /** The words as they go out; sealed here. */
  body: string;
  /** Where a reader whose texts say nothing reads it instead; the start page unless given. */
  link?: string;
  eventId?: number | null;
  groupId?: string | null | undefined;
  /** Which of our numbers it must leave by. */
  senderId?: string | null;
  broadcastId?: string | null;
  /** It is about an urgent need: that may wake whoever said so. */
  urgent?: boolean;
  /** When the group it is about alerts nobody, whatever the reader allows. */
  groupQuiet?: QuietHours | null;
};

/** The row of a text we owe: held back until the reader's quiet hours are over where its template can wait. */
export function owedText(ctx: Ctx, owed: Owed): OwedText {
  const { lane, validMinutes } = rulesOf(owed.template);
  const id = newId(ctx.now);
  const body = isDiscreet(owed) ? discreetWords(owed.reader, owed.link ?? ctx.publicUrl) : owed.body;
  const notBefore = afterAllQuietHours(ctx.now, quietFor(ctx, owed, lane));
  return {
    id,
    dedupe_key: owed.dedupeKey,
    event_id: owed.eventId ?? null,
    person_id: owed.reader.id,
    group_id: owed.groupId ?? null,
    sender_id: owed.senderId ?? null,
    broadcast_id: owed.broadcastId ?? null,
    template: owed.template,
    lane,
    body_sealed: ctx.seal.seal(body, { table: "outbox", column: "body_sealed", row: id }),
    segments: segmentsOf(body).count,
    not_before: notBefore,
    expires_at: new Date(notBefore.getTime() + validMinutes * 60_000),
  };
}

/** Codes, and answers to what they wrote themselves, say what they must; a relay's lines are somebody else's words. */
const isDiscreet = ({ template, reader }: Owed): boolean =>
  reader.discreet === true && (rulesOf(template).lane >= 5 || template === "relay");

/** Whose night it has to wait for: the reader's, and for an alert its group's too. */
const quietFor = (ctx: Ctx, owed: Owed, lane: number): QuietHours[] => [
  ...(mayCome(ctx, owed) ? [] : [owed.reader]),
  ...(lane === 9 && owed.groupQuiet && !ctx.wakesNobody ? [owed.groupQuiet] : []),
];

/** At any hour: what they just asked for, a notice while they write to us, and what they let wake them. */
function mayCome(ctx: Ctx, { template, reader, urgent = false }: Owed): boolean {
  const { lane, waitsForMorning } = rulesOf(template);
  if (!waitsForMorning || ctx.wakesNobody) return true;
  if (template === "new_need") return urgent && reader.urgentAtNight === true;
  return lane === 5 && reader.awake === true;
}

/** Of one kind in an hour, to one person. More than this is a loop or a bully, and would cost the sender its number. */
const OF_A_KIND_AN_HOUR = 20;

/**
 * The insert of these texts, to stand alone or as a CTE beside the change that owes them. Texts that are already there
 * (same `dedupe_key`) stay as they are. One that names no sender gets the one that always texts this person; an answer
 * gets the one they wrote to. Past `OF_A_KIND_AN_HOUR` none is added: codes and replies have limits of their own.
 *
 * They go in by key, so that two workers with the same texts wait for each other instead of locking each other out.
 *
 * @param only an SQL condition that must hold, such as `exists (select from moved)`.
 */
export function insertOf(ctx: Ctx, rows: OwedText[], only?: PendingQuery<Row[]>): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  return sql`
    insert into outbox (id, dedupe_key, event_id, person_id, group_id, sender_id, broadcast_id, template, lane,
      body_sealed, segments, not_before, expires_at, created_at, updated_at)
    select id, dedupe_key, event_id, person_id, group_id, coalesce(sender_id,
        case when lane = 1 and template <> 'relay' then ${lastWrittenTo(ctx, sql`r.person_id`)} end,
        ${senderFor(ctx, sql`r.person_id`)}),
      broadcast_id, template, lane, body_sealed, segments,
      not_before, expires_at, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from (
      select *, row_number() over (partition by person_id, template order by id) as nth
      from jsonb_to_recordset(${sql.json(rows as never)}) as given(id uuid, dedupe_key text, event_id bigint,
        person_id uuid, group_id uuid, sender_id uuid, broadcast_id uuid, template text, lane smallint,
        body_sealed text, segments smallint, not_before timestamptz, expires_at timestamptz)
    ) r
    where ${only ?? sql`true`} and (lane < 5 or ${OF_A_KIND_AN_HOUR} - nth >= (select count(*) from (
      select from outbox o where o.person_id = r.person_id and o.template = r.template
        and o.created_at > ${ctx.now}::timestamptz - interval '1 hour' limit ${OF_A_KIND_AN_HOUR}) sent))
    order by dedupe_key
    on conflict (dedupe_key) do nothing`;
}

/** Writes these texts, each once. */
export async function insertTexts(ctx: Ctx, rows: OwedText[]): Promise<void> {
  if (rows.length > 0) await insertOf(ctx, rows);
}
