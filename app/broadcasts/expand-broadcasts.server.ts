import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { discreetWords } from "#app/notifications/discreet-words.server.ts";
import { insertOf, type OwedText } from "#app/notifications/owed-texts.server.ts";
import { rulesOf } from "#app/notifications/template.ts";
import { groupQuietHours } from "#app/groups/group-quiet-hours.server.ts";
import { isLocale } from "#app/i18n/locales.ts";
import { afterAllQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { audienceOf, type Audience } from "./audience.ts";
import { audienceRows, type AudienceRow } from "./audience.server.ts";
import { frameOf, openWords, type BroadcastRow } from "./get-broadcast.server.ts";
import { bodyOf, languageFor } from "./words.ts";

/** People whose texts are written by one statement. */
export const PORTION = 5_000;

/** A busy machine gets smaller ones, down to this, when the database ends a statement because it took too long. */
const SMALLEST = 100;
const TOOK_TOO_LONG = "57014";

type Going = Omit<BroadcastRow, "audience"> & {
  audience: Audience;
  expanded_upto: string | null;
  skipped: Partial<Record<keyof LeftOut, number>>;
};
type LeftOut = { opted_out: number; resting: number; over_cap: number; too_many: number };

/**
 * Writes the texts of broadcasts that were let go, a portion of people at a time, in the order of their ids. How far it
 * came is moved from where it stood by the very statement that inserts the portion: killed at any point, or run by
 * several workers at once, it goes on from there and nobody gets two.
 *
 * @returns how many texts were written.
 */
export async function expandBroadcasts(ctx: Ctx, { portion = PORTION }: { portion?: number } = {}): Promise<number> {
  let written = 0;
  let size = portion;
  const passed = new Set<string>();
  for (;;) {
    const broadcast = await nextToExpand(ctx, passed);
    if (!broadcast) return written;
    const count = await expandPortion(ctx, broadcast, size).catch((error: unknown) => {
      if ((error as { code?: string }).code !== TOOK_TOO_LONG || size <= SMALLEST) throw error;
      size = Math.max(SMALLEST, Math.floor(size / 2));
      return 0;
    });
    // Another worker moved it on, or it was paused: the next look will tell.
    if (count === null) passed.add(broadcast.id);
    else written += count;
  }
}

async function nextToExpand(ctx: Ctx, passed: Set<string>): Promise<Going | null> {
  const [row] = await ctx.db.sql<(Omit<Going, "audience"> & { audience: Record<string, unknown> })[]>`
    select b.id, b.group_id, g.name, g.translations, b.audience, b.words_sealed, b.expanded_upto, b.skipped
    from broadcasts b left join groups g on g.id = b.group_id
    where b.state = 'sending' and b.expanded_at is null and not b.id = any(${[...passed]}::uuid[])
    order by b.approved_at, b.id limit 1`;
  return row ? { ...row, audience: audienceOf(row.audience) } : null;
}

/** @returns how many texts it wrote; null when the broadcast was moved on, or paused, meanwhile. */
async function expandPortion(ctx: Ctx, broadcast: Going, portion: number): Promise<number | null> {
  const { sql } = ctx.db;
  const { id, expanded_upto: upto, skipped } = broadcast;
  const people = await sql<AudienceRow[]>`
    ${audienceRows(ctx, { groupId: broadcast.group_id, audience: broadcast.audience })}
      ${upto === null ? sql`` : sql`and p.id > ${upto}::uuid`}
    order by p.id limit ${portion}::int`;
  const left = leftOut(people, skipped);
  const rows = textsFor(ctx, broadcast, people, await groupQuietHours(ctx, broadcast.group_id));
  const last = people.at(-1)?.id ?? upto;
  const [moved] = await sql<{ written: number }[]>`
    with turn as materialized (
      select b.id from broadcasts b
      where b.id = ${id}::uuid and b.state = 'sending' and b.expanded_at is null
        and b.expanded_upto is not distinct from ${upto}::uuid
      for update
    ), written as (
      ${insertOf(ctx, rows, sql`exists (select from turn)`)}
      returning 1
    )
    update broadcasts b
    set expanded_upto = ${last}::uuid, expanded = b.expanded + (select count(*) from written),
      skipped = ${sql.json(left)} || jsonb_build_object('too_many',
        ${left.too_many + rows.length}::int - (select count(*) from written)),
      expanded_at = case when ${people.length < portion} then ${ctx.now}::timestamptz end
    from turn where b.id = turn.id
    returning (select count(*)::int from written) as written`;
  return moved?.written ?? null;
}

/** Those a text must not reach, added to those of earlier portions. Each counts once, as in `countAudience`. */
function leftOut(people: AudienceRow[], before: Going["skipped"]): LeftOut {
  const left: LeftOut = { opted_out: 0, resting: 0, over_cap: 0, too_many: 0, ...before };
  for (const { opted_out, resting, over_cap } of people) {
    if (opted_out) left.opted_out += 1;
    else if (resting) left.resting += 1;
    else if (over_cap) left.over_cap += 1;
  }
  return left;
}

/** A row for each who gets it. The words, their segments and the end of quiet hours are the same for many: made once. */
function textsFor(ctx: Ctx, broadcast: Going, people: AudienceRow[], ofGroup: QuietHours[]): OwedText[] {
  const { lane, validMinutes } = rulesOf("broadcast");
  const words = openWords(ctx, broadcast);
  const frame = frameOf(broadcast);
  const { now } = ctx;
  const bodies = remember((locale: string, first: boolean, discreet: boolean) => {
    const language = languageFor(words, locale);
    const reader = { locale: isLocale(locale) ? locale : ("en" as const), first };
    const body = discreet
      ? discreetWords(reader, ctx.publicUrl)
      : bodyOf(frame, language, words[language] ?? "", first);
    return { body, segments: segmentsOf(body).count };
  });
  const times = remember((timeZone: string, quietFrom: number, quietTo: number) =>
    ctx.wakesNobody ? now : afterAllQuietHours(now, [{ timeZone, quietFrom, quietTo }, ...ofGroup]),
  );
  return people
    .filter(({ opted_out, resting, over_cap }) => !opted_out && !resting && !over_cap)
    .map((person) => {
      const id = newId(now);
      const { body, segments } = bodies(person.locale, person.first, person.discreet);
      const notBefore = times(person.time_zone, person.quiet_from, person.quiet_to);
      return {
        id,
        dedupe_key: `broadcast:${broadcast.id}:${person.id}`,
        event_id: null,
        person_id: person.id,
        group_id: broadcast.group_id,
        sender_id: null,
        broadcast_id: broadcast.id,
        template: "broadcast",
        lane,
        body_sealed: ctx.seal.seal(body, { table: "outbox", column: "body_sealed", row: id }),
        segments,
        not_before: notBefore,
        expires_at: new Date(notBefore.getTime() + validMinutes * 60_000),
      };
    });
}

function remember<Given extends (string | number | boolean)[], Made>(make: (...given: Given) => Made) {
  const made = new Map<string, Made>();
  return (...given: Given): Made => {
    const key = given.join("|");
    if (!made.has(key)) made.set(key, make(...given));
    return made.get(key)!;
  };
}
