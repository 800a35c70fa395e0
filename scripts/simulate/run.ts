import { wakesAt, type Answers } from "./answers.ts";
import { DAY, DEAF_DAYS, HELD_MOST, SAYS_NO, STREAM, TIRE, WEEK } from "./model.ts";
import { makeSim, type Asked, type Happening, type NeedState, type Policy, type Sim } from "./sim.ts";
import type { World } from "./world.ts";

export type Run = {
  needs: NeedState[];
  /** Alerts that reached each person. */
  asks: Uint32Array;
  texts: number;
  /** Yeses that came when all was promised. */
  redundant: number;
};
/** What nobody in the city knows: until when who is deaf to alerts, and what each promised by week. */
type Hidden = { deafUntil: Float64Array; promisedIn: Map<string, number> };
type Running = { sim: Sim; run: Run; hidden: Hidden; policy: Policy };

/** Lets a policy work through a world. */
export function run(world: World, answers: Answers, policy: Policy): Run {
  const sim = makeSim(world, answers);
  const count = world.people.length;
  const running: Running = {
    sim,
    run: { needs: sim.states, asks: new Uint32Array(count), texts: 0, redundant: 0 },
    hidden: { deafUntil: new Float64Array(count), promisedIn: new Map() },
    policy,
  };
  for (const state of sim.states) sim.timeline.add(state.need.opens, { kind: "need", state });
  for (const offer of world.offers) sim.timeline.add(offer.opens, { kind: "offer", offer });
  while (step(running));
  return running.run;
}

/** The next alert arrives or the next thing happens. False: nothing is left. */
function step(running: Running): boolean {
  const { timeline, carrier } = running.sim;
  const at = Math.min(carrier.next(), timeline.next());
  if (at === Infinity) return false;
  if (carrier.next() <= timeline.next()) arrive(running, at);
  else happen(running, timeline.take().what, at);
  return true;
}

function happen(running: Running, what: Happening, at: number): void {
  const { sim, policy } = running;
  switch (what.kind) {
    case "need":
      return policy.opened(sim, what.state, at);
    case "offer":
      return policy.offered?.(sim, what.offer, at);
    case "answer":
      return answer(running, what, at);
    case "settled":
      return settle(running, what, at);
    case "timer":
      if (what.state.timerAt !== at) return;
      what.state.timerAt = null;
      if (what.state.remaining > 0) policy.timer(sim, what.state, at);
  }
}

/** An alert reaches its phone, unless it is pointless by now. */
function arrive({ sim, run, hidden, policy }: Running, at: number): void {
  const { state, person } = sim.carrier.take();
  const { need } = state;
  if (state.remaining === 0 || at >= need.deadline || wakesAt(person, need, at) > at) return sim.takeBack(person);
  sim.carrier.sent();
  run.texts++;
  run.asks[person.at]!++;
  const asked: Asked = { state, person, at, answer: "none", kept: null };
  sim.known[person.at]!.asks.push(asked);
  policy.sent?.(sim, asked);
  if (hidden.deafUntil[person.at]! > at) return;
  const drawn = (stream: number) => sim.answers.pairOf(stream, need, person);
  const yes = sim.answers.says(need, person, at);
  if (yes || drawn(STREAM.no) < SAYS_NO) {
    sim.timeline.add(at + sim.answers.delay(need, person), { kind: "answer", asked, yes });
  }
  if (!yes && drawn(STREAM.tire) < TIRE) {
    hidden.deafUntil[person.at] = at - Math.log(1 - drawn(STREAM.deaf)) * DEAF_DAYS * DAY;
  }
}

function answer(running: Running, { asked, yes }: { asked: Asked; yes: boolean }, at: number): void {
  const { sim, run, hidden, policy } = running;
  const { state, person } = asked;
  const week = `${person.at}:${Math.floor(at / WEEK)}`;
  const promised = hidden.promisedIn.get(week) ?? 0;
  if (!yes || promised >= person.perWeek) asked.answer = "no";
  else if (state.remaining === 0 || at >= state.need.deadline) {
    run.redundant++;
    asked.answer = "not_needed";
  } else {
    asked.answer = "yes";
    hidden.promisedIn.set(week, promised + 1);
    promise(sim, asked, at);
  }
  policy.learned?.(sim, asked, at);
}

function promise(sim: Sim, asked: Asked, at: number): void {
  const { state, person } = asked;
  const { need } = state;
  const kept = sim.answers.keeps(need, person);
  state.remaining--;
  sim.known[person.at]!.promises++;
  if (kept && ++state.kept === need.hands) state.metAt = at;
  const held = kept ? need.deadline - at : Math.min(need.deadline - at, HELD_MOST);
  const after = sim.answers.pairOf(STREAM.held, need, person) * held;
  sim.timeline.add(at + after, { kind: "settled", asked, kept });
}

/** A promise was kept, or handed back: then its need is open again. */
function settle({ sim, policy }: Running, { asked, kept }: { asked: Asked; kept: boolean }, at: number): void {
  const { state, person } = asked;
  asked.kept = kept;
  sim.known[person.at]!.promises--;
  policy.learned?.(sim, asked, at);
  if (kept) return;
  state.remaining++;
  policy.opened(sim, state, at);
}
