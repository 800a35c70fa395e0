import type { Ctx } from "#app/core/ctx.ts";
import type { DismissReason } from "#app/events/event.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { type AskCount, type Fairness, spreadOf } from "./fairness.ts";
import { askRates } from "./report/area-people.ts";
import { readAreaPeople } from "./report/area-people.server.ts";
import { canBeAsked, readSpeakers } from "./report/ready.server.ts";
import { categoryNames, readSpread } from "./report/spread.server.ts";
import { partsBy, shareOf, unmetOf } from "./report/spread.ts";
import { groupsInView } from "./scope.server.ts";

type Input = { groupId: string | null; from: Date; to: Date; locale?: Locale };
type Period = { from: Date; to: Date };
/** More areas than a page can show say nothing to anybody. */
const MOST_AREAS = 50;
/** As many columns as a laptop shows beside each other. */
const HEAT_AREAS = 8;

/**
 * How fairly help is asked for and given in one group, or in all that the person coordinates (admins: all), from `from` (included)
 * to `to` (not included). Who is ready and what waits is as of `ctx.now`.
 *
 * @throws Problem sign-in-needed, not-allowed.
 */
export async function fairnessFigures(ctx: Ctx, { groupId, locale = "en", ...period }: Input): Promise<Fairness> {
  const ids = (await groupsInView(ctx, groupId)).map(({ id }) => id);
  const [counts, cells, names, accepted, dismissed, speakers, said] = await Promise.all([
    readAsks(ctx, ids, period),
    readSpread(ctx, ids, period),
    categoryNames(ctx, ids, locale),
    readAccepted(ctx, ids, period),
    readDismissed(ctx, ids, period),
    readSpeakers(ctx, ids),
    readAreaPeople(ctx),
  ]);
  const areas = partsBy(cells, ({ area }) => area);
  return {
    ...spreadOf(counts),
    ready: counts.reduce((sum, { ready }) => sum + ready, 0),
    neverAsked: counts.find(({ asks }) => asks === 0)?.ready ?? 0,
    areas: areas.slice(0, MOST_AREAS).map(({ key, place, its }) => ({ area: key, place, ...shareOf(its) })),
    speakers: [...speakers],
    askRates: askRates(said, areas),
    languages: partsBy(cells, (cell) => cell.locale).map(({ key, its }) => ({ language: key, ...shareOf(its) })),
    all: shareOf(cells),
    unmet: unmetOf(cells, names, HEAT_AREAS),
    matches: { accepted, dismissed },
  };
}

/** How many people were asked how often, of everybody who was asked about these groups' needs or can be asked now. */
const readAsks = (ctx: Ctx, ids: string[], { from, to }: Period) => ctx.db.sql<(AskCount & { ready: number })[]>`
  with asked as (
    select a.person_id, count(*)::int as asks from asks a join posts p on p.id = a.post_id
    where p.group_id = any(${ids}::uuid[]) and a.asked_at >= ${from}::timestamptz and a.asked_at < ${to}::timestamptz
    group by a.person_id
  ), ready as (
    select distinct m.person_id from memberships m join people h on h.id = m.person_id
    where m.group_id = any(${ids}::uuid[]) and ${canBeAsked(ctx)}
  )
  select coalesce(asked.asks, 0) as asks, count(*)::int as people, count(ready.person_id)::int as ready
  from asked full join ready on ready.person_id = asked.person_id
  group by 1 order by 1`;

async function readAccepted(ctx: Ctx, ids: string[], { from, to }: Period): Promise<number> {
  const [row] = await ctx.db.sql<{ count: number }[]>`
    select count(*)::int as count from claims c join posts p on p.id = c.post_id
    where c.offer_id is not null and c.created_at >= ${from}::timestamptz and c.created_at < ${to}::timestamptz
      and p.group_id = any(${ids}::uuid[])`;
  return row?.count ?? 0;
}

const readDismissed = (ctx: Ctx, ids: string[], { from, to }: Period) => ctx.db.sql<
  { reason: DismissReason; count: number }[]
>`
  select d.reason, count(*)::int as count from match_dismissals d join posts p on p.id = d.need_id
  where p.group_id = any(${ids}::uuid[]) and d.at >= ${from}::timestamptz and d.at < ${to}::timestamptz
  group by d.reason order by count desc, d.reason`;
