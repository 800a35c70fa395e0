import { rankPeople, type Candidate } from "#app/matching/rank-people.ts";
import { nextWaveAt, waveSize } from "#app/waves/schedule.ts";
import { wakesAt } from "../answers.ts";
import { BEGINS, MINUTE } from "../model.ts";
import type { NeedState, Policy, Sim } from "../sim.ts";
import type { Person } from "../world.ts";

/** As the product reads them: the longest not asked, so many. */
const MOST_CANDIDATES = 500;

/** What the product does, by its own functions: waves of those who fit best, who share the asking, until all is promised. */
export function ours(): Policy {
  const wave = (sim: Sim, state: NeedState, at: number) => {
    const people = candidates(sim, state, at);
    const awake = people.filter((person) => wakesAt(person, state.need, at) <= at);
    if (awake.length === 0) {
      const first = people.reduce((soonest, person) => Math.min(soonest, wakesAt(person, state.need, at)), Infinity);
      if (first < Infinity) sim.later(state, first);
      return;
    }
    const { need, remaining } = state;
    const ranked = rankPeople(
      need,
      awake.map((person) => candidate(sim, person, at)),
      dateOf(at),
    );
    const sent = state.waves++;
    const chances = ranked.map(({ person }) => person.chance);
    for (const { person } of ranked.slice(0, waveSize({ urgency: need.urgency, remaining }, sent, chances))) {
      sim.ask(state, sim.world.people[person.at]!, at);
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
  };
}

const dateOf = (at: number) => new Date(BEGINS + at * MINUTE);

function candidates(sim: Sim, state: NeedState, at: number): Person[] {
  const people = sim.world.people.filter((person) => sim.mayAsk(state, person, at));
  if (people.length <= MOST_CANDIDATES) return people;
  const turn = (person: Person) => sim.known[person.at]!.lastAskedAt ?? -1;
  return people.toSorted((a, b) => turn(a) - turn(b)).slice(0, MOST_CANDIDATES);
}

function candidate(sim: Sim, person: Person, at: number): Candidate & { at: number } {
  const { lastAskedAt, asks, promises } = sim.known[person.at]!;
  return {
    at: person.at,
    id: person.id,
    lat: person.lat,
    lng: person.lng,
    languages: person.languages,
    choseCategory: person.kinds.length > 0,
    promises,
    lastAskedAt: lastAskedAt === null ? null : dateOf(lastAskedAt),
    offerFit: null,
    askedLately: asks.filter((ask) => ask.at > at - 7 * 24 * 60).length,
    chance: null,
    alertsLeft: sim.alertsLeft(person, at),
  };
}
