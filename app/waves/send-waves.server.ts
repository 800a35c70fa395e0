import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import type { Rates } from "#app/matching/chance.ts";
import { rankPeople, type Ranked } from "#app/matching/rank-people.ts";
import { afterAllQuietHours } from "#app/people/quiet-hours.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { Urgency } from "#app/posts/post.ts";
import { fittingOffers, type FittingOffer } from "./fitting-offers.server.ts";
import { readCandidates, wholeKm, type Askable, type AskedNeed } from "./read-candidates.server.ts";
import { readRates } from "./read-rates.server.ts";
import { nextWaveAt, stillExpected, waveSize } from "./schedule.ts";

const AT_ONCE = 50;

type Due = AskedNeed & {
  sent: number;
  roundFrom: number;
  urgency: Urgency;
  remaining: number;
  windowEnd: Date | null;
  /** When its group asks nobody, whatever they allow; hours of the neighbourhood. */
  quietFrom: number | null;
  quietTo: number | null;
  /** Whom it was put to in this round and who has not answered. */
  waiting: { chance: number | null; minutes: number }[];
};
type Known = { offers: readonly FittingOffer[]; rates: Rates };

/**
 * Asks the next people about every need whose next wave is due: those who fit best of those who are awake, whoever offers what is
 * needed first, and no more than should bring what is not expected yet from those asked before. Needs that are covered or off the
 * board wait until something opens again; where everybody left is asleep the wave waits for the first to wake, and where nobody is left `waves.next_at` becomes null while the need can still be claimed.
 *
 * Safe to repeat and to run in several workers: a wave moves only from the count it was read at, and nobody is
 * asked twice in one round.
 *
 * @returns how many waves went out.
 */
export async function sendWaves(ctx: Ctx): Promise<number> {
  await rest(ctx);
  let waves = 0;
  const due = await readDue(ctx);
  if (due.length === 0) return 0;
  const offers = await offersFor(ctx, due);
  const rates = await readRates(ctx);
  for (const need of due) {
    try {
      if (await sendWave(ctx, need, { offers: offers.get(need.id) ?? [], rates })) waves += 1;
    } catch (error) {
      ctx.log.error("a wave failed", { postId: need.id, ...errorFields(error) });
    }
  }
  return waves;
}

/** People are asked also where looking for offers fails. */
async function offersFor(ctx: Ctx, due: readonly Due[]): Promise<Map<string, FittingOffer[]>> {
  const ids = due.map(({ id }) => id);
  return fittingOffers(ctx, ids).catch((error: unknown) => {
    ctx.log.error("looking for offers failed", errorFields(error));
    return new Map();
  });
}

/** Nothing to ask for: the timer stops until an event starts it again. */
async function rest(ctx: Ctx): Promise<void> {
  await ctx.db.sql`
    update waves w set next_at = null, updated_at = ${ctx.now}::timestamptz
    from posts p where p.id = w.post_id and w.next_at <= ${ctx.now}::timestamptz and not p.claimable`;
}

const readDue = (ctx: Ctx) => ctx.db.sql<Due[]>`
  select p.id, w.sent, w.round_from as "roundFrom", w.round_at as "roundAt", p.group_id as "groupId", p.category_id as "categoryId",
    p.author_id as "authorId", p.visibility,
    p.urgency, p.remaining, p.window_end as "windowEnd", p.lat, p.lng, p.languages || p.locale as languages, g.learns, g.quiet_from as "quietFrom", g.quiet_to as "quietTo",
    coalesce((select jsonb_agg(jsonb_build_object('chance', a.chance,
        'minutes', extract(epoch from ${ctx.now}::timestamptz - a.asked_at) / 60)) from asks a where a.post_id = p.id and a.asked_at >= w.round_at and a.answered_at is null), '[]') as waiting
  from waves w join posts p on p.id = w.post_id join groups g on g.id = p.group_id
  where w.next_at <= ${ctx.now}::timestamptz and p.claimable
  order by w.next_at limit ${AT_ONCE}`;

async function sendWave(ctx: Ctx, need: Due, known: Known): Promise<boolean> {
  const candidates = await readCandidates(ctx, need, known);
  const wakes = candidates.map((person) => ({ person, at: wakesAt(ctx, need, person) }));
  const awake = wakes.filter(({ at }) => at <= ctx.now).map(({ person }) => person);
  if (awake.length === 0) {
    const first = wakes.map(({ at }) => at.getTime()).sort((a, b) => a - b)[0];
    await putOff(ctx, need, first === undefined ? null : new Date(first));
    return false;
  }
  const ranked = rankPeople(need, awake, ctx.now);
  const chances = ranked.map(({ person }) => person.chance);
  const size = waveSize(need, need.sent - need.roundFrom, chances, stillExpected(need.waiting));
  if (size > 0) return ask(ctx, need, ranked.slice(0, size));
  await putOff(ctx, need, nextWaveAt(need, ctx.now));
  return false;
}

/** When somebody may be asked: now, or when their quiet hours and those of the group end. */
function wakesAt(ctx: Ctx, { urgency, quietFrom, quietTo }: Due, person: Askable): Date {
  if (ctx.wakesNobody) return ctx.now;
  const theirs = urgency === "urgent" && person.urgentAtNight ? [] : [person];
  const groups = quietFrom === null || quietTo === null ? [] : [{ timeZone: homeZone(), quietFrom, quietTo }];
  return afterAllQuietHours(ctx.now, [...theirs, ...groups]);
}

async function putOff(ctx: Ctx, { id, sent }: Due, until: Date | null): Promise<void> {
  await ctx.db.sql`
    update waves set next_at = ${until}::timestamptz, updated_at = ${ctx.now}::timestamptz
    where post_id = ${id}::uuid and sent = ${sent}::smallint and next_at <= ${ctx.now}::timestamptz`;
}

async function ask(ctx: Ctx, need: Due, people: Ranked<Askable>[]): Promise<boolean> {
  const ids = people.map(({ person }) => person.id);
  const offers = people.map(({ person }) => person.offerId);
  const chances = people.map(({ person }) => person.chance);
  const kms = people.map(({ km }) => wholeKm(km));
  const asked = await ctx.db.sql`
    with moved as (
      update waves w set sent = w.sent + 1, next_at = ${nextWaveAt(need, ctx.now)}::timestamptz,
        updated_at = ${ctx.now}::timestamptz
      from posts p
      where w.post_id = ${need.id}::uuid and w.sent = ${need.sent}::smallint and w.next_at <= ${ctx.now}::timestamptz
        and p.id = w.post_id and p.claimable
      returning w.post_id, w.sent, w.round_at, p.group_id
    ), asked as (
      insert into asks as a (post_id, person_id, wave, offer_id, km, chance, asked_at)
      select moved.post_id, person.id, moved.sent, person.offer_id, person.km, person.chance, ${ctx.now}::timestamptz
      from moved, unnest(${ids}::uuid[], ${offers}::uuid[], ${kms}::smallint[], ${chances}::float8[])
        as person(id, offer_id, km, chance)
      order by person.id
      on conflict (post_id, person_id) do update set wave = excluded.wave, offer_id = excluded.offer_id, km = excluded.km, chance = excluded.chance,
        asked_at = excluded.asked_at, answered_at = null, wanted_at = null, thanked_at = null
      where a.asked_at < (select round_at from moved)
      returning post_id
    )
    insert into events (type, group_id, post_id, data, at)
    select 'need.wave', group_id, post_id, jsonb_build_object('wave', sent), ${ctx.now}::timestamptz
    from moved where exists (select from asked)
    returning id`;
  return asked.length > 0;
}
