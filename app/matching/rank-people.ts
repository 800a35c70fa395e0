import { distanceKm } from "./distance.ts";

/** Why somebody is asked before others. */
export const PERSON_REASONS = ["near", "speaks", "rested", "answers", "free", "category", "room"] as const;
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
  /** Promises they hold right now. */
  promises: number;
  /** When they were last asked for anything; null: never. */
  lastAskedAt: Date | null;
  /** Of the last needs they were asked about, how many they answered, yes or no. */
  asked: number;
  answered: number;
  /** How many more alerts they want this month; null without a cap. */
  alertsLeft: number | null;
};

export type Ranked<C extends Candidate> = { person: C; score: number; reasons: PersonReason[]; km: number | null };

/**
 * What each reason is worth; together 1.
 *
 * - near: full within its own cell, none from 10 km on; half where either side did not say where they are.
 * - speaks: they share a language with whoever asks, so they can talk.
 * - rested: full after a week without being asked, so that it is not always the same people.
 * - answers: how often they answered, smoothed so that newcomers stand in the middle.
 * - free: full with no promise under way, none with three.
 * - category: they said they want to hear of exactly this.
 * - room: few alerts are left under their monthly cap, so they are kept for when nobody else is there.
 */
const WEIGHTS: Record<PersonReason, number> = {
  near: 0.25,
  speaks: 0.2,
  rested: 0.2,
  answers: 0.1,
  free: 0.1,
  category: 0.1,
  room: 0.05,
};
const FAR_KM = 10;
const NEAR_KM = 3;
const RESTED_MS = 7 * 86_400_000;
const MOST_PROMISES = 3;
const ROOMY_ALERTS = 4;

/** Those who fit a need best first, each with the reasons that count, heaviest first. Equals are mixed anew for every need. PURE. */
export function rankPeople<C extends Candidate>(need: AskedFor, people: readonly C[], now: Date): Ranked<C>[] {
  const ranked = people.map((person) => ({ ...fit(need, person, now), person, mix: mixOf(need.id + person.id) }));
  return ranked
    .toSorted((a, b) => b.score - a.score || a.mix - b.mix || (a.person.id < b.person.id ? -1 : 1))
    .map(({ mix: _mix, ...one }) => one);
}

function fit(need: AskedFor, person: Candidate, now: Date) {
  const km = distanceKm(need, person);
  const rest = person.lastAskedAt ? Math.max(0, now.getTime() - person.lastAskedAt.getTime()) / RESTED_MS : 1;
  const strengths: Record<PersonReason, number> = {
    near: km === null ? 0.5 : Math.max(0, 1 - km / FAR_KM),
    speaks: person.languages.some((one) => need.languages.includes(one)) ? 1 : 0,
    rested: Math.min(1, rest),
    answers: (person.answered + 1) / (person.asked + 2),
    free: Math.max(0, 1 - person.promises / MOST_PROMISES),
    category: person.choseCategory ? 1 : 0.5,
    room: person.alertsLeft === null ? 1 : Math.min(1, Math.max(0, person.alertsLeft) / ROOMY_ALERTS),
  };
  const counts: Record<PersonReason, boolean> = {
    near: km !== null && km <= NEAR_KM,
    speaks: strengths.speaks === 1,
    rested: strengths.rested === 1,
    answers: person.asked > 0 && strengths.answers > 0.5,
    free: person.promises === 0,
    category: person.choseCategory,
    room: false,
  };
  const worth = (reason: PersonReason) => WEIGHTS[reason] * strengths[reason];
  return {
    score: PERSON_REASONS.reduce((sum, reason) => sum + worth(reason), 0),
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
