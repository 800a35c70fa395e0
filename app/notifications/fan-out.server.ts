import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { concernsWaves, followEvents } from "#app/waves/follow-events.server.ts";
import type { Facts } from "./facts.ts";
import { insertTexts, owedText, type OwedText } from "./owed-texts.server.ts";
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
  const rows: OwedText[] = [];
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
  const events = telling.map(({ event }) => event.facts.event);
  await followEvents(
    ctx,
    events.filter(({ type }) => concernsWaves(type)).map(({ id }) => id),
  );
  await ctx.db.sql`
    update events set fanned_out_at = ${ctx.now}::timestamptz, data = case when type = 'post.edited' then data - 'was' else data end
    where id = any(${done}::bigint[]) and fanned_out_at is null`;
  return done.length;
}

function textsFor(
  ctx: Ctx,
  { facts, who }: WaitingEvent,
  to: Recipient[],
  readers: Map<string, Reader>,
  firsts: Set<string>,
): OwedText[] {
  return to.flatMap(({ personId, template, offer }) => {
    const reader = readers.get(personId);
    const { lane } = rulesOf(template);
    if (!reader) return [];
    if (lane === 9 && reader.alertsLeft !== null && reader.alertsLeft-- <= 0) return [];
    const first = reader.first && !firsts.has(personId);
    const link = linkFor(ctx, facts, template, personId);
    if (template !== "sign_in_code") firsts.add(personId);
    const body = wording(
      template,
      facts,
      {
        who,
        link,
        host: new URL(ctx.publicUrl).host,
        signInCode: facts.event.type === "sign_in.asked" ? signInCode(ctx.seal, facts.event.data.challengeId) : null,
        timeZone: reader.timeZone,
        first,
        offer,
      },
      textFor(reader.locale),
      reader.locale,
    );
    const dedupeKey = dedupeKeyOf(facts, template, personId);
    const urgent = facts.post?.urgency === "urgent";
    const quiet = facts.group?.quiet;
    const groupQuiet = quiet ? { timeZone: homeZone(), quietFrom: quiet.from, quietTo: quiet.to } : null;
    const about = { eventId: facts.event.id, groupId: facts.group?.id, urgent, groupQuiet };
    return [owedText(ctx, { dedupeKey, template, reader: { ...reader, first }, body, link, ...about })];
  });
}

/** The author gets their private link, everybody else what anybody may see. */
function linkFor(ctx: Ctx, { post }: Facts, template: Template, personId: string): string {
  if (template === "join_asked") return `${ctx.publicUrl}/coordinate/people`;
  if (template === "relay_reported") return `${ctx.publicUrl}/coordinate/messages`;
  if (template === "broadcast_waiting") return `${ctx.publicUrl}/coordinate/broadcasts`;
  if (template === "number_changed") return `${ctx.publicUrl}/me/number`;
  if (template === "review") return `${ctx.publicUrl}/coordinate/posts`;
  if (!post) return `${ctx.publicUrl}/${template === "joined" ? "board" : ""}`;
  if (post.authorId === personId) return `${ctx.publicUrl}/m/${manageToken(ctx.seal, post.id)}`;
  return `${ctx.publicUrl}/p/${post.code}`;
}

/** A group greets somebody once, however often they come back by themselves; whoever is let in hears so each time. Nobody is asked twice in one wave; `asks` sees to it that nobody is in two of one round. */
function dedupeKeyOf({ event, post, group }: Facts, template: Template, personId: string): string {
  if (template === "welcome" && group && event.actorId === personId) return `welcome:${group.id}:${personId}`;
  if (event.type === "need.wave" && post) return `${template}:${post.id}:${personId}:${event.data.wave}`;
  return `${event.id}:${personId}:${template}`;
}
