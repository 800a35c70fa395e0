import { BAND_KM, bandOf, chanceOf, rateKey, SCOPES, type ChanceFacts, type Tally } from "#app/matching/chance.ts";
import { distanceKm } from "#app/matching/distance.ts";
import type { Asked, NeedState } from "../sim.ts";
import type { Person } from "../world.ts";

/** Who was asked in the hour before others covered it, and did not answer, counts neither way. */
const COUNTS_AFTER = 60;

/** The counts the product's hourly job makes of asks and what came of them, kept at once. */
export function makeLearning() {
  const rates = new Map<string, Tally>();
  /** Who has the same history has the same number; 0: none. */
  const history = new Map<string, number>();
  const histories = new Map<string, number>();
  const counted = new Map<Asked, string[]>();
  const ofNeed = new Map<NeedState, Asked[]>();
  const add = (keys: readonly string[], much: Partial<Tally>) => {
    for (const key of keys) {
      const tally = rates.get(key) ?? { asked: 0, yes: 0, promised: 0, kept: 0 };
      for (const what of ["asked", "yes", "promised", "kept"] as const) tally[what] += much[what] ?? 0;
      rates.set(key, tally);
      if (!key.startsWith("person:")) continue;
      const same = `${tally.asked} ${tally.yes} ${tally.promised} ${tally.kept}`;
      if (!histories.has(same)) histories.set(same, histories.size + 1);
      history.set(key.slice("person:".length), histories.get(same)!);
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
    /** `chanceOf` for one need at one moment, worked out once for all who are alike to it. */
    chances() {
      const known = new Map<number, number>();
      return (person: Person, like: number, facts: () => ChanceFacts): number => {
        const key = (history.get(person.id) ?? 0) * LIKES + like;
        const chance = known.get(key) ?? chanceOf(facts(), rates);
        known.set(key, chance);
        return chance;
      };
    },
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

/** People of one number are alike to a need, but for their history. */
const LIKES = 64;
export const likeOf = ({ need }: NeedState, person: Person): number =>
  (person.kinds.length > 0 ? 1 : 0) +
  (person.languages.some((one) => need.languages.includes(one)) ? 2 : 0) +
  4 * bandNumber(distanceKm(need, person));
const bandNumber = (km: number | null) => (km === null ? BAND_KM.length + 1 : Number(bandOf(km)));

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
