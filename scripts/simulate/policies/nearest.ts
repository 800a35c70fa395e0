import { distanceKm } from "#app/matching/distance.ts";
import { wakesAt } from "../answers.ts";
import type { NeedState, Policy, Sim } from "../sim.ts";
import type { Person } from "../world.ts";

const AT_ONCE = 10;
const MINUTES_BETWEEN = 5;
/** Who did not say where they are counts as this far. */
const SOMEWHERE_KM = 5;

/** The ten nearest who want to hear of such needs and are awake, and every five minutes the next ten, until all is promised. */
export function nearest(): Policy {
  const byDistance = new Map<NeedState, Person[]>();
  const wave = (sim: Sim, state: NeedState, at: number) => {
    if (!byDistance.has(state)) byDistance.set(state, sorted(sim, state));
    const left = byDistance.get(state)!.filter((person) => sim.mayAsk(state, person, at));
    byDistance.set(state, left);
    const awake = left.filter((person) => wakesAt(person, state.need, at) <= at);
    for (const person of awake.slice(0, AT_ONCE)) sim.ask(state, person, at);
    const next = awake.length > 0 ? at + MINUTES_BETWEEN : firstToWake(left, state, at);
    if (next < Infinity) sim.later(state, next);
  };
  return {
    name: "nearest",
    opened(sim, state, at) {
      if (state.timerAt === null) wave(sim, state, at);
    },
    timer: wave,
  };
}

const firstToWake = (people: Person[], state: NeedState, at: number) =>
  people.reduce((first, person) => Math.min(first, wakesAt(person, state.need, at)), Infinity);

function sorted(sim: Sim, state: NeedState): Person[] {
  const kms = sim.world.people.map((person) => distanceKm(state.need, person) ?? SOMEWHERE_KM);
  return sim.world.people
    .filter((person) => person.kinds.length === 0 || person.kinds.includes(state.need.kind))
    .toSorted((a, b) => kms[a.at]! - kms[b.at]!);
}
