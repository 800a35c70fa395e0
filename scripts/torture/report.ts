import type { Done } from "./history.ts";
import { groupBy, RULES, type Fault, type Rule } from "./faults.ts";
import type { State } from "./state.ts";

const SHOWN = 5;

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What was done, what is there, and rule by rule what is wrong. */
export function report(done: Done[], state: State, faults: Fault[], files: { history: string; log: string }): void {
  const acts = [...groupBy(done, ({ f }) => f)].toSorted(([a], [b]) => a.localeCompare(b));
  say("\nact          ok    refused  unknown   tries  slowest");
  for (const [f, list] of acts) {
    const count = (ending: string) => String(list.filter((act) => act.ending === ending).length);
    const tries = list.reduce((sum, act) => sum + act.tries, 0);
    const slowest = Math.max(...list.map(({ begun, ended }) => ended - begun)) / 1000;
    const cells = [
      count("ok").padStart(6),
      count("fail").padStart(9),
      count("info").padStart(8),
      String(tries).padStart(8),
    ];
    say(`${f.padEnd(10)}${cells.join("")}${`${slowest.toFixed(1)} s`.padStart(9)}`);
  }
  const { posts, claims, events, outbox, taken } = state;
  say(
    `\n${posts.length} posts, ${claims.length} claims, ${events.length} events, ${outbox.length} texts, ${taken.length} taken by the provider`,
  );
  const broken = groupBy(faults, ({ rule }) => rule);
  say("");
  for (const [rule, words] of Object.entries(RULES) as [Rule, string][]) {
    const found = broken.get(rule) ?? [];
    say(`${found.length === 0 ? "ok " : "NO "} ${String(found.length).padStart(5)}  ${words}`);
    for (const { what } of found.slice(0, SHOWN)) say(`             ${what}`);
  }
  say(`\n${done.length} operations, ${faults.length} violations. History: ${files.history}; log: ${files.log}`);
}
