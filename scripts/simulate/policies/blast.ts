import { wakesAt } from "../answers.ts";
import type { NeedState, Policy, Sim } from "../sim.ts";

/** Everybody who wants to hear of such needs at once; who sleeps, when they wake. */
export function blast(): Policy {
  const everybody = (sim: Sim, state: NeedState, at: number) => {
    let nextAt = Infinity;
    for (const person of sim.world.people) {
      if (!sim.mayAsk(state, person, at)) continue;
      const wakes = wakesAt(person, state.need, at);
      if (wakes <= at) sim.ask(state, person, at);
      else nextAt = Math.min(nextAt, wakes);
    }
    if (nextAt < Infinity) sim.later(state, nextAt);
  };
  return { name: "blast", opened: everybody, timer: everybody };
}
