import { TZDate } from "@date-fns/tz";
import { addDays } from "date-fns";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { can } from "#app/groups/membership.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { postColumns, toView, type PostRow } from "#app/posts/post-rows.server.ts";
import type { PostView } from "#app/posts/post.ts";
import { assign } from "./assign.ts";
import { matchMany } from "./find-matches.server.ts";
import type { Match } from "./match.ts";
import type { PairCodes, Plan, PlannedPair, PlanPair } from "./plan.ts";

/** A day's plan looks at so many needs, the most pressing. */
const MOST_NEEDS = 500;
const CANDIDATES = 20;
/** Scores are compared to this fineness: the solver reckons with whole numbers. */
const SCALE = 1000;

type Wish = { groupId: string; day: string; kept?: readonly PlanPair[]; without?: readonly PairCodes[] };

/**
 * The best plan for a group's day: of all ways to serve its open needs of that day from open offers that fit, those that
 * give the most units, and of these one with the greatest total score, exactly. Each unit given counts with the score of its
 * pair. What is only better than nothing is in no plan: it cannot be counted. Pairs the coordinator kept stay as they are, as far as there is enough, and the rest is planned around them; those
 * put aside are left out.
 *
 * @param day of the installation's time zone, `2026-11-24`.
 * @throws Problem `not-allowed` for those who do not coordinate the group, `invalid-input` for what is no day.
 */
export async function proposePlan(ctx: PersonCtx, wish: Wish, locale: Locale): Promise<Plan> {
  if (!can(ctx.person, "coordinate", { groupId: wish.groupId })) throw new Problem("not-allowed");
  const day = dayOf(wish.day);
  const all = await needsOf(ctx, wish.groupId, day, locale);
  const needs = all.slice(0, MOST_NEEDS);
  const found = await matchMany(
    ctx,
    needs.map(({ id }) => id),
    { perPost: CANDIDATES, locale },
  );
  const pairs = needs.flatMap((need) =>
    (found.get(need.id)?.items ?? []).filter((match) => fitsDay(need, match, day)).map((match) => ({ need, match })),
  );
  return { ...planOf(needs, pairs, wish), cut: all.length > MOST_NEEDS };
}

type Day = { from: Date; to: Date };
type Pair = { need: PostView; match: Match };

function dayOf(text: string): Day {
  const [year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)?.slice(1).map(Number) ?? [];
  const from = new TZDate(year ?? NaN, (month ?? NaN) - 1, date ?? NaN, homeZone());
  if (Number.isNaN(from.getTime()) || from.getDate() !== date) throw new Problem("invalid-input", { field: "day" });
  return { from: new Date(from.getTime()), to: new Date(addDays(from, 1).getTime()) };
}

async function needsOf(ctx: PersonCtx, groupId: string, day: Day, locale: Locale): Promise<PostView[]> {
  const rows = await ctx.db.sql<PostRow[]>`
    select ${postColumns(ctx)}
    from posts p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
    where p.group_id = ${groupId}::uuid and p.kind = 'need' and p.claimable and not p.unapproved
      and (p.window_start is null or p.window_start < ${day.to}::timestamptz)
      and (p.window_end is null or p.window_end > ${day.from}::timestamptz or p.window_start >= ${day.from}::timestamptz)
    order by p.urgency <> 'urgent', p.created_at, p.id limit ${MOST_NEEDS + 1}`;
  return rows.map((row) => toView(row, locale));
}

/**
 * The two are there together at some time of that day, break no limit, are of one kind or as good, and the offer is not known to
 * have only other sizes. What ends at midnight is of the day before.
 */
function fitsDay(need: PostView, { post: offer, broken, alike, lacks }: Match, { from, to }: Day): boolean {
  if (broken.length > 0 || !alike || lacks) return false;
  const together = Math.max(need.windowStart?.getTime() ?? 0, offer.windowStart?.getTime() ?? 0);
  const ends = Math.min(need.windowEnd?.getTime() ?? Infinity, offer.windowEnd?.getTime() ?? Infinity);
  const isOver = ends <= from.getTime() && together < from.getTime();
  return together < to.getTime() && together <= ends && !isOver;
}

