import type { Ctx } from "#app/core/ctx.ts";
import { BAND_KM, chanceLately, chanceOf, rateKey, type Rates, type Tally } from "#app/matching/chance.ts";
import { distanceKm } from "#app/matching/distance.ts";
import { MOST_ASKS_A_WEEK, type Candidate } from "#app/matching/rank-people.ts";
import { keptApartFrom } from "#app/people/kept-apart.server.ts";
import { localHour, type QuietHours } from "#app/people/quiet-hours.ts";
import type { Visibility } from "#app/posts/post.ts";
import type { FittingOffer } from "./fitting-offers.server.ts";

/** Somebody who may be asked, when they sleep, and the offer of theirs that fits. */
export type Askable = Candidate & QuietHours & { urgentAtNight: boolean; offerId: string | null };

/** What of a need decides who may be asked, and how likely they are to help. */
export type AskedNeed = {
  id: string;
  roundAt: Date;
  groupId: string;
  categoryId: string | null;
  authorId: string;
  visibility: Visibility;
  lat: number | null;
  lng: number | null;
  languages: readonly string[];
  learns: boolean;
};

/** As many are compared with each other at once. */
const MOST_CANDIDATES = 500;
/** Asks of a week are counted up to so many: who was asked more often will hardly read the next one anyway. */
const COUNTED_ASKS = 40;
/** Who did not say where they are is taken to be so far away. */
const UNKNOWN_KM = 4;

type Row = Omit<Askable, "offerId" | "offerFit" | "chance"> & Partial<Tally>;

/**
 * Who may be asked about a need and was not yet: members of its group who want to hear of its category, and whoever has an open offer
 * that fits; all of them can be texted, have not paused and are under their monthly cap. A post for the team goes to coordinators
 * only, one for volunteers to members of any group. Who has to do with it already (wrote it, promised it, waits in line for it)
 * knows of it, and who is kept apart from its author is never asked.
 *
 * Where there are too many, those who were not asked too often this week, the nearest first, of these whose turn is longest ago.
 *
 * @param rates those of everybody together; each person's own are read here, where the group learns.
 */
export async function readCandidates(
  ctx: Ctx,
  need: AskedNeed,
  { offers, rates }: { offers: readonly FittingOffer[]; rates: Rates },
): Promise<Askable[]> {
  const { now } = ctx;
  const { sql } = ctx.db;
  const rows = await sql<Row[]>`
    with known as materialized (${askable(ctx, need, offers)})
    select p.id, p.lat, p.lng, p.languages || p.locale as languages, p.time_zone as "timeZone",
      p.quiet_from as "quietFrom", p.quiet_to as "quietTo", p.urgent_at_night as "urgentAtNight",
      k.chose as "choseCategory", k.asked_at as "lastAskedAt", k.asked_lately as "askedLately", k.alerts_left::int as "alertsLeft",
      load.promises, r.asked, r.yes, r.promised, r.kept
    from (select * from known
      order by not offers, asked_lately >= ${MOST_ASKS_A_WEEK},
        width_bucket(coalesce(km, ${UNKNOWN_KM})::float8, ${[...BAND_KM]}::float8[]), asked_at nulls first
      limit ${MOST_CANDIDATES}) k
    join people p on p.id = k.person_id
    left join outcome_rates r on ${need.learns} and r.scope = 'person' and r.key = p.id::text
    cross join lateral (
      select count(*)::int as promises from claims c where c.person_id = k.person_id
        and c.status in ('promised', 'on_the_way') and c.created_at > ${now}::timestamptz - interval '60 days'
    ) load`;
  const byAuthor = new Map(offers.map((offer) => [offer.authorId, offer]));
  return rows.map((row) => toAskable(ctx, need, row, rates, byAuthor.get(row.id)));
}

function toAskable(ctx: Ctx, need: AskedNeed, row: Row, shared: Rates, offer: FittingOffer | undefined): Askable {
  const { asked = null, yes = 0, promised = 0, kept = 0, ...person } = row;
  const rates =
    asked === null ? shared : new Map(shared).set(rateKey("person", row.id), { asked, yes, promised, kept });
  const facts = {
    personId: row.id,
    categoryId: need.categoryId,
    chose: row.choseCategory,
    offers: offer !== undefined,
    speaks: row.languages.some((one) => need.languages.includes(one)),
    km: distanceKm(need, row),
    hour: localHour(ctx.now, row.timeZone),
  };
  return {
    ...person,
    offerId: offer?.offerId ?? null,
    offerFit: offer?.fit ?? null,
    chance: need.learns ? chanceLately(chanceOf(facts, rates), row.askedLately) : null,
  };
}

