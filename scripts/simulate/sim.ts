import type { Answers } from "./answers.ts";
import { DAY } from "./model.ts";
import { makeTimeline } from "./timeline.ts";
import type { Need, Offer, Person, World } from "./world.ts";

/** An alert that reached its phone, and what came of it, as the product can see it. */
export type Asked = {
  state: NeedState;
  person: Person;
  at: number;
  answer: "none" | "no" | "yes" | "not_needed";
  kept: boolean | null;
};

/** What the product knows of a person from what happened. */
export type Known = {
  lastAskedAt: number | null;
  asks: Asked[];
  /** Promises that wait to be kept. */
  promises: number;
};

export type NeedState = {
  need: Need;
  /** Hands nobody has promised. */
  remaining: number;
  kept: number;
  /** 1 for each person who was asked. */
  asked: Uint8Array;
  /** Waves a policy counted. */
  waves: number;
  /** When the last hand that was kept was promised. */
  metAt: number | null;
  /** When the policy wants to be told again: one time, the last that was set. */
  timerAt: number | null;
};

/** Who is asked when: told what happens, it asks through `sim`. It must not look at what nobody knows yet. */
export type Policy = {
  name: string;
  /** A need can be promised: it is new, or something was handed back. */
  opened: (sim: Sim, state: NeedState, at: number) => void;
  /** The time came that was set by `sim.later`, and something is still to be promised. */
  timer: (sim: Sim, state: NeedState, at: number) => void;
  offered?: (sim: Sim, offer: Offer, at: number) => void;
  /** An alert reached its phone. */
  sent?: (sim: Sim, asked: Asked) => void;
  /** Somebody answered, or it turned out whether a promise was kept. */
  learned?: (sim: Sim, asked: Asked, at: number) => void;
};

export type Happening =
  | { kind: "need"; state: NeedState }
  | { kind: "offer"; offer: Offer }
  | { kind: "timer"; state: NeedState }
  | { kind: "answer"; asked: Asked; yes: boolean }
  | { kind: "settled"; asked: Asked; kept: boolean };

/** As long as a cap for a month counts. */
const MONTH = 30 * DAY;

/** The city as a policy sees it, with what it can do. */
export function makeSim(world: World, answers: Answers) {
  const timeline = makeTimeline<Happening>();
  const carrier = makeCarrier(world.scenario.perSecond);
  const states = world.needs.map((need): NeedState => ({
    need,
    remaining: need.hands,
    kept: 0,
    asked: new Uint8Array(world.people.length),
    waves: 0,
    metAt: null,
    timerAt: null,
  }));
  const known = world.people.map((): Known => ({ lastAskedAt: null, asks: [], promises: 0 }));
  const month = { is: 0, alerts: new Int32Array(world.people.length) };
  const alertsLeft = (person: Person, at: number): number | null => {
    if (Math.floor(at / MONTH) !== month.is) {
      month.is = Math.floor(at / MONTH);
      month.alerts.fill(0);
    }
    return person.monthlyCap === null ? null : person.monthlyCap - month.alerts[person.at]!;
  };
  /** Not asked about it yet, wants to hear of it, under their cap for the month. */
  const mayAsk = (state: NeedState, person: Person, at: number) =>
    state.asked[person.at] === 0 && answers.wants(state.need, person) && (alertsLeft(person, at) ?? 1) > 0;
  return {
    world,
    answers,
    timeline,
    carrier,
    states,
    known,
    alertsLeft,
    mayAsk,
    ask(state: NeedState, person: Person, at: number): void {
      if (!mayAsk(state, person, at)) return;
      state.asked[person.at] = 1;
      month.alerts[person.at]!++;
      known[person.at]!.lastAskedAt = at;
      carrier.add(at, { state, person });
    },
    /** An alert was taken back before it was sent. */
    takeBack: (person: Person) => void month.alerts[person.at]!--,
    later(state: NeedState, at: number): void {
      state.timerAt = at < state.need.deadline ? at : null;
      if (state.timerAt !== null) timeline.add(at, { kind: "timer", state });
    },
  };
}
export type Sim = ReturnType<typeof makeSim>;

type Alert = { state: NeedState; person: Person };

/** First in, first out, so many a second. */
function makeCarrier(perSecond: number) {
  const queue: Alert[] = [];
  let first = 0;
  let freeAt = 0;
  return {
    add(at: number, alert: Alert): void {
      if (first === queue.length) freeAt = Math.max(at, freeAt);
      queue.push(alert);
    },
    next: () => (first < queue.length ? freeAt : Infinity),
    take: () => queue[first++]!,
    sent: () => void (freeAt += 1 / (60 * perSecond)),
  };
}
