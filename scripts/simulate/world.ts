import { snapToGrid } from "#app/core/grid.ts";
import type { Urgency } from "#app/posts/post.ts";
import { DAY, KEPT, KEPT_EVENNESS, WILL_SPREAD } from "./model.ts";
import { rolls, type Rolls } from "./random.ts";
import type { Kind, Scenario } from "./scenarios.ts";

/** Kilometres east and north of the city's middle; times are minutes since the run began. */
type Place = { x: number; y: number };
/** What the product knows of a place: the middle of its cell, or nothing. */
type Cell = { lat: number | null; lng: number | null };

export type Person = Place &
  Cell & {
    at: number;
    id: string;
    area: number;
    /** Indexes of kinds; empty: all. */
    kinds: readonly number[];
    languages: readonly string[];
    /** Their will (mean 1) and their share of promises kept: no policy may read these two. */
    will: number;
    keeps: number;
    perWeek: number;
    monthlyCap: number | null;
    quietFrom: number;
    quietTo: number;
    urgentAtNight: boolean;
  };

export type Need = Place &
  Cell & {
    at: number;
    id: string;
    area: number;
    kind: number;
    hands: number;
    urgency: Urgency;
    languages: readonly string[];
    opens: number;
    deadline: number;
  };

/** Somebody offers a kind of help so many times, for a while. */
export type Offer = {
  at: number;
  id: string;
  person: number;
  kind: number;
  hands: number;
  opens: number;
  ends: number;
};

export type World = { scenario: Scenario; seed: number; people: Person[]; needs: Need[]; offers: Offer[] };

const MIDDLE = { lat: 44.95, lng: -93.25 };
const OFFER_HOURS = 72;
/** Most things are asked for by day. */
const ARRIVALS = [1, 1, 1, 1, 1, 1, 2, 4, 7, 8, 8, 7, 7, 6, 6, 6, 7, 8, 7, 6, 4, 3, 2, 1].map(
  (weight, hour) => [hour, weight] as const,
);
const LANGUAGES: readonly (readonly [readonly string[], number])[] = [
  [["en"], 60],
  [["en", "es"], 15],
  [["es"], 13],
  [["en", "ar"], 6],
  [["ar"], 6],
];

/** A city with its people, and what they need and offer over the days: the same for the same seed. */
export function makeWorld(scenario: Scenario, seed: number): World {
  const roll = rolls(seed * 7919 + scenario.people);
  const areas = Array.from({ length: scenario.areas }, (_, at) => ({
    at,
    x: (roll.next() - 0.5) * scenario.acrossKm * 0.8,
    y: (roll.next() - 0.5) * scenario.acrossKm * 0.8,
    weight: 1 / (at + 1),
  }));
  const home = () => {
    const area = roll.pick(areas.map((one) => [one, one.weight] as const));
    const spread = scenario.acrossKm / 12;
    return { area: area.at, x: area.x + roll.normal() * spread, y: area.y + roll.normal() * spread };
  };
  const people = Array.from({ length: scenario.people }, (_, at) => makePerson(roll, scenario, at, home()));
  const needs = [...arrivals(roll, scenario.days, scenario.perDay)].map((opens) => {
    const kind = roll.pick(scenario.kinds.map((one, index) => [index, one.share] as const));
    return makeNeed(roll, scenario.kinds, { kind, opens, ...home() });
  });
  for (const standing of scenario.standing) {
    for (let turn = 0; turn < scenario.days * standing.times; turn++) {
      const deadline = Math.floor(turn / standing.times) * DAY + DAY + standing.hour * 60;
      const need = makeNeed(roll, scenario.kinds, {
        kind: standing.kind,
        opens: deadline - standing.ahead * 60,
        ...home(),
      });
      needs.push({ ...need, hands: standing.hands, urgency: "soon", deadline });
    }
  }
  needs.sort((a, b) => a.opens - b.opens);
  const offers = [...arrivals(roll, scenario.days, scenario.offersPerDay)].map((opens, at) => {
    const person = Math.floor(roll.next() * people.length);
    const { kinds, perWeek } = people[person]!;
    const all = scenario.kinds.map((one, index) => [index, one.share + 0.5] as const);
    const kind = roll.pick(all.filter(([index]) => kinds.length === 0 || kinds.includes(index)));
    const hands = Math.min(
      perWeek,
      roll.pick([
        [1, 6],
        [2, 3],
        [3, 1],
      ] as const),
    );
    return { at, id: `offer-${at}`, person, kind, hands, opens, ends: opens + OFFER_HOURS * 60 };
  });
  return { scenario, seed, people, needs: needs.map((need, at) => ({ ...need, at, id: `need-${at}` })), offers };
}

