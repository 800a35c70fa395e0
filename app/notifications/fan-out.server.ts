import { newId } from "#app/core/ids.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import type { Facts } from "./facts.ts";
import { afterQuietHours } from "./quiet-hours.ts";
import { readWaiting, type WaitingEvent } from "./read-facts.server.ts";
import { readReaders, type Reader } from "./read-readers.server.ts";
import { recipients, type Recipient } from "./recipients.ts";
import { rulesOf, type Template } from "./template.ts";
import { wording } from "./wording.ts";

const EVENTS_AT_ONCE = 100;
const TEXTS_AT_ONCE = 2_000;
const ROWS_AT_ONCE = 1_000;

/**
 * Turns new events into texts we owe: one outbox row for each (event, person, template), then stamps the events. Safe
 * to repeat and to run in several workers: `dedupe_key` lets each telling be written once, so a crash between the two
 * statements costs nothing. An event that cannot be told is logged, put into `stuck` and left waiting.
 *
 * @returns how many events were handled.
 */
export async function fanOut(ctx: Ctx, { stuck = new Set<number>() }: { stuck?: Set<number> } = {}): Promise<number> {
  let handled = 0;
  for (;;) {
    const waiting = await readWaiting(ctx, EVENTS_AT_ONCE, stuck);
    if (waiting.length === 0) return handled;
    for (const some of inPortions(waiting)) handled += await tell(ctx, some, stuck);
  }
}

type Telling = { event: WaitingEvent; to: Recipient[] };

/** Events together while they have few recipients: an alert to a big group must not fill the memory a hundred times. */
function* inPortions(waiting: WaitingEvent[]): Generator<Telling[]> {
  let portion: Telling[] = [];
  let texts = 0;
  for (const event of waiting) {
    const to = recipients(event.facts);
    portion.push({ event, to });
    texts += to.length;
    if (texts < TEXTS_AT_ONCE) continue;
    yield portion;
    portion = [];
    texts = 0;
  }
  if (portion.length > 0) yield portion;
}

/** Writes the texts of some events, then stamps those events. @returns how many could be told. */
async function tell(ctx: Ctx, telling: Telling[], stuck: Set<number>): Promise<number> {
  const ids = new Set(telling.flatMap(({ to }) => to.map(({ personId }) => personId)));
  const readers = await readReaders(ctx, [...ids]);
  const done: number[] = [];
  const rows: OutboxRow[] = [];
  const firsts = new Set<string>();
  for (const { event, to } of telling) {
    const { id } = event.facts.event;
    try {
      for (const row of textsFor(ctx, event, to, readers, firsts)) rows.push(row);
      done.push(id);
    } catch (error) {
      stuck.add(id);
      ctx.log.error("an event could not be told", { eventId: id, ...errorFields(error) });
    }
  }
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await insertTexts(ctx, rows.slice(at, at + ROWS_AT_ONCE));
  await ctx.db.sql`
    update events set fanned_out_at = ${ctx.now}::timestamptz
    where id = any(${done}::bigint[]) and fanned_out_at is null`;
  return done.length;
}

/** A row to be written into `outbox`; the names are its columns. */
export type OutboxRow = {
  id: string;
  dedupe_key: string;
  event_id: number | null;
  person_id: string;
  group_id: string | null;
  template: Template;
  lane: number;
  body_sealed: string;
  segments: number;
  not_before: Date;
  expires_at: Date;
};

/** Of one kind in an hour, to one person. More than this is a loop or a bully, and would cost the sender its number. */
const OF_A_KIND_AN_HOUR = 20;

/**
 * Texts that are already there (same `dedupe_key`) stay as they are, and past `OF_A_KIND_AN_HOUR` none is added: codes
 * and replies have limits of their own.
 */
