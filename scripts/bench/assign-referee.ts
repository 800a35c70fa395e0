import loadHighs from "highs";
import type { Edge } from "#app/matching/assign.ts";

export type Instance = { needs: number[]; offers: number[]; edges: Edge[] };

/** Numbers that look random and are the same for the same seed (mulberry32), from 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `most`: the greatest quantity. Weights are `base` and 1 up to `weights` more. */
type Size = { needs: number; offers: number; candidates: number; most: number; base?: number; weights?: number };

/** Needs with some candidates each, near each other in a row of offers, as neighbours are. */
export function instance(seed: number, { base = 0, weights = 1000, ...given }: Size): Instance {
  const random = randomFrom(seed);
  const upTo = (n: number) => Math.floor(random() * n);
  const edges: Edge[] = [];
  for (let need = 0; need < given.needs; need++) {
    const middle = upTo(given.offers);
    const chosen = new Set<number>();
    while (chosen.size < Math.min(given.candidates, given.offers))
      chosen.add((middle + upTo(3 * given.candidates)) % given.offers);
    for (const offer of chosen) edges.push({ need, offer, weight: base + 1 + upTo(weights) });
  }
  const quantities = (n: number) => Array.from({ length: n }, () => 1 + upTo(given.most));
  return { needs: quantities(given.needs), offers: quantities(given.offers), edges };
}

/** The greatest weight there is, by HiGHS: an independent solver of linear programs. */
export async function makeReferee(): Promise<(given: Instance) => number> {
  const highs = await loadHighs();
  return ({ needs, offers, edges }) => {
    if (edges.length === 0) return 0;
    const sums = (side: "need" | "offer", quantities: number[]) => {
      const names: string[][] = quantities.map(() => []);
      edges.forEach((edge, at) => names[edge[side]]!.push(`x${at}`));
      return names.flatMap((row, at) =>
        row.length === 0 ? [] : [` ${side[0]}${at}: ${row.join("\n + ")} <= ${quantities[at]}`],
      );
    };
    const worth = edges.map(({ weight }, at) => `${weight} x${at}`).join("\n + ");
    const model = `Maximize\n all: ${worth}\nSubject To\n${[...sums("need", needs), ...sums("offer", offers)].join("\n")}\nEnd`;
    const solved = highs.solve(model);
    if (solved.Status !== "Optimal") throw new Error(`the referee says ${solved.Status}`);
    return Math.round(solved.ObjectiveValue);
  };
}
