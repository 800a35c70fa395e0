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
const COMMON_LANGUAGE = "en";

type Facts = { need: Side; offer: Side; pair: PairFacts; km: number | null; now: Date; zone: string };

/**
 * The few reasons for a pair, those that decided first. Each is true for its rows: a preference that merely did not hurt
 * gives none. How much of it there is, is always among them: nobody decides without. PURE.
 *
 * @param worth of a preference, as it went into the score.
 */
export function reasonsOf(facts: Facts, worth: (preference: Preference) => number): Reason[] {
  const found: [Preference, Reason | null][] = [
    ["fit", kindReason(facts)],
    ["near", placeReason(facts)],
    ["time", timeReason(facts)],
    ["enough", amountReason(facts)],
    ["wishes", hasReason(facts)],
    ["language", languageReason(facts)],
    ["kept", facts.pair.kept !== null && facts.pair.kept >= KEEPS ? { kind: "keeps_promises" } : null],
    ["urgent", facts.need.urgency === "urgent" ? { kind: "urgent" } : null],
    ["waiting", waitingReason(facts)],
    ["words", facts.pair.words >= ALIKE ? { kind: "words" } : null],
    ["area", isLeftBehind(facts) ? { kind: "area_left_behind" } : null],
  ];
  const sorted = found
    .filter((one): one is [Preference, Reason] => one[1] !== null)
    .toSorted(([a], [b]) => worth(b) - worth(a))
    .map(([, reason]) => reason);
  const isAmount = ({ kind }: Reason) => kind === "enough" || kind === "part";
  const told = new Set(sorted.filter((reason) => !isAmount(reason)).slice(0, MOST_REASONS - 1));
  return sorted.filter((reason) => isAmount(reason) || told.has(reason));
}

/** Whether the two are there at a time together; without a start or an end, a post is there from always or for ever. */
export function isInTime(one: Pick<Side, "windowStart" | "windowEnd">, other: Pick<Side, "windowStart" | "windowEnd">) {
  const starts = (a: typeof one, b: typeof one) => !a.windowStart || !b.windowEnd || a.windowStart <= b.windowEnd;
  return starts(one, other) && starts(other, one);
}

function kindReason({ need, offer, pair }: Facts): Reason | null {
  if (need.categoryId === null || offer.categoryId === null) return null;
  if (need.categoryId === offer.categoryId) return { kind: "same_category" };
  return { kind: "can_serve", fit: pair.fit >= 0.8 ? "well" : "partly" };
}

function placeReason({ km }: Facts): Reason | null {
  if (km === null || km > NEAR_KM) return null;
  return km < SAME_AREA_KM ? { kind: "same_area" } : { kind: "near", km: Math.max(1, Math.round(km)) };
}

function timeReason({ need, offer, now, zone }: Facts): Reason | null {
  if ((!need.windowStart && !need.windowEnd) || !isInTime(need, offer)) return null;
  const day = dayIn(zone);
  const starts = Math.max(now.getTime(), need.windowStart?.getTime() ?? 0, offer.windowStart?.getTime() ?? 0);
  const ends = Math.min(need.windowEnd?.getTime() ?? Infinity, offer.windowEnd?.getTime() ?? Infinity);
  if (starts > ends) return null;
  const neededBy = need.windowEnd && day(need.windowEnd);
  if (neededBy === day(now)) return { kind: "when", day: "today" };
  if (neededBy === day(new Date(now.getTime() + 24 * HOUR))) return { kind: "when", day: "tomorrow" };
  const bothEnd = neededBy && offer.windowEnd && neededBy === day(offer.windowEnd);
  return { kind: "when", day: bothEnd ? "same_day" : "in_time" };
}

/** The day of a moment. The last zone's format is kept, as making one takes longer than all else here. */
function dayIn(zone: string): (at: Date) => string {
  if (days.zone !== zone) Object.assign(days, { zone, format: new Intl.DateTimeFormat("sv-SE", { timeZone: zone }) });
  return (at) => days.format.format(at);
}

const days = { zone: "UTC", format: new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC" }) };

function amountReason({ need, offer }: Facts): Reason {
  if (offer.remaining >= need.remaining) return { kind: "enough" };
  return { kind: "part", n: offer.remaining, of: need.remaining };
}

/** Something the need asks for and the offer has. */
function hasReason({ need, offer, pair }: Facts): Reason | null {
  for (const { key, options } of pair.fields) {
    const both = need.answers[key]?.find((option) => offer.answers[key]?.includes(option));
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
