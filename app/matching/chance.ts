/** What came of asking, counted: how many were asked, said yes, promised and kept it. */
export type Tally = { asked: number; yes: number; promised: number; kept: number };

/**
 * What the counts are grouped by. Nothing of who somebody is: only who was asked, for what, whether they had chosen to hear of it or offer it,
 * how far away and at what hour.
 */
export const SCOPES = ["person", "category", "chosen", "offers", "distance", "hour"] as const;
export type Scope = "all" | (typeof SCOPES)[number];

/** By `rateKey`. What is missing was never counted. */
export type Rates = ReadonlyMap<string, Tally>;
export const rateKey = (scope: Scope, key = ""): string => `${scope}:${key}`;

/**
 * Whom we think of asking. `chose`: they chose the category; `offers`: they have an open offer that fits; `speaks`: a language of whoever
 * needs it; `hour`: of the day where they are, 0 to 23; `km` null: not known.
 */
export type ChanceFacts = {
  personId: string;
  categoryId: string | null;
  chose: boolean;
  offers: boolean;
  speaks: boolean;
  km: number | null;
  hour: number;
};

/** Distances are counted in bands that begin at so many km. */
export const BAND_KM: readonly number[] = [1, 3, 6, 10];
export const bandOf = (km: number | null): string =>
  km === null ? "unknown" : String(BAND_KM.filter((from) => from <= km).length);

/**
 * What is thought before anything was counted: of those asked by text 17 to 47 in 100 answer in published work, about 23 in 100
 * of those near set out. Four promises of five are kept.
 */
const BEFORE = { yes: 0.25, kept: 0.8 } as const;
/** The chance that asking anybody brings help while nothing is known, and where a group does not learn. */
export const USUAL_CHANCE = BEFORE.yes * BEFORE.kept;

/**
 * As many made-up asks, with the usual result, stand before the real ones: the fewer there are, the closer a rate stays to the usual.
 * Few for a person, so that a handful of answers shows; more for what many people share.
 */
const STANDS_BEFORE: Record<Scope, number> = {
  all: 40,
  person: 6,
  category: 30,
  chosen: 30,
  offers: 30,
  distance: 30,
  hour: 30,
};
/** What is thought of a yes before it was counted, as shifts of the odds: nearer is likelier, and so is what somebody chose to hear of. */
const SHIFTS: Readonly<Record<string, number>> = {
  [rateKey("distance", "0")]: 0.4,
  [rateKey("distance", "1")]: 0.2,
  [rateKey("distance", "2")]: -0.2,
  [rateKey("distance", "3")]: -0.7,
  [rateKey("distance", "4")]: -1.4,
  [rateKey("chosen", "yes")]: 0.4,
  [rateKey("offers", "yes")]: 1,
};
/** That two can talk makes a yes likelier by so much. Always the same: what comes of asking is not counted by language. */
const CANNOT_TALK = -0.4;
const LEAST = 0.01;
const MOST = 0.95;

/**
 * How likely asking somebody brings help: that they say yes, times that they keep it; 0.0001 to 0.9. PURE.
 *
 * Counted are the asks by text of the last 180 days and what came of them: who said yes, and which promises were kept. Each is
 * counted for everybody together, for the person, for the category, for whether they chose it, for how far away (five bands) and for
 * the hour of the day. A rate of few cases says little, so each is smoothed: as if some asks with the usual result had come before it. The parts are put
 * together by adding up how much each one shifts the odds of everybody's rate.
 *
 * Somebody new has no rate of their own, which shifts nothing: they stand exactly where everybody does, and neither does one
 * missed text count for much. Who rarely answers comes later, but never never: who was not asked for long comes to the front
 * again (`rankPeople`). An ask that others covered within the hour counts neither way. What somebody speaks, where they live, their
 * name, their age or anything they told us about themselves is not counted. A group's coordinators can switch it off.
 */
export function chanceOf(facts: ChanceFacts, rates: Rates): number {
  return likely(facts, rates, "asked", "yes") * likely(facts, rates, "promised", "kept");
}

/**
 * Of those who were asked for something this week, so many read on after each text: in a busy week most have stopped, and a
 * text to somebody who was spared is worth more (`npm run simulate`: in a camp more needs are met with fewer texts, shared more
 * evenly).
 */
const READS_ON = 0.95;

/** The chance that asking somebody brings help, after they were asked so often in the last seven days. PURE. */
export const chanceLately = (chance: number, askedLately: number): number => chance * READS_ON ** askedLately;

function likely(facts: ChanceFacts, rates: Rates, of: "asked" | "promised", came: "yes" | "kept"): number {
  const rateOf = (scope: Scope, key: string, before: number): number => {
    const counted = rates.get(key);
    return ((counted?.[came] ?? 0) + STANDS_BEFORE[scope] * before) / ((counted?.[of] ?? 0) + STANDS_BEFORE[scope]);
  };
  const usual = logOdds(rateOf("all", rateKey("all"), BEFORE[came]));
  const shifts = keysOf(facts).map(([scope, key]) => {
    const before = oddsRate(usual + (came === "yes" ? (SHIFTS[key] ?? 0) : 0));
    return logOdds(rateOf(scope, key, before)) - usual;
  });
  const talk = came === "yes" && !facts.speaks ? CANNOT_TALK : 0;
  return Math.min(MOST, Math.max(LEAST, oddsRate(shifts.reduce((sum, one) => sum + one, usual + talk))));
}

function keysOf({ personId, categoryId, chose, offers, km, hour }: ChanceFacts): [Scope, string][] {
  const keys: Record<(typeof SCOPES)[number], string | null> = {
    person: personId,
    category: categoryId,
    chosen: chose ? "yes" : "no",
    offers: offers ? "yes" : "no",
    distance: bandOf(km),
    hour: String(hour),
  };
  return SCOPES.flatMap((scope) => (keys[scope] === null ? [] : [[scope, rateKey(scope, keys[scope])]]));
}

const logOdds = (rate: number): number => Math.log(rate / (1 - rate));
const oddsRate = (odds: number): number => 1 / (1 + Math.exp(-odds));