function makePerson(roll: Rolls, scenario: Scenario, at: number, home: Place & { area: number }): Person {
  const shares = scenario.kinds.map((_, index) => [index, 1 + perDayOf(scenario, index)] as const);
  const chosen = roll.next() < 0.4 ? 0 : 1 + Math.floor(roll.next() * 3);
  const kinds = new Set(Array.from({ length: chosen }, () => roll.pick(shares)));
  return {
    ...home,
    ...(roll.next() < 0.15 ? { lat: null, lng: null } : cellOf(home)),
    at,
    id: `person-${at}`,
    kinds: [...kinds],
    languages: roll.pick(LANGUAGES),
    will: Math.exp(roll.normal() * WILL_SPREAD - WILL_SPREAD ** 2 / 2),
    keeps: evenly(roll, KEPT, KEPT_EVENNESS),
    perWeek: roll.pick(scenario.perWeek),
    monthlyCap: roll.pick([
      [null, 7],
      [4, 1],
      [8, 1],
      [15, 1],
    ] as const),
    quietFrom: roll.pick([
      [21, 6],
      [22, 3],
      [23, 1],
    ] as const),
    quietTo: roll.pick([
      [8, 6],
      [7, 3],
      [6, 1],
    ] as const),
    urgentAtNight: roll.next() < 0.25,
  };
}

/** How many needs of a kind arrive on a usual day: people choose to hear of what is needed often. */
function perDayOf({ kinds, perDay, standing }: Scenario, kind: number): number {
  const total = kinds.reduce((sum, { share }) => sum + share, 0);
  const times = standing.reduce((sum, one) => sum + (one.kind === kind ? one.times : 0), 0);
  return (perDay(0) * kinds[kind]!.share) / total + times;
}

type Asked = Place & { area: number; kind: number; opens: number };

function makeNeed(roll: Rolls, kinds: readonly Kind[], asked: Asked): Need {
  const kind = kinds[asked.kind]!;
  const urgency = roll.pick(kind.urgency);
  return {
    ...asked,
    ...(roll.next() < 0.05 ? { lat: null, lng: null } : cellOf(asked)),
    at: 0,
    id: "",
    hands: roll.pick(kind.hands),
    urgency,
    languages: roll.pick(LANGUAGES),
    deadline: asked.opens + kind.hours[urgency] * 60 * (0.6 + 0.8 * roll.next()),
  };
}

/** Minutes at which something arrives: as many a day as `perDay` on average, more by day than by night. */
function* arrivals(roll: Rolls, days: number, perDay: (day: number) => number): Generator<number> {
  for (let day = 0; day < days; day++) {
    let left = perDay(day) + Math.log(1 - roll.next());
    for (; left > 0; left += Math.log(1 - roll.next())) {
      yield day * DAY + roll.pick(ARRIVALS) * 60 + roll.next() * 60;
    }
  }
}

const cellOf = ({ x, y }: Place) =>
  snapToGrid({
    lat: MIDDLE.lat + y / 110.57,
    lng: MIDDLE.lng + x / (111.32 * Math.cos((MIDDLE.lat * Math.PI) / 180)),
  });

/** A share around `mean`, the more alike the higher `evenness`: a Beta of whole numbers by the order of uniform ones. */
function evenly(roll: Rolls, mean: number, evenness: number): number {
  const good = Math.max(1, Math.round(mean * evenness));
  const numbers = Array.from({ length: Math.max(good, evenness - 1) }, roll.next).toSorted((a, b) => a - b);
  return numbers[good - 1]!;
}
