import type { CategoryField, FieldOption } from "#app/groups/category-field.ts";
import type { PostKind } from "#app/posts/post.ts";
import { distanceKm } from "./distance.ts";
import { COUNTS, FIT } from "./fit.ts";
import type { Limit, PairFacts, Scored, Side, Strength } from "./match.ts";
import { isInTime, reasonsOf } from "./reasons.ts";

/** So far apart, nearness counts for nothing. */
const NOT_NEAR_KM = 15;
/** Farther apart, two posts are suggested only where nothing nearer fits. */
const FAR_KM = 25;
const HOUR = 3_600_000;
/** As long a time together is as good as any longer one. */
const HAND_OVER_HOURS = 6;
const WAITS_LONG_HOURS = 72;

/**
 * What each preference is worth; together 1. What a giver cannot change (how good a fit it is, how far, when, how much)
 * weighs more than how it is put; a need's urgency and waiting decide between needs, and are the same for all its offers.
 */
export const WEIGHTS = {
  fit: 0.2,
  near: 0.18,
  time: 0.12,
  enough: 0.1,
  words: 0.08,
  wishes: 0.05,
  language: 0.05,
  kept: 0.04,
  urgent: 0.08,
  waiting: 0.07,
  area: 0.03,
} as const;
export type Preference = keyof typeof WEIGHTS;

/** Not known counts as in the middle: nobody loses for having said little. */
const UNKNOWN = 0.5;
/** Preferences that say how well the two go together, whoever is in need. */
const OF_THE_PAIR = ["fit", "near", "time", "enough", "words", "wishes", "language", "kept"] as const;
const STRONG = 0.7;
const FAIR = 0.5;

/**
 * How well an offer serves a need, 0 to 1, with the few reasons that decided and the hard limits the pair breaks. PURE:
 * soft preferences make the number, limits are told apart, so that whoever asks can do without one and say so.
 *
 * Each preference is between 0 and 1 and rises with what it stands for: the nearer, the longer together in time, the more
 * of the need the offer covers, the more alike their words, the more wishes it has, the more urgent the need and the
 * longer it waits, the surer its giver keeps promises, the less its area is answered.
 *
 * @param zone IANA name: whose days "today" and "tomorrow" are.
 * @param probe which of the two the others are compared for. Of a need's offers the need's own urgency, waiting and area
 *   are no reasons, being the same for all.
 */
export function score(need: Side, offer: Side, pair: PairFacts, now: Date, zone: string, probe?: PostKind): Scored {
  const { score: total, broken, km } = weigh(need, offer, pair, now);
  const strengths = strengthsOf(need, offer, pair, { now, km });
  const worth = (preference: Preference) => WEIGHTS[preference] * strengths[preference];
  const lacks = lackOf(need, offer, pair);
  return {
    score: total,
    strength: lacks || isOtherKind(need, offer, pair) ? "weak" : strengthOf(strengths, broken),
    reasons: reasonsOf({ need, offer, pair, km, now, zone, probe }, worth),
    broken,
    lacks,
    km,
  };
}

/** The number and the limits of `score` without words for them: for the many that are only compared. PURE. */
export function weigh(need: Side, offer: Side, pair: PairFacts, now: Date): Pick<Scored, "score" | "broken" | "km"> {
  const km = distanceKm(need, offer);
  const total =
    WEIGHTS.fit * pair.fit +
    WEIGHTS.near * nearness(km) +
    WEIGHTS.time * timeTogether(need, offer) +
    WEIGHTS.enough * shareOf(need, offer) +
    WEIGHTS.words * pair.words +
    WEIGHTS.wishes * wishesMet(need, offer, pair) +
    WEIGHTS.language * languageShared(need, offer) +
    WEIGHTS.kept * (pair.kept ?? UNKNOWN) +
    WEIGHTS.urgent * URGENT[need.urgency] +
    WEIGHTS.waiting * waitingOf(need, now) +
    WEIGHTS.area * (1 - (pair.areaAnswered ?? UNKNOWN));
  return { score: total, broken: brokenLimits(need, offer, pair, km), km };
}

type Strengths = Record<Preference, number>;

/** What `weigh` sums up, each by its name: it makes none of these, as it is asked of dozens for each one that is shown. */
const strengthsOf = (
  need: Side,
  offer: Side,
  pair: PairFacts,
  { now, km }: { now: Date; km: number | null },
): Strengths => ({
  fit: pair.fit,
  near: nearness(km),
  time: timeTogether(need, offer),
  enough: shareOf(need, offer),
  words: pair.words,
  wishes: wishesMet(need, offer, pair),
  language: languageShared(need, offer),
  kept: pair.kept ?? UNKNOWN,
  urgent: URGENT[need.urgency],
  waiting: waitingOf(need, now),
  area: 1 - (pair.areaAnswered ?? UNKNOWN),
});

