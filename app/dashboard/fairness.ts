import type { DismissReason } from "#app/events/event.ts";
import type { AskRate } from "./report/area-people.ts";
import type { Share, Unmet } from "./report/spread.ts";

/** A language and how many people speak it. */
export type Speakers = { language: string; people: number };

/** How asks for help were spread over people in a period. `count` people were asked `asks` times each. */
export type AskCount = { asks: number; people: number };

/** How asking is shared. Nobody is named, and nothing of who people are is looked at. */
export type Spread = {
  /** Asks in the period, and how many people they went to. */
  asks: number;
  asked: number;
  /** Of the people asked: how often. Null where nobody was. */
  median: number | null;
  most: number;
  /**
   * The Gini coefficient of asks over everybody who was asked or is ready to be: 0 where all were asked alike, near 1 where one
   * person was asked all the time. Null where nobody was asked.
   */
  gini: number | null;
};

/** What an area asked for and got; `area` null: the needs that do not say where they are. `place` is what most of them call it. */
export type AreaFigures = Share & { area: string | null; place: string | null };
/** The same by the language needs are written in. */
export type LanguageFigures = Share & { language: string };

export type Fairness = Spread & {
  /** People who can be asked now, and those of them who were not asked in the period. */
  ready: number;
  neverAsked: number;
  /** The area that waits most first. */
  areas: AreaFigures[];
  languages: LanguageFigures[];
  /** Who can be asked now, by the languages they speak. */
  speakers: Speakers[];
  /** Needs of the period for the people who live there, where that was said; those who ask least first. */
  askRates: AskRate[];
  /** All needs together. */
  all: Share;
  /** What is not met, by category and area. */
  unmet: Unmet;
  /** Promises backed by an offer that were made in the period, and suggestions put aside, by why. */
  matches: { accepted: number; dismissed: { reason: DismissReason; count: number }[] };
};

/** @param counts any order; people who were never asked have 0 asks. PURE. */
export function spreadOf(counts: readonly AskCount[]): Spread {
  const sorted = counts.filter(({ people }) => people > 0).toSorted((a, b) => a.asks - b.asks);
  const asked = sorted.filter(({ asks }) => asks > 0);
  const people = sum(asked, (one) => one.people);
  return {
    asks: sum(asked, (one) => one.asks * one.people),
    asked: people,
    median: people > 0 ? (nth(asked, Math.ceil(people / 2)) + nth(asked, Math.floor(people / 2) + 1)) / 2 : null,
    most: asked.at(-1)?.asks ?? 0,
    gini: giniOf(sorted),
  };
}

/** The n-th of the people, counted from 1 and from the fewest asks: how often they were asked. */
function nth(sorted: readonly AskCount[], n: number): number {
  let passed = 0;
  for (const { asks, people } of sorted) {
    passed += people;
    if (passed >= n) return asks;
  }
  return 0;
}

/** `Σ (2i − n − 1) xᵢ / (n Σ xᵢ)` over all people in order; those of one count are taken together. */
function giniOf(sorted: readonly AskCount[]): number | null {
  const n = sum(sorted, ({ people }) => people);
  const total = sum(sorted, ({ asks, people }) => asks * people);
  if (total === 0) return null;
  let before = 0;
  let weighed = 0;
  for (const { asks, people } of sorted) {
    weighed += asks * people * (2 * before + people - n);
    before += people;
  }
  return weighed / (n * total);
}

/** How far the share of answered needs is above (or, negative, below) that of all areas together, between -1 and 1. */
export const gapOf = (area: Pick<Share, "needs" | "answered">, all: Pick<Share, "needs" | "answered">) =>
  area.needs > 0 && all.needs > 0 ? area.answered / area.needs - all.answered / all.needs : null;

const sum = <T>(list: readonly T[], value: (one: T) => number): number =>
  list.reduce((total, one) => total + value(one), 0);
