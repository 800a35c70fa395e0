import { SLOW_MS, type Outcome } from "./attack.ts";

const MOST_GROWTH_MB = 50;
const SHOWN = 12;

/** What was thrown and what came back; `ok` when nothing is wrong. */
export function report(outcome: Outcome, crashes: number): { text: string; ok: boolean } {
  const { thrown, targets, statuses, faults, slowest, memory, serves } = outcome;
  const grown = memory.after - memory.before;
  const count = (what: string) => faults.filter((fault) => fault.what === what).length;
  const checks: [boolean, string][] = [
    [count("5xx") === 0, `${count("5xx")} answers of 5xx`],
    [count("no answer") === 0, `${count("no answer")} without an answer`],
    [
      count("late") === 0,
      `${count("late")} later than ${SLOW_MS / 1000} s twice over (slowest ${Math.round(slowest)} ms)`,
    ],
    [crashes === 0, `${crashes} crashes`],
    [grown < MOST_GROWTH_MB, `memory ${memory.before} → ${memory.after} MB`],
    [serves, serves ? "it still serves" : "IT DOES NOT SERVE ANY MORE"],
  ];
  const by = [...statuses].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status || "none"} × ${n}`);
  const lines = [
    `${thrown} hostile requests made of ${targets} real ones: ${by.join(", ")}`,
    ...checks.map(([ok, words]) => `${ok ? "ok" : "NO"}  ${words}`),
    ...faults.slice(0, SHOWN).map(({ what, status, ms, how, as, request }) => {
      return `\n${what}: ${status} after ${Math.round(ms)} ms, ${how}, as ${as}\n${request}`;
    }),
  ];
  return { text: lines.join("\n"), ok: checks.every(([ok]) => ok) };
}
