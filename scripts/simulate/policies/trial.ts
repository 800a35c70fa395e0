import { distanceKm } from "#app/matching/distance.ts";
import { wakesAt } from "../answers.ts";
import { DAY } from "../model.ts";
import type { Asked, NeedState, Policy, Sim } from "../sim.ts";
import type { Person } from "../world.ts";

const K: Record<string, number> = {
  margin: 1.3, hm: 120, hx: 1.5, restW: 0, restH: 24, personN: 8, next: 20, tau: 20, minSize: 1, keep: 1, offerLo: 2.5, promW: 0.3, chose: 0.4, speaks: 0.9, spend: 0, recent: 0, ripe: 0,
  ...JSON.parse(process.env["K"] ?? "{}"),
};
const logit = (p: number) => Math.log(p / (1 - p));
const BANDS = [1, 2, 4, 8, Infinity];
const PRIOR = [0.16, 0.12, 0.09, 0.05, 0.02, 0.06];
export function trial(): Policy {
  const all = { asked: 50, yes: 5 };
  const band = PRIOR.map((rate) => ({ asked: 30, yes: 30 * rate }));
  const hour = Array.from({ length: 24 }, () => ({ asked: 0, yes: 0 }));
  const kind = Array.from({ length: 10 }, () => ({ asked: 0, yes: 0 }));
  let person: { asked: number; yes: number; exp: number; kept: number; done: number; ignored: number; ignoredAt: number; week: number; weekIs: number; asks: number[]; fullIn: number; deaf: number }[] = [];
  let offers: Map<string, number[]> = new Map();
  const bandOf = (km: number | null) => (km === null ? 5 : BANDS.findIndex((to) => km <= to));
  const chances = new Map<Asked["state"], Map<number, { p: number; at: number; b: number }>>();
  type Slot = { who: Person; fixed: number; b: number };
  const pools = new Map<NeedState, Slot[]>();
  const term = (t: { asked: number; yes: number }, n: number, base: number) => logit((t.yes + n * base) / (t.asked + n)) - logit(base);
  const start = (sim: Sim) => {
    person = sim.world.people.map(() => ({ asked: 0, yes: 0, exp: 0, kept: 0, done: 0, ignored: 0, ignoredAt: 0, week: 0, weekIs: 0, asks: [], fullIn: -1, deaf: 0 }));
    offers = new Map();
  };
  const pool = (sim: Sim, need: NeedState["need"]): Slot[] => {
    const slots: Slot[] = [];
    for (const one of sim.world.people) {
      if (one.kinds.length > 0 && !one.kinds.includes(need.kind)) continue;
      const b = bandOf(distanceKm(need, one));
      const speaks = one.languages.some((l) => need.languages.includes(l));
      slots.push({ who: one, b, fixed: (one.kinds.length > 0 ? K.chose! : -K.chose! * 0.6) + (speaks ? 0.3 : 0.3 - K.speaks!) });
    }
    return slots;
  };
  const book = (sim: Sim, need: NeedState["need"], slot: Slot, at: number, terms: number[]) => {
    const one = slot.who;
    const mine = person[one.at]!;
    let l = terms[slot.b]! + slot.fixed;
    l += Math.log((mine.yes + K.personN! * 0.1) / (mine.exp + K.personN! * 0.1));
    const ignored = mine.ignored * Math.exp(-(at - mine.ignoredAt) / 10080);
    l -= K.recent! * ignored;
    const week = mine.weekIs === Math.floor(at / 10080) ? mine.week : 0;
    l -= K.promW! * week;
    const until = offers.get(`${one.at}:${need.kind}`);
    if (until && until.some((end) => end > at)) l = Math.max(l + K.offerLo!, 0);
    let p = 1 / (1 + Math.exp(-l));
    if (K.full !== undefined && mine.fullIn === Math.floor(at / 10080)) p *= K.full;
    if (K.deaf) p = (p / (1 - K.deaf)) * (1 - mine.deaf * Math.exp(-(at - mine.ignoredAt) / (K.deafT ?? 10080)));
    return Math.min(0.9, p);
  };
  const wave = (sim: Sim, state: NeedState, at: number) => {
    if (person.length === 0) start(sim);
    const { need } = state;
    const base = all.yes / all.asked;
    const kt = term(kind[need.kind]!, 40, base);
    const ht = term(hour[Math.floor(at / 60) % 24]!, 60, base);
    const asked = chances.get(state) ?? new Map();
    chances.set(state, asked);
    let expected = 0;
    for (const [who, { p, at: when }] of asked) {
      if (p > 0) expected += p * Math.exp(-(at - when) / K.tau!);
    }
    const terms = band.map((t) => logit(base) + kt + ht + logit(Math.max(0.001, t.yes / t.asked)) - logit(base));
    const list: { who: Person; p: number; b: number; score: number }[] = [];
    let firstWake = Infinity;
    let slots = pools.get(state) ?? pool(sim, need);
    slots = slots.filter(({ who }) => sim.mayAsk(state, who, at));
    pools.set(state, slots);
    for (const slot of slots) {
      const { who } = slot;
      const wakes = wakesAt(who, need, at);
      if (wakes > at) { firstWake = Math.min(firstWake, wakes); continue; }
      const mine = person[who.at]!;
      if (K.cap) {
        while (mine.asks.length && mine.asks[0]! < at - 10080) mine.asks.shift();
        if (mine.asks.length >= K.cap * (need.urgency === "urgent" ? 1.5 : 1)) { firstWake = Math.min(firstWake, Math.max(at + 30, mine.asks[0]! + 10080)); continue; }
      }
      const p = book(sim, need, slot, at, terms);
      const known = sim.known[who.at]!;
      const since = known.lastAskedAt === null ? Infinity : (at - known.lastAskedAt) / 60;
      const kept = (mine.kept + 4 * 0.85) / (mine.done + 4);
      const score = Math.log(p) + K.keep! * Math.log(kept) - K.restW! * Math.exp(-since / K.restH!);
      list.push({ who, p, b: slot.b, score });
    }
    if (list.length === 0) { if (firstWake < Infinity) sim.later(state, firstWake); return; }
    list.sort((a, c) => c.score - a.score);
    const left = need.deadline - at;
    const hurry = left < K.hm! ? K.hx! : 1;
    const slack = need.deadline - at > 24 * 60 ? K.slack ?? 1 : 1;
    let want = state.remaining * K.margin! * hurry * slack - expected;
    let n = 0;
    for (const one of list) {
      if (want <= (K.stop ?? 0.3) * one.p && n >= (state.waves === 0 ? 1 : 0)) break;
      if (K.pm && n >= Math.max(1, (state.remaining * K.margin! * hurry - expected) / K.pm)) break;
      if (K.floor && one.p < K.floor * Math.min(1, left / K.fl!) && n > 0) break;
      sim.ask(state, one.who, at);
      person[one.who.at]!.asks.push(at);
      asked.set(one.who.at, { p: one.p, at, b: one.b });
      want -= one.p; n++;
    }
    state.waves++;
    sim.later(state, at + Math.max(2, Math.min(K.next! * (left > 24 * 60 ? K.lazy ?? 1 : 1), left / (K.parts ?? 8))));
  };
  return {
    name: "trial",
    opened(sim, state, at) { if (state.timerAt === null) wave(sim, state, at); },
    timer: wave,
    offered(sim, offer) {
      if (person.length === 0) start(sim);
      const key = `${offer.person}:${offer.kind}`;
      offers.set(key, [...(offers.get(key) ?? []), offer.ends]);
    },
    learned(sim, asked, at) {
      const mine = person[asked.person.at]!;
      const entry = chances.get(asked.state)?.get(asked.person.at);
      if (entry) entry.p = 0;
      if (asked.kept === null) { mine.ignored = 0; mine.deaf = 0; if (asked.answer === "no" && mine.weekIs === Math.floor(at / 10080)) mine.fullIn = mine.weekIs; }
      if (asked.kept !== null) { mine.done++; if (asked.kept) mine.kept++; return; }
      if (asked.answer === "yes" || asked.answer === "not_needed") {
        mine.yes++;
        if (asked.answer === "yes") { const w = Math.floor(at / 10080); mine.week = mine.weekIs === w ? mine.week + 1 : 1; mine.weekIs = w; }
        const told = chances.get(asked.state)?.get(asked.person.at);
        all.yes++; hour[Math.floor(asked.at / 60) % 24]!.yes++; kind[asked.state.need.kind]!.yes++;
        if (told) band[told.b]!.yes++;
      }
    },
    sent(sim: Sim, asked: Asked) {
      const mine = person[asked.person.at]!;
      const told = chances.get(asked.state)?.get(asked.person.at);
      const q = mine.deaf * Math.exp(-(asked.at - mine.ignoredAt) / (K.deafT ?? 10080));
      const r = K.r ?? 0.3;
      mine.deaf = (q + (1 - q) * (1 - r) * 0.05) / (q + (1 - q) * (1 - r));
      mine.ignored = mine.ignored * Math.exp(-(asked.at - mine.ignoredAt) / 10080) + 1; mine.ignoredAt = asked.at;
      mine.asked++; mine.exp += told?.p || 0.1;
      all.asked++; hour[Math.floor(asked.at / 60) % 24]!.asked++; kind[asked.state.need.kind]!.asked++;
      if (told) band[told.b]!.asked++;
    },
  };
}
export { DAY };
