import type { Urgency } from "#app/posts/post.ts";

type Weighted<T> = readonly (readonly [T, number])[];

/** A kind of help: how often it is needed among the others, how many hands, how pressing, and hours until it is too late. */
export type Kind = {
  name: string;
  share: number;
  hands: Weighted<number>;
  urgency: Weighted<Urgency>;
  hours: Record<Urgency, number>;
};

/** The same need every day: `ahead` hours before `hour` somebody posts it `times` times. */
export type Standing = { kind: number; hour: number; ahead: number; times: number; hands: number };

export type Scenario = {
  name: string;
  /** One sentence for the table. */
  about: string;
  days: number;
  people: number;
  /** How many clusters of homes, in a city of how many kilometres across. */
  areas: number;
  acrossKm: number;
  /** Alerts a second the carrier takes: 3 on a plain toll-free number (Twilio). */
  perSecond: number;
  /** How many promises somebody makes in a week at most. */
  perWeek: Weighted<number>;
  /** Needs that arrive on a day of the run, on average (Poisson), beside the standing ones. */
  perDay: (day: number) => number;
  offersPerDay: (day: number) => number;
  kinds: readonly Kind[];
  standing: readonly Standing[];
};

const HOURS = { urgent: 5, soon: 20, normal: 60 };
const USUAL: Weighted<Urgency> = [
  ["normal", 5],
  ["soon", 4],
  ["urgent", 1],
];
const PRESSING: Weighted<Urgency> = [
  ["normal", 1],
  ["soon", 5],
  ["urgent", 4],
];
const ONE: Weighted<number> = [
  [1, 8],
  [2, 2],
];
const SOME: Weighted<number> = [
  [1, 4],
  [2, 3],
  [4, 2],
  [8, 1],
];

const kindsOf = (urgency: Weighted<Urgency>): Kind[] => [
  { name: "groceries", share: 8, hands: ONE, urgency, hours: HOURS },
  { name: "lifts", share: 5, hands: ONE, urgency, hours: HOURS },
  { name: "meals", share: 4, hands: SOME, urgency, hours: HOURS },
  { name: "repairs", share: 3, hands: SOME, urgency, hours: HOURS },
  { name: "children", share: 2, hands: ONE, urgency, hours: HOURS },
  { name: "language", share: 2, hands: ONE, urgency, hours: HOURS },
];

const CAMP: Kind[] = [
  ...kindsOf(USUAL),
  { name: "kitchen", share: 0, hands: ONE, urgency: USUAL, hours: HOURS },
  { name: "rounds", share: 0, hands: ONE, urgency: USUAL, hours: HOURS },
];

export const SCENARIOS: readonly Scenario[] = [
  {
    name: "quiet",
    about: "a quiet neighbourhood: 400 people, about 12 needs a day, four weeks",
    days: 28,
    people: 400,
    areas: 5,
    acrossKm: 5,
    perSecond: 3,
    perWeek: [
      [1, 5],
      [2, 3],
      [3, 2],
    ],
    perDay: () => 12,
    offersPerDay: () => 5,
    kinds: kindsOf(USUAL),
    standing: [],
  },
  {
    name: "camp",
    about: "an occupation camp: a kitchen with 5,000 meals a day, 1,500 people, two weeks",
    days: 14,
    people: 1_500,
    areas: 4,
    acrossKm: 4,
    perSecond: 3,
    perWeek: [
      [1, 3],
      [2, 3],
      [4, 3],
      [6, 1],
    ],
    perDay: () => 25,
    offersPerDay: () => 15,
    kinds: CAMP,
    // 1,000 breakfasts, 2,000 lunches and 2,000 dinners go out in rounds of 250: five people with 50 each.
    standing: [
      { kind: 7, hour: 8, ahead: 12, times: 4, hands: 5 },
      { kind: 7, hour: 13, ahead: 5, times: 8, hands: 5 },
      { kind: 7, hour: 19, ahead: 8, times: 8, hands: 5 },
      { kind: 6, hour: 6, ahead: 14, times: 2, hands: 8 },
      { kind: 6, hour: 11, ahead: 8, times: 2, hands: 8 },
      { kind: 6, hour: 16, ahead: 8, times: 2, hands: 8 },
    ],
  },
  {
    name: "storm",
    about: "storm week: 2,500 people, from 30 needs a day to 350 and back, ten days",
    days: 10,
    people: 2_500,
    areas: 8,
    acrossKm: 12,
    perSecond: 3,
    perWeek: [
      [1, 3],
      [2, 3],
      [4, 3],
      [7, 1],
    ],
    perDay: (day) => [30, 40, 350, 350, 250, 150, 80, 50, 40, 30][day] ?? 30,
    offersPerDay: (day) => (day < 2 ? 10 : 60),
    kinds: kindsOf(PRESSING),
    standing: [],
  },
];