/** `readCandidates`, as the body of a CTE: `person_id, chose, offers, km, asked_at, asked_lately, alerts_left`. */
export function askable(ctx: Ctx, need: AskedNeed, offers: readonly FittingOffer[]) {
  const { now } = ctx;
  const { sql } = ctx.db;
  const weeklyCap = sql`(select g.weekly_cap from groups g where g.id = ${need.groupId}::uuid)`;
  return sql`
    select * from (
      select p.id as person_id, m.chose, m.offers, last.asked_at, often.asked_lately,
        (spot(p.lat, p.lng) <-> spot(${need.lat}::float8, ${need.lng}::float8)) * cos(radians(p.lat)) as km,
        case when p.monthly_cap is not null then p.monthly_cap - greatest(
          (select count(*) from outbox o where o.person_id = p.id and o.lane = 9 and o.template <> 'covered'
            and o.created_at >= date_trunc('month', ${now}::timestamptz)),
          (select count(*) from asks a where a.person_id = p.id and a.asked_at >= date_trunc('month', ${now}::timestamptz))
        ) end as alerts_left
      from (${reached(ctx, need, offers)}) m join people p on p.id = m.person_id
      left join lateral (
        select a.asked_at from asks a where a.person_id = m.person_id order by a.asked_at desc limit 1
      ) last on true
      cross join lateral (
        select count(*)::int as asked_lately from (select from asks a
          where a.person_id = m.person_id and a.asked_at > ${now}::timestamptz - interval '7 days' limit ${COUNTED_ASKS}) lately
      ) often
      where m.person_id <> ${need.authorId}::uuid and p.phone_sealed is not null
        and m.person_id <> all (${keptApartFrom(ctx, sql`${need.authorId}::uuid`)})
        and (p.paused_until is null or p.paused_until <= ${now}::timestamptz)
        and coalesce((select ce.action from consent_events ce
          where ce.phone_lookup = p.phone_lookup order by ce.id desc limit 1), 'in') <> 'out'
        and not exists (select from asks a where a.post_id = ${need.id}::uuid and a.person_id = m.person_id
          and a.asked_at >= ${need.roundAt}::timestamptz)
        and not exists (select from claims c where c.post_id = ${need.id}::uuid and c.person_id = m.person_id
          and c.created_at >= ${need.roundAt}::timestamptz)
        and (${weeklyCap} is null or ${weeklyCap} > (select count(*) from asks a join posts o on o.id = a.post_id
          where a.person_id = m.person_id and o.group_id = ${need.groupId}::uuid and a.asked_at > ${now}::timestamptz - interval '7 days'))
        and not exists (select from waiting_list w where w.post_id = ${need.id}::uuid and w.person_id = m.person_id)
    ) known where alerts_left is null or alerts_left > 0`;
}

/** Whom a need may reach: `person_id, chose, offers`. Members who want no alerts get none, whatever they offer. */
function reached(
  { db: { sql }, now }: Ctx,
  { groupId, categoryId, visibility }: AskedNeed,
  offers: readonly FittingOffer[],
) {
  const authors = sql`${offers.map(({ authorId }) => authorId)}::uuid[]`;
  const member = sql`select from memberships o where o.person_id = author.id and o.state = 'active'`;
  return sql`
    select m.person_id, m.category_ids <> '{}' as chose, m.person_id = any(${authors}) as offers
    from memberships m
    where m.group_id = ${groupId}::uuid and m.state = 'active' and m.alerts
      and coalesce(m.paused_until <= ${now}::timestamptz, true)
      and (${visibility} <> 'team' or m.role = 'coordinator')
      and (m.category_ids = '{}' or ${categoryId}::uuid = any(m.category_ids) or m.person_id = any(${authors}))
    union all
    select author.id, true, true from unnest(${authors}) author(id)
    where not exists (${member} and o.group_id = ${groupId}::uuid)
      and (${visibility} = 'everyone' or ${visibility} = 'volunteers' and exists (${member}))`;
}

/** As `asks.km` keeps it. */
export const wholeKm = (km: number | null): number | null => (km === null ? null : Math.min(20_000, Math.floor(km)));
