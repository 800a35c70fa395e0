import type { Ctx } from "#app/core/ctx.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { afterQuietHours } from "#app/people/quiet-hours.ts";
import { coveredText } from "./covered-text.ts";
import { insertOf, owedText } from "./owed-texts.server.ts";
import { readReaders, type Reader } from "./read-readers.server.ts";

/** So long after it was covered: what is covered in the same minutes becomes one text, and a slip can be taken back. */
const WAIT_MINUTES = 5;
/** Who was asked longer ago than this has stopped wondering. */
const WONDERS_HOURS = 24;
/** At most one thank-you a person in this time; what is covered meanwhile joins the next. */
const HOURS_BETWEEN = 3;
const PEOPLE_AT_ONCE = 2_000;

/**
 * "It's covered, thank you" to everybody who was asked about a need and has not answered, once it is covered or
 * fulfilled: one text for all of a person's, never in quiet hours. An alert that has not gone out is taken back instead.
 * `asks.thanked_at` is stamped by the statement that owes the text, so it is owed once however many workers run.
 *
 * @returns how many asks were settled.
 */
export async function thankAsked(ctx: Ctx): Promise<number> {
  let settled = await takeBackUntold(ctx);
  const due = await readDue(ctx);
  const readers = await readReaders(
    ctx,
    due.map(({ personId }) => personId),
  );
  for (const { personId, postIds, codes, waves } of due) {
    const reader = readers.get(personId);
    if (reader && !ctx.wakesNobody && afterQuietHours(ctx.now, reader) > ctx.now) continue;
    settled += await thank(ctx, { personId, postIds, codes, waves, reader });
  }
  return settled;
}

/** `a` is the ask, `p` its post. Whoever promised has answered, even if their event was not followed yet. */
const isSettled = ({ db: { sql } }: Ctx) => sql`
  a.answered_at is null and a.thanked_at is null
  and (p.status = 'open' and p.remaining = 0 or p.status = 'closed' and p.closed_reason = 'fulfilled')
  and not exists (select from claims c where c.post_id = a.post_id and c.person_id = a.person_id
    and c.created_at >= a.asked_at)`;

const waited = ({ db: { sql }, now }: Ctx) =>
  sql`p.updated_at <= ${now}::timestamptz - make_interval(mins => ${WAIT_MINUTES})`;

const keyOf = ({ db: { sql } }: Ctx) =>
  sql`o.dedupe_key = 'new_need:' || a.post_id || ':' || a.person_id || ':' || a.wave`;

/** Who never got the alert is not thanked: it is canceled where it still waits. */
async function takeBackUntold(ctx: Ctx): Promise<number> {
  const rows = await ctx.db.sql`
    with untold as (
      select a.post_id, a.person_id, o.id from asks a join posts p on p.id = a.post_id left join outbox o on ${keyOf(ctx)}
      where a.asked_at > ${ctx.now}::timestamptz - make_interval(hours => ${WONDERS_HOURS})
        and ${isSettled(ctx)} and ${waited(ctx)}
        and (o.id is null or o.state in ('queued', 'canceled', 'suppressed', 'expired', 'dead', 'undelivered', 'failed'))
      order by a.post_id, a.person_id limit 1000 for update of a skip locked
    ), canceled as (
      update outbox o set state = 'canceled', done_at = ${ctx.now}::timestamptz, updated_at = ${ctx.now}::timestamptz
      from untold where o.id = untold.id and o.state = 'queued'
    )
    update asks a set thanked_at = ${ctx.now}::timestamptz from untold
    where a.post_id = untold.post_id and a.person_id = untold.person_id
    returning 1`;
  return rows.length;
}

type DuePerson = { personId: string; postIds: string[]; codes: string[]; waves: number[] };

const lately = ({ db: { sql }, now }: Ctx, personId: ReturnType<Ctx["db"]["sql"]>) => sql`
  exists (select from outbox o where o.person_id = ${personId} and o.template = 'covered'
    and o.created_at > ${now}::timestamptz - make_interval(hours => ${HOURS_BETWEEN}))`;

const readDue = (ctx: Ctx) => ctx.db.sql<DuePerson[]>`
  select a.person_id as "personId", array_agg(a.post_id order by a.asked_at, a.post_id) as "postIds",
    array_agg(p.code order by a.asked_at, a.post_id) as codes, array_agg(a.wave order by a.asked_at, a.post_id) as waves
  from asks a join posts p on p.id = a.post_id join outbox o on ${keyOf(ctx)}
  where a.asked_at > ${ctx.now}::timestamptz - make_interval(hours => ${WONDERS_HOURS}) and ${isSettled(ctx)}
    and o.state in ('submitting', 'submitted', 'sent', 'delivered', 'uncertain', 'unknown')
  group by a.person_id
  having bool_or(${waited(ctx)}) and not ${lately(ctx, ctx.db.sql`a.person_id`)}
  order by min(a.asked_at) limit ${PEOPLE_AT_ONCE}`;

type Thanked = DuePerson & { reader: Reader | undefined };

/** All of it or nothing: where one of the asks was answered or its need opened again meanwhile, the next tick looks afresh. */
async function thank(ctx: Ctx, { personId, postIds, codes, waves, reader }: Thanked): Promise<number> {
  const { sql } = ctx.db;
  const texts = reader
    ? [
        owedText(ctx, {
          dedupeKey: `covered:${personId}:${postIds[0]}:${waves[0]}`,
          template: "covered",
          reader,
          body: coveredText(codes, textFor(reader.locale), reader.locale),
        }),
      ]
    : [];
  const all = sql`(select count(*) from pending) = ${postIds.length}::int`;
  const rows = await sql`
    with pending as (
      select a.post_id, a.person_id from asks a join posts p on p.id = a.post_id
      where a.person_id = ${personId}::uuid and a.post_id = any(${postIds}::uuid[]) and ${isSettled(ctx)}
        and not ${lately(ctx, sql`a.person_id`)}
      order by a.post_id for update of a
    ), owed as (${insertOf(ctx, texts, all)})
    update asks a set thanked_at = ${ctx.now}::timestamptz from pending
    where a.post_id = pending.post_id and a.person_id = pending.person_id and ${all}
    returning 1`;
  return rows.length;
}
