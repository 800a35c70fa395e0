import { Agent, request } from "node:http";

export type Figures = { perSecond: number; p50: number; p95: number; p99: number; count: number };
/** One line of the table: what was measured, beside its floor measured in the same run. */
export type Line = { area: string; what: string; value: string; floor: string; ratio: number | null; note?: string };

/** Runs `work` from `clients` loops until `count` are done; times in milliseconds. */
export async function drive(
  count: number,
  clients: number,
  work: (turn: number) => Promise<unknown>,
): Promise<Figures> {
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let turn = next++; turn < count; turn = next++) {
        const start = performance.now();
        await work(turn);
        times.push(performance.now() - start);
      }
    }),
  );
  return figures(times, (performance.now() - began) / 1000);
}

export function figures(times: number[], seconds: number): Figures {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { perSecond: sorted.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99), count: sorted.length };
}

/** Of several rounds the one with the highest rate: noise only ever makes a round slower. */
export const best = (rounds: Figures[]): Figures => rounds.toSorted((a, b) => b.perSecond - a.perSecond)[0]!;

/** GETs over kept-alive connections; the body is read to the end. */
export function getter(base: string, headers: Record<string, string> = {}) {
  const agent = new Agent({ keepAlive: true });
  return (path: string) =>
    new Promise<{ status: number; bytes: number }>((done, failed) => {
      request(base + path, { agent, headers }, (answer) => {
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
        answer.on("end", () => done({ status: answer.statusCode!, bytes }));
        answer.on("error", failed);
      })
        .on("error", failed)
        .end();
    });
}

const rate = ({ perSecond, p50, p95 }: Figures) =>
  `${perSecond.toFixed(0)}/s  p50 ${p50.toFixed(1)}  p95 ${Number.isNaN(p95) ? "–" : p95.toFixed(1)} ms`;

/** A line that compares two rates; a ratio of 1 means as fast as the floor. */
export function compare(area: string, what: string, ours: Figures, floor: Figures, note?: string): Line {
  return { area, what, value: rate(ours), floor: rate(floor), ratio: ours.perSecond / floor.perSecond, note };
}
