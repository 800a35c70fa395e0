import { assign, type Assignment } from "#app/matching/assign.ts";
import { instance, makeReferee, type Instance } from "./assign-referee.ts";
import type { Line } from "./measure.ts";

const GOAL_MS = 500;
const ROUNDS = 5;

/** The plan of a day: exact, beside an independent solver, the best pair first, and first come first served. */
export async function benchPlan(): Promise<Line[]> {
  const referee = await makeReferee();
  const lines: Line[] = [];
  const size = (n: number, candidates: number, most: number) => ({ needs: n, offers: n, candidates, most });
  for (const most of [1, 100]) {
    const given = instance(20_261_123, size(1000, 11, most));
    lines.push(
      ...compared(
        given,
        `1,000 x 1,000, up to ${most} each`,
        timed(() => referee(given)),
      ),
    );
  }
  for (const most of [1, 100]) {
    const given = instance(4711, size(10_000, 20, most));
    lines.push(...compared(given, `10,000 x 10,000, up to ${most} each`, null));
  }
  const scarce = instance(99, { needs: 10_000, offers: 2_000, candidates: 20, most: 1 });
  return [...lines, ...compared(scarce, "10,000 needs, 2,000 offers", null)];
}

type Timed<T> = { ms: number; result: T };

/** CPU time, of the calmest of some rounds: noise only ever adds to it. */
function timed<T>(work: () => T, rounds = 1): Timed<T> {
  let best: Timed<T> | null = null;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    const result = work();
    const { user, system } = process.cpuUsage(before);
    const ms = (user + system) / 1000;
    if (!best || ms < best.ms) best = { ms, result };
  }
  return best!;
}

function compared(given: Instance, what: string, referee: Timed<number> | null): Line[] {
  const exact = timed(() => assign(given), ROUNDS);
  const most = exact.result.weight;
  const line = (how: string, { ms, result }: Timed<number>, note?: string): Line => ({
    area: "plan",
    what: `${how}, ${what} (${given.edges.length.toLocaleString("en")} pairs)`,
    value: `${ms.toFixed(0)} ms CPU, ${((100 * result) / most).toFixed(2)} %`,
    floor: referee ? `HiGHS ${referee.ms.toFixed(0)} ms, ${((100 * referee.result) / most).toFixed(2)} %` : "",
    ratio: ms / GOAL_MS,
    note: note ?? `ratio: of the goal, ${GOAL_MS} ms`,
  });
  return [
    line("exact", { ms: exact.ms, result: most }, carried(exact.result)),
    line(
      "best pair first",
      timed(() => inTurn(given, byWeight(given))),
    ),
    line(
      "first come",
      timed(() => inTurn(given, byNeed(given))),
    ),
  ];
}

const carried = ({ flows }: Assignment) =>
  `${flows.length.toLocaleString("en")} pairs; ratio: of the goal, ${GOAL_MS} ms`;

const byWeight = ({ edges }: Instance) => [...edges.keys()].toSorted((a, b) => edges[b]!.weight - edges[a]!.weight);
/** Needs in the order they came, each its best offer that is left. */
const byNeed = ({ edges }: Instance) =>
  [...edges.keys()].toSorted((a, b) => edges[a]!.need - edges[b]!.need || edges[b]!.weight - edges[a]!.weight);

/** Takes pairs in this order, each as far as it goes. @returns what they are worth. */
function inTurn({ needs, offers, edges }: Instance, order: number[]): number {
  const [wanted, left] = [[...needs], [...offers]];
  let worth = 0;
  for (const at of order) {
    const { need, offer, weight } = edges[at]!;
    const quantity = Math.min(wanted[need]!, left[offer]!);
    wanted[need]! -= quantity;
    left[offer]! -= quantity;
    worth += weight * quantity;
  }
  return worth;
}
