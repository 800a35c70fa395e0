import { USUAL_CHANCE } from "./chance.ts";
import { distanceKm } from "./distance.ts";

/** Why somebody is asked before others. */
export const PERSON_REASONS = ["offers", "near", "speaks", "rested", "chance", "free", "category", "room"] as const;
export type PersonReason = (typeof PERSON_REASONS)[number];

/** What of a need decides who suits it. `lat` and `lng` are a grid cell; null: unknown. */
export type AskedFor = { id: string; lat: number | null; lng: number | null; languages: readonly string[] };

/** Somebody who may be asked. Nothing in here says who they are or how they live: only how to reach and not to wear them out. */
export type Candidate = {
  id: string;
  lat: number | null;
  lng: number | null;
  /** All they speak, the language of their texts among them. */
  languages: readonly string[];
  /** They chose the need's category as one to hear of, instead of all of the group's. */
  choseCategory: boolean;
  /** How well an open offer of theirs fits the need, 0 to 1; null: they have none that does. */
  offerFit: number | null;
  /** Promises they hold right now. */
  promises: number;
  /** When they were last asked for anything; null: never. */
  lastAskedAt: Date | null;
  /** How often they were asked for anything in the last seven days; counting stops at 40. */
  askedLately: number;
  /** How likely asking them brings help now (`chanceOf`, `chanceLately`); null where the group does not learn. */
  chance: number | null;
  /** How many more alerts they want this month; null without a cap. */
  alertsLeft: number | null;
};

export type Ranked<C extends Candidate> = { person: C; score: number; reasons: PersonReason[]; km: number | null };

/**
 * What each preference is worth among those who are as likely to help; together 1. The chance itself multiplies them: a text to
 * somebody unlikely is mostly one for nothing, and wears out whoever gets it (`npm run simulate`: with the chance as one
 * weight among others a busy week took several times the texts and met fewer needs).
 *
 * - near: full within its own cell, none from 10 km on; half where either side did not say where they are.
 * - speaks: they share a language with whoever asks, so they can talk.
 * - rested: full after a week without being asked, so that it is not always the same people.
 * - free: full with no promise under way, none with three.
 * - category: they said they want to hear of exactly this.
 * - room: few alerts are left under their monthly cap, so they are kept for when nobody else is there.
 */
const WEIGHTS = { near: 0.25, speaks: 0.2, rested: 0.2, free: 0.15, category: 0.1, room: 0.1 } as const;
const WEIGHED = ["near", "speaks", "rested", "free", "category", "room"] as const;
/** Of two equally likely people one may count so much more by all preferences together. */
const PREFERENCES = 0.5;
const FAR_KM = 10;
const NEAR_KM = 3;
const RESTED_MS = 7 * 86_400_000;
const MOST_PROMISES = 3;
const ROOMY_ALERTS = 4;
const GOOD_CHANCE = 0.5;
/** Who was asked so often within a week is asked again only where everybody else was: too many texts make people stop reading them. */
export const MOST_ASKS_A_WEEK = 5;

/**
 * Those who fit a need best first, each with the reasons that count, heaviest first: whoever offers what is needed, then everybody
 * else, then those who were asked often enough this week. Equals are mixed anew for every need. PURE.
 */
export function rankPeople<C extends Candidate>(need: AskedFor, people: readonly C[], now: Date): Ranked<C>[] {
  const ranked = people.map((person) => ({ ...fit(need, person, now), person, mix: mixOf(need.id + person.id) }));
  return ranked
    .toSorted((a, b) => b.score - a.score || a.mix - b.mix || (a.person.id < b.person.id ? -1 : 1))
    .map(({ mix: _mix, ...one }) => one);
}

/** Of three thirds of the score, the upper is for those who offer it, the lowest for those who were asked often enough. */
function turnOf({ offerFit, askedLately }: Candidate): number {
  if (askedLately >= MOST_ASKS_A_WEEK) return 0;
  return offerFit === null ? 1 : 2;
}

function fit(need: AskedFor, person: Candidate, now: Date) {
  const km = distanceKm(need, person);
  const rest = person.lastAskedAt ? Math.max(0, now.getTime() - person.lastAskedAt.getTime()) / RESTED_MS : 1;
  const strengths: Record<PersonReason, number> = {
    offers: person.offerFit ?? 0,
    near: km === null ? 0.5 : Math.max(0, 1 - km / FAR_KM),
    speaks: person.languages.some((one) => need.languages.includes(one)) ? 1 : 0,
    rested: Math.min(1, rest),
    chance: Math.min(1, (person.chance ?? USUAL_CHANCE) / GOOD_CHANCE),
    free: Math.max(0, 1 - person.promises / MOST_PROMISES),
    category: person.choseCategory ? 1 : 0.5,
    room: person.alertsLeft === null ? 1 : Math.min(1, Math.max(0, person.alertsLeft) / ROOMY_ALERTS),
  };
  const counts: Record<PersonReason, boolean> = {
    offers: person.offerFit !== null,
    near: km !== null && km <= NEAR_KM,
    speaks: strengths.speaks === 1,
    rested: strengths.rested === 1,
    chance: strengths.chance === 1,
    free: person.promises === 0,
    category: person.choseCategory,
    room: false,
  };
  const worth = (reason: PersonReason) =>
    reason === "offers" || reason === "chance" ? 1 : WEIGHTS[reason] * strengths[reason];
  const preferred = WEIGHED.reduce((sum, reason) => sum + worth(reason), 0);
  const suits = strengths.chance * (1 - PREFERENCES + PREFERENCES * preferred);
  return {
    score: (turnOf(person) + Math.min(1, (suits + strengths.offers) / 2)) / 3,
    reasons: PERSON_REASONS.filter((reason) => counts[reason]).toSorted((a, b) => worth(b) - worth(a)),
    km,
  };
}

/** A number that looks random and is the same for the same text (FNV-1a). */
function mixOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
