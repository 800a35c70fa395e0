import { bandOf, chanceLately } from "#app/matching/chance.ts";
import { distanceKm } from "#app/matching/distance.ts";
import { MOST_ASKS_A_WEEK, rankPeople, type Candidate } from "#app/matching/rank-people.ts";
import { nextWaveAt, stillExpected, waveSize } from "#app/waves/schedule.ts";
import { wakesAt } from "../answers.ts";
import { BEGINS, MINUTE, WEEK } from "../model.ts";
import type { NeedState, Policy, Sim } from "../sim.ts";
import type { Offer, Person } from "../world.ts";
import { factsOf, likeOf, makeLearning } from "./learning.ts";

/** As the product reads them. */
const MOST_CANDIDATES = 500;
const UNKNOWN_KM = 4;
/** More than any wave of a need asks at once; ranking them all would only take time. */
const MOST_RANKED = 120;

/** What was expected of somebody who has not answered yet. */
type Hope = { chance: number | null; at: number };
type Known = { person: Person; offers: boolean; tired: number; chance: number };
type Asking = Candidate & { at: number };

/** What the product does, by its own functions: waves of those who offer it, then of the likeliest, until all is promised. */
export function ours(): Policy {
  const learning = makeLearning();
  const offers = new Map<string, Offer[]>();
  const hoped = new Map<NeedState, Map<number, Hope>>();
  const offering = (state: NeedState, person: Person, at: number): Offer | undefined =>
    offers.get(`${state.need.kind}:${person.at}`)?.find(({ ends }) => ends > at);

  const likes = new Map<NeedState, Uint8Array>();
  /** The best by their chance: who comes far behind cannot be among the first by what else counts. */
  const likeliest = (sim: Sim, state: NeedState, awake: Person[], at: number): Known[] => {
    if (!likes.has(state))
      likes.set(
        state,
        Uint8Array.from(sim.world.people, (person) => likeOf(state, person)),
      );
    const like = likes.get(state)!;
    const chanceOf = learning.chances();
    const known = awake.map((person): Known => {
      const offer = offering(state, person, at) !== undefined;
      const facts = () => factsOf(state, person, at, offer);
      const tired = askedLately(sim, person, at);
      const chance = chanceLately(chanceOf(person, like[person.at]! + (offer ? 32 : 0), facts), tired);
      return { person, offers: offer, tired, chance };
    });
    const turn = (one: Known) => (one.tired >= MOST_ASKS_A_WEEK ? 0 : one.offers ? 2 : 1);
    return known.sort((a, b) => turn(b) - turn(a) || b.chance - a.chance).slice(0, MOST_RANKED);
  };
  const wave = (sim: Sim, state: NeedState, at: number) => {
    const people = candidates(sim, state, at, offering);
    const awake = people.filter((person) => wakesAt(person, state.need, at) <= at);
    if (awake.length === 0) return sleep(sim, state, people, at);
    const asking = likeliest(sim, state, awake, at).map((one) => candidate(sim, state, one, at));
    const ranked = rankPeople(state.need, asking, dateOf(at)).map(({ person }) => person);
    const { need, remaining } = state;
    const chances = ranked.map(({ chance }) => chance);
    const waiting = hoped.get(state) ?? new Map<number, Hope>();
    hoped.set(state, waiting);
    const expected = stillExpected(
      [...waiting.values()].map((hope) => ({ chance: hope.chance, minutes: at - hope.at })),
    );
    const chosen = ranked.slice(0, waveSize({ urgency: need.urgency, remaining }, state.waves++, chances, expected));
    for (const { at: person, chance } of chosen) {
      waiting.set(person, { chance, at });
      sim.ask(state, sim.world.people[person]!, at);
    }
    const next = nextWaveAt({ urgency: need.urgency, windowEnd: dateOf(need.deadline) }, dateOf(at));
    sim.later(state, (next.getTime() - BEGINS) / MINUTE);
  };
  return {
    name: "ours",
    opened(sim, state, at) {
      if (state.timerAt === null) wave(sim, state, at);
    },
    timer: wave,
    offered(_sim, offer) {
      const key = `${offer.kind}:${offer.person}`;
      offers.set(key, [...(offers.get(key) ?? []), offer]);
    },
    sent: (_sim, asked) => learning.sent(asked, offering(asked.state, asked.person, asked.at) !== undefined),
    learned(_sim, asked, at) {
      hoped.get(asked.state)?.delete(asked.person.at);
      learning.learned(asked, at);
    },
  };
}

/** As the product knows them. */
function candidate(sim: Sim, state: NeedState, { person, offers: offer, tired, chance }: Known, at: number): Asking {
  const { lastAskedAt, promises } = sim.known[person.at]!;
  const km = distanceKm(state.need, person) ?? UNKNOWN_KM;
  return {
    at: person.at,
    id: person.id,
    lat: person.lat,
    lng: person.lng,
    languages: person.languages,
    choseCategory: person.kinds.length > 0,
    offerFit: offer ? Math.exp(-km / 10) : null,
    promises,
    lastAskedAt: lastAskedAt === null ? null : dateOf(lastAskedAt),
    askedLately: tired,
    chance,
    alertsLeft: sim.alertsLeft(person, at),
  };
}

const dateOf = (at: number) => new Date(BEGINS + at * MINUTE);

/** Nobody is awake: the wave waits for the first to wake. */
function sleep(sim: Sim, state: NeedState, people: Person[], at: number): void {
  const first = people.reduce((soonest, person) => Math.min(soonest, wakesAt(person, state.need, at)), Infinity);
  if (first < Infinity) sim.later(state, first);
}

function askedLately(sim: Sim, person: Person, at: number): number {
  const { asks } = sim.known[person.at]!;
  let count = 0;
  while (count < asks.length && asks[asks.length - 1 - count]!.at > at - WEEK) count++;
  return count;
}

type Offering = (state: NeedState, person: Person, at: number) => Offer | undefined;

/** Those who may be asked; of too many those who offer it, were not asked too often, and live nearest, longest not asked first. */
function candidates(sim: Sim, state: NeedState, at: number, offering: Offering): Person[] {
  const people = sim.world.people.filter((person) => sim.mayAsk(state, person, at));
  if (people.length <= MOST_CANDIDATES) return people;
  const keyed = people.map((person) => {
    const tired = askedLately(sim, person, at) >= MOST_ASKS_A_WEEK;
    const band = Number(bandOf(distanceKm(state.need, person) ?? UNKNOWN_KM));
    const order = (offering(state, person, at) ? 0 : 100) + (tired ? 10 : 0) + band;
    return { person, order, askedAt: sim.known[person.at]!.lastAskedAt ?? -1 };
  });
  keyed.sort((a, b) => a.order - b.order || a.askedAt - b.askedAt);
  return keyed.slice(0, MOST_CANDIDATES).map(({ person }) => person);
}
