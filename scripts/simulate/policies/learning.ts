import { bandOf, chanceOf, rateKey, SCOPES, type ChanceFacts, type Tally } from "#app/matching/chance.ts";
import { distanceKm } from "#app/matching/distance.ts";
import type { Asked, NeedState } from "../sim.ts";
import type { Person } from "../world.ts";

/** Who was asked in the hour before others covered it, and did not answer, counts neither way. */
const COUNTS_AFTER = 60;

/** The counts the product's hourly job makes of asks and what came of them, kept at once. */
export function makeLearning() {
  const rates = new Map<string, Tally>();
  const counted = new Map<Asked, string[]>();
  const ofNeed = new Map<NeedState, Asked[]>();
  const add = (keys: readonly string[], much: Partial<Tally>) => {
    for (const key of keys) {
      const tally = rates.get(key) ?? { asked: 0, yes: 0, promised: 0, kept: 0 };
      for (const what of ["asked", "yes", "promised", "kept"] as const) tally[what] += much[what] ?? 0;
      rates.set(key, tally);
    }
  };
  const forget = (asked: Asked) => {
    const keys = counted.get(asked);
    counted.delete(asked);
    if (keys) add(keys, { asked: -1 });
  };
  const othersCovered = (state: NeedState, at: number) => {
    for (const asked of ofNeed.get(state) ?? []) {
      if (asked.answer === "none" && asked.at > at - COUNTS_AFTER) forget(asked);
    }
  };
  return {
    chance: (facts: ChanceFacts): number => chanceOf(facts, rates),
    sent(asked: Asked, offers: boolean): void {
      const keys = keysOf(factsOf(asked.state, asked.person, asked.at, offers));
      counted.set(asked, keys);
      if (!ofNeed.has(asked.state)) ofNeed.set(asked.state, []);
      ofNeed.get(asked.state)!.push(asked);
      add(keys, { asked: 1 });
    },
    learned(asked: Asked, at: number): void {
      const keys = counted.get(asked) ?? [];
      if (asked.kept !== null) return add(keys, { promised: 1, kept: asked.kept ? 1 : 0 });
      if (asked.answer === "not_needed") return forget(asked);
      if (asked.answer === "yes") add(keys, { yes: 1 });
      if (asked.state.remaining === 0) othersCovered(asked.state, at);
    },
  };
}

export const factsOf = ({ need }: NeedState, person: Person, at: number, offers: boolean): ChanceFacts => ({
  personId: person.id,
  categoryId: `kind-${need.kind}`,
  chose: person.kinds.length > 0,
  offers,
  speaks: person.languages.some((one) => need.languages.includes(one)),
  km: distanceKm(need, person),
  hour: Math.floor(at / 60) % 24,
});

/** All that an ask is counted under, as `outcome_rates` has it. */
function keysOf({ personId, categoryId, chose, offers, km, hour }: ChanceFacts): string[] {
  const keys: Record<(typeof SCOPES)[number], string> = {
    person: personId,
    category: categoryId ?? "",
    chosen: chose ? "yes" : "no",
    offers: offers ? "yes" : "no",
    distance: bandOf(km),
    hour: String(hour),
  };
  return [rateKey("all"), ...SCOPES.map((scope) => rateKey(scope, keys[scope]))];
}