const URGENT = { urgent: 1, soon: 0.5, normal: 0 } as const;

const nearness = (km: number | null): number => (km === null ? UNKNOWN : Math.max(0, 1 - km / NOT_NEAR_KM));

const shareOf = (need: Side, offer: Side): number => Math.min(1, offer.remaining / need.remaining);

function waitingOf(need: Side, now: Date): number {
  const waited = (now.getTime() - need.createdAt.getTime()) / HOUR;
  return Math.min(1, Math.max(0, waited / WAITS_LONG_HOURS));
}

/** How long the two are there together, of as long as a hand-over may take; a need for any time is in the middle. */
function timeTogether(need: Side, offer: Side): number {
  if (!need.windowStart && !need.windowEnd) return UNKNOWN;
  const [from, to] = [startOf(need), endOf(need)];
  const together = Math.min(to, endOf(offer)) - Math.max(from, startOf(offer));
  if (together < 0) return 0;
  return Math.min(1, (together + 1) / (Math.min(HAND_OVER_HOURS * HOUR, to - from) + 1));
}

const startOf = ({ windowStart }: Side): number => windowStart?.getTime() ?? -Infinity;
const endOf = ({ windowEnd }: Side): number => windowEnd?.getTime() ?? Infinity;

/** What is said in words, numbers or days is for people to weigh. */
const isChoice = (type: CategoryField["type"]) => (type ?? "choice") === "choice";

/** The share of what the need wishes for that the offer has; in the middle where it wishes for nothing or nobody knows. */
function wishesMet(need: Side, offer: Side, { fields }: PairFacts): number {
  let wishes = 0;
  let met = 0;
  for (const { key, type, weighs } of fields) {
    const wished = need.answers[key];
    if (weighs !== "wish" || !isChoice(type) || !wished?.length) continue;
    const has = offer.answers[key];
    wishes += 1;
    met += has ? wished.filter((option) => has.includes(option)).length / wished.length : UNKNOWN;
  }
  return wishes === 0 ? UNKNOWN : met / wishes;
}

/** Another kind of thing that helps, but of which nobody can say how many make up for how many. */
export const isOtherKind = (need: Side, offer: Side, { fit }: PairFacts): boolean =>
  need.categoryId !== null && offer.categoryId !== null && fit < COUNTS;

/** Of a wish both have answered, when none of what is wished for is there: the first option wished for. */
function lackOf(need: Side, offer: Side, { fields }: PairFacts): FieldOption | null {
  for (const { key, options, type, weighs } of fields) {
    if (!isChoice(type)) continue;
    const [wished, has] = [need.answers[key], offer.answers[key]];
    if (weighs !== "wish" || !wished?.length || !has?.length || wished.some((option) => has.includes(option))) continue;
    return options.find((option) => option.key === wished[0]) ?? null;
  }
  return null;
}

function languageShared(need: Side, offer: Side): number {
  if (need.languages.length === 0 || offer.languages.length === 0) return UNKNOWN;
  return need.languages.some((language) => offer.languages.includes(language)) ? 1 : 0;
}

const NONE: readonly Limit[] = Object.freeze([]);

function brokenLimits(need: Side, offer: Side, pair: PairFacts, km: number | null): readonly Limit[] {
  const far = km !== null && km > FAR_KM;
  const inTime = isInTime(need, offer);
  const lacks = lacksWhatMustBe(need, offer, pair);
  if (!far && inTime && !lacks) return NONE;
  const broken: Limit[] = far ? ["far"] : [];
  if (!inTime) broken.push("time");
  if (lacks) broken.push("must");
  return broken;
}

const lacksWhatMustBe = (need: Side, offer: Side, { fields }: PairFacts): boolean =>
  fields.some(
    ({ key, weighs }) =>
      weighs === "must" && need.answers[key]?.some((option) => !offer.answers[key]?.includes(option)),
  );

/** A word for it, by what the two have to do with each other: an urgent need is no better a match for being urgent. */
function strengthOf(strengths: Record<Preference, number>, broken: readonly Limit[]): Strength {
  if (broken.length > 0) return "weak";
  const worth = OF_THE_PAIR.reduce((sum, one) => sum + WEIGHTS[one] * strengths[one], 0);
  const share = worth / OF_THE_PAIR.reduce((sum, one) => sum + WEIGHTS[one], 0);
  if (share >= STRONG && strengths.fit >= FIT.well) return "strong";
  return share >= FAIR ? "fair" : "weak";
}
