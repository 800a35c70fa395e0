import type { CategoryField } from "#app/groups/category-field.ts";
import type { PostKind } from "#app/posts/post.ts";
import { FIT } from "./fit.ts";
import type { PairFacts, Reason, Side } from "./match.ts";
import type { Preference } from "./score.ts";

/** As many as are read at a glance. */
const MOST_REASONS = 4;
const NEAR_KM = 5;
/** Within one grid cell. */
const SAME_AREA_KM = 0.5;
const HOUR = 3_600_000;
const WAITS_LONG_HOURS = 48;
const ALIKE = 0.5;
/** From there on somebody is said to keep promises. */
export const KEEPS = 0.85;
const LEFT_BEHIND = 0.5;
/** The language most here share says nothing about a pair. */
export const COMMON_LANGUAGE = "en";

/** `probe`: which of the two the others are compared for; undefined for a pair by itself. */
type Facts = {
  need: Side;
  offer: Side;
  pair: PairFacts;
  km: number | null;
  now: Date;
  zone: string;
  probe: PostKind | undefined;
};

/**
 * The few reasons for a pair, those that decided first. Each is true for its rows: a preference that merely did not hurt
 * gives none, nor does what is the same for all that it was compared with. What must be there and is counts as much as
 * what kind of thing it is, and how much of it there is, is always among them. PURE.
 *
 * @param worth of a preference, as it went into the score.
 */
export function reasonsOf(facts: Facts, worth: (preference: Preference) => number): Reason[] {
  const must = hasReason(facts, "must");
  const found: [Preference, Reason | null][] = [
    ["fit", kindReason(facts)],
    ["fit", must],
    ["near", placeReason(facts)],
    ["time", timeReason(facts)],
    ["enough", amountReason(facts)],
    ["wishes", must ? null : hasReason(facts, "wish")],
    ["language", languageReason(facts)],
    ["kept", facts.pair.kept !== null && facts.pair.kept >= KEEPS ? { kind: "keeps_promises" } : null],
    ["words", facts.pair.words >= ALIKE ? { kind: "words" } : null],
    ...(facts.probe === "need" ? [] : reasonsOfNeed(facts)),
  ];
  const sorted = found
    .filter((one): one is [Preference, Reason] => one[1] !== null)
    .toSorted(([a], [b]) => worth(b) - worth(a))
    .map(([, reason]) => reason);
  const isAmount = ({ kind }: Reason) => kind === "enough" || kind === "part";
  const told = new Set(
    sorted.filter((reason) => !isAmount(reason)).slice(0, sorted.some(isAmount) ? MOST_REASONS - 1 : MOST_REASONS),
  );
  return sorted.filter((reason) => isAmount(reason) || told.has(reason));
}

/** Why this need before others. Of one need's offers these say nothing, as they are the same for all. */
const reasonsOfNeed = (facts: Facts): [Preference, Reason | null][] => [
  ["urgent", facts.need.urgency === "urgent" ? { kind: "urgent" } : null],
  ["waiting", waitingReason(facts)],
  ["area", isLeftBehind(facts) ? { kind: "area_left_behind" } : null],
];

/** Whether the two are there at a time together; without a start or an end, a post is there from always or for ever. */
export const isInTime = (one: Times, other: Times): boolean => startsInTime(one, other) && startsInTime(other, one);

type Times = Pick<Side, "windowStart" | "windowEnd">;

const startsInTime = ({ windowStart }: Times, { windowEnd }: Times): boolean =>
  !windowStart || !windowEnd || windowStart <= windowEnd;

function kindReason({ need, offer, pair }: Facts): Reason | null {
  if (need.categoryId === null || offer.categoryId === null) return null;
  if (need.categoryId === offer.categoryId) return { kind: "same_category" };
  return { kind: "can_serve", fit: pair.fit >= FIT.well ? "well" : "partly" };
}

function placeReason({ km }: Facts): Reason | null {
  if (km === null || km > NEAR_KM) return null;
  return km < SAME_AREA_KM ? { kind: "same_area" } : { kind: "near", km: Math.max(1, Math.round(km)) };
}

/** By the days the two are there together from now on: only where that is one single day is it named. */
function timeReason({ need, offer, now, zone }: Facts): Reason | null {
  if ((!need.windowStart && !need.windowEnd) || !isInTime(need, offer)) return null;
  const starts = Math.max(now.getTime(), need.windowStart?.getTime() ?? 0, offer.windowStart?.getTime() ?? 0);
  const ends = Math.min(need.windowEnd?.getTime() ?? Infinity, offer.windowEnd?.getTime() ?? Infinity);
  if (starts > ends) return null;
  const day = dayIn(zone);
  const first = day(new Date(starts));
  if (ends === Infinity || day(new Date(ends)) !== first) return { kind: "when", day: "in_time" };
  const today = day(now);
  if (first === today) return { kind: "when", day: "today" };
  return { kind: "when", day: first === dayAfter(today) ? "tomorrow" : "same_day" };
}

/** By the calendar: a day is not always 24 hours long. */
const dayAfter = (day: string) => new Date(Date.parse(day) + 24 * HOUR).toISOString().slice(0, 10);

/** The day of a moment. The last zone's format is kept, as making one takes longer than all else here. */
function dayIn(zone: string): (at: Date) => string {
  if (days.zone !== zone) Object.assign(days, { zone, format: new Intl.DateTimeFormat("sv-SE", { timeZone: zone }) });
  return (at) => days.format.format(at);
}

const days = { zone: "UTC", format: new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC" }) };

/** That one is enough for one goes without saying, and what only helps in part is counted in other units. */
function amountReason({ need, offer, pair }: Facts): Reason | null {
  const otherKind = need.categoryId !== null && offer.categoryId !== null && need.categoryId !== offer.categoryId;
  if (need.remaining === 1 || (otherKind && pair.fit < FIT.well)) return null;
  if (offer.remaining >= need.remaining) return { kind: "enough" };
  return { kind: "part", n: offer.remaining, of: need.remaining };
}

/** Something the need asks for and the offer has; of what must be there, all of it has to be. */
function hasReason({ need, offer, pair }: Facts, weighing: CategoryField["weighs"]): Reason | null {
  for (const { key, options, weighs } of pair.fields) {
    if (weighs !== weighing) continue;
    const has = (option: string) => offer.answers[key]?.includes(option) ?? false;
    if (weighs === "must" && !need.answers[key]?.every(has)) continue;
    const both = need.answers[key]?.find(has);
    const option = options.find((one) => one.key === both);
    if (option) return { kind: "has", option };
  }
  return null;
}

function languageReason({ need, offer }: Facts): Reason | null {
  if (need.languages.includes(COMMON_LANGUAGE)) return null;
  const language = need.languages.find((one) => offer.languages.includes(one));
  return language ? { kind: "speaks", language } : null;
}

function waitingReason({ need, now }: Facts): Reason | null {
  const hours = Math.floor((now.getTime() - need.createdAt.getTime()) / HOUR);
  return hours >= WAITS_LONG_HOURS ? { kind: "waiting", hours } : null;
}

const isLeftBehind = ({ pair }: Facts) => pair.areaAnswered !== null && pair.areaAnswered <= LEFT_BEHIND;