export async function insertTexts(ctx: Ctx, rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await ctx.db.sql`
    insert into outbox (id, dedupe_key, event_id, person_id, group_id, template, lane, body_sealed, segments,
      not_before, expires_at, created_at, updated_at)
    select id, dedupe_key, event_id, person_id, group_id, template, lane, body_sealed, segments, not_before,
      expires_at, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
    from (select *, row_number() over (partition by person_id, template order by id) as nth from jsonb_to_recordset(${ctx.db.sql.json(rows as never)}) as given(id uuid, dedupe_key text, event_id bigint,
      person_id uuid, group_id uuid, template text, lane smallint, body_sealed text, segments smallint,
      not_before timestamptz, expires_at timestamptz)) r
    where lane < 5 or ${OF_A_KIND_AN_HOUR} - nth >= (select count(*) from (
      select from outbox o where o.person_id = r.person_id and o.template = r.template
        and o.created_at > ${ctx.now}::timestamptz - interval '1 hour' limit ${OF_A_KIND_AN_HOUR}) sent)
    order by id
    on conflict (dedupe_key) do nothing`;
}

function textsFor(
  ctx: Ctx,
  { facts, who }: WaitingEvent,
  to: Recipient[],
  readers: Map<string, Reader>,
  firsts: Set<string>,
): OutboxRow[] {
  return to.flatMap(({ personId, template }) => {
    const reader = readers.get(personId);
    const { lane } = rulesOf(template);
    if (!reader) return [];
    if (lane === 9 && reader.alertsLeft !== null && reader.alertsLeft-- <= 0) return [];
    const first = reader.first && !firsts.has(personId);
    if (template !== "sign_in_code") firsts.add(personId);
    const body = wording(
      template,
      facts,
      {
        who,
        link: linkFor(ctx, facts, template, personId),
        host: new URL(ctx.publicUrl).host,
        signInCode: facts.event.type === "sign_in.asked" ? signInCode(ctx.seal, facts.event.data.challengeId) : null,
        timeZone: reader.timeZone,
        first,
      },
      textFor(reader.locale),
      reader.locale,
    );
    return [outboxRow(ctx, { facts, template, reader, body })];
  });
}

/** The author gets their private link, everybody else what anybody may see. */
function linkFor(ctx: Ctx, { post }: Facts, template: Template, personId: string): string {
  if (template === "join_asked") return `${ctx.publicUrl}/coordinate/people`;
  if (template === "review") return `${ctx.publicUrl}/coordinate/posts`;
  if (!post) return `${ctx.publicUrl}/${template === "joined" ? "board" : ""}`;
  if (post.authorId === personId) return `${ctx.publicUrl}/m/${manageToken(ctx.seal, post.id)}`;
  return `${ctx.publicUrl}/p/${post.code}`;
}

function outboxRow(
  ctx: Ctx,
  { facts, template, reader, body }: { facts: Facts; template: Template; reader: Reader; body: string },
): OutboxRow {
  const { lane, waitsForMorning, validMinutes } = rulesOf(template);
  const id = newId(ctx.now);
  const notBefore = waitsForMorning && !ctx.wakesNobody ? afterQuietHours(ctx.now, reader) : ctx.now;
  return {
    id,
    dedupe_key: dedupeKey(facts, template, reader.id),
    event_id: facts.event.id,
    person_id: reader.id,
    group_id: facts.group?.id ?? null,
    template,
    lane,
    body_sealed: ctx.seal.seal(body, { table: "outbox", column: "body_sealed", row: id }),
    segments: segmentsOf(body).count,
    not_before: notBefore,
    expires_at: new Date(notBefore.getTime() + validMinutes * 60_000),
  };
}

/** A need is new to a person once, whether it was published or approved; it may be told again when it reopens. */
function dedupeKey({ event, post }: Facts, template: Template, personId: string): string {
  if (template === "new_need" && post) {
    const day = event.type === "post.reopened" ? `:${event.at.toISOString().slice(0, 10)}` : "";
    return `new_need:${post.id}:${personId}${day}`;
  }
  return `${event.id}:${personId}:${template}`;
}
