/**
 * `npm run simulate -- --scenario quiet|camp|storm|all [--seeds 1,2,3] [--policies blast,nearest,ours,clairvoyant] [--out dir]`:
 * an invented city works through days of needs with different ways of asking. The model is told in model.ts.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { answersOf } from "./answers.ts";
import { chartOf, type Told } from "./chart.ts";
import { clairvoyant } from "./clairvoyant.ts";
import { boundOf, figuresOf, type Figures } from "./figures.ts";
import { blast } from "./policies/blast.ts";
import { nearest } from "./policies/nearest.ts";
import { ours } from "./policies/ours.ts";
import { run } from "./run.ts";
import { SCENARIOS } from "./scenarios.ts";
import type { Policy } from "./sim.ts";
import { tableOf } from "./table.ts";
import { makeWorld } from "./world.ts";

const POLICIES: Record<string, () => Policy> = { blast, nearest, ours };

const { values } = parseArgs({
  options: {
    scenario: { type: "string", default: "all" },
    seeds: { type: "string", default: "1,2,3" },
    out: { type: "string" },
    policies: { type: "string", default: "blast,nearest,ours,clairvoyant" },
  },
});
const seeds = values.seeds.split(",").map(Number);
const policies = values.policies.split(",");
const told: Told[] = [];

for (const scenario of SCENARIOS.filter(({ name }) => values.scenario === "all" || values.scenario === name)) {
  const began = performance.now();
  const figures = new Map<string, Figures[]>(policies.map((name) => [name, []]));
  for (const seed of seeds) {
    const world = makeWorld(scenario, seed);
    const answers = answersOf(world);
    for (const name of policies) {
      const policy = POLICIES[name];
      const found = policy
        ? figuresOf(world, run(world, answers, policy()))
        : boundOf(world, clairvoyant(world, answers));
      figures.get(name)!.push(found);
    }
  }
  const seconds = (performance.now() - began) / 1000 / seeds.length;
  console.log(`\n${scenario.name}: ${scenario.about}; seeds ${values.seeds} (${seconds.toFixed(1)} s each)`);
  console.log(tableOf(figures));
  told.push({ name: scenario.name, about: scenario.about, figures });
}
if (values.out) {
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, "simulate.svg"), chartOf(told));
}