function planOf(
  needs: readonly PostView[],
  pairs: readonly Pair[],
  { kept = [], without = [] }: Wish,
): Omit<Plan, "cut"> {
  const offers = [...new Map(pairs.map(({ match }) => [match.post.code, match.post])).values()];
  const wanted = new Map(needs.map(({ code, remaining }) => [code, remaining]));
  const left = new Map(offers.map(({ code, remaining }) => [code, remaining]));
  const fixed = keep(pairs, kept, wanted, left);
  const isOut = new Set([...without, ...kept].map(({ needCode, offerCode }) => `${needCode} ${offerCode}`));
  const open = pairs.filter(({ need, match }) => !isOut.has(`${need.code} ${match.post.code}`));
  const planned = best(needs, offers, open, { wanted, left });
  const served = new Map<string, number>();
  for (const { need, quantity } of [...fixed, ...planned])
    served.set(need.code, (served.get(need.code) ?? 0) + quantity);
  const used = new Set([...fixed, ...planned].map(({ offer }) => offer.code));
  const order = new Map(needs.map(({ code }, at) => [code, at]));
  return {
    pairs: [...fixed, ...planned].toSorted(
      (a, b) => order.get(a.need.code)! - order.get(b.need.code)! || b.quantity - a.quantity,
    ),
    unmet: needs
      .map((need) => ({ need, left: need.remaining - (served.get(need.code) ?? 0) }))
      .filter((one) => one.left > 0),
    unusedOffers: offers.filter(({ code }) => !used.has(code)).length,
    total: [...served.values()].reduce((sum, quantity) => sum + quantity, 0),
  };
}

type Amounts = Map<string, number>;

/** What the coordinator decided, as far as both sides have it; it is taken off what there is. */
function keep(pairs: readonly Pair[], kept: readonly PlanPair[], wanted: Amounts, left: Amounts): PlannedPair[] {
  return kept.flatMap(({ needCode, offerCode, quantity }) => {
    const pair = pairs.find(({ need, match }) => need.code === needCode && match.post.code === offerCode);
    const much = Math.min(quantity, wanted.get(needCode) ?? 0, left.get(offerCode) ?? 0);
    if (!pair || much < 1) return [];
    wanted.set(needCode, wanted.get(needCode)! - much);
    left.set(offerCode, left.get(offerCode)! - much);
    return [plannedPair(pair, much)];
  });
}

/**
 * As many units as can be given, and then the best pairs. To give one unit more, each need and offer changes its partner at most
 * once, so a `base` above all that these changes could cost makes every unit count before any score.
 */
function best(
  needs: readonly PostView[],
  offers: readonly PostView[],
  pairs: readonly Pair[],
  { wanted, left }: { wanted: Amounts; left: Amounts },
): PlannedPair[] {
  const needAt = new Map(needs.map(({ code }, at) => [code, at]));
  const offerAt = new Map(offers.map(({ code }, at) => [code, at]));
  const base = SCALE * (Math.min(needs.length, offers.length) + 1);
  const { flows } = assign({
    needs: needs.map(({ code }) => wanted.get(code)!),
    offers: offers.map(({ code }) => left.get(code)!),
    edges: pairs.map(({ need, match }) => ({
      need: needAt.get(need.code)!,
      offer: offerAt.get(match.post.code)!,
      weight: base + Math.round(match.score * SCALE),
    })),
  });
  return flows.map(({ edge, quantity }) => plannedPair(pairs[edge]!, quantity));
}

const plannedPair = ({ need, match }: Pair, quantity: number): PlannedPair => ({
  need,
  offer: match.post,
  quantity,
  most: match.quantity ?? 1,
  strength: match.strength,
  reasons: match.reasons,
});
