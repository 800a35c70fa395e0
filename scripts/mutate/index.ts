/**
 * `npm run mutate -- claims sealing`: makes one small mistake after the other in the modules where mistakes cost most (all
 * of `modules.ts` unless named) and runs their tests. A mistake that no test notices is listed: a test is missing.
 * Ends with the score of each module; status 1 below 85 %.
 *
 * The mistakes are Stryker's, and those of `sql.ts`: most rules of this product are in SQL.
 * `--only FILES` takes fewer files (`app/x.ts:10-20` some lines), `--share 0.2 --seed 7` a random fifth of the mistakes; `--constants` adds those in
 * what is worked out once when a file is loaded, each of which needs all the tests. Not part of `npm test`: it takes
 * hours.
 */
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { MODULES } from "./modules.ts";
import { addMutators } from "./mutators.ts";
import { listUnnoticed, reaches, say, scoreOf, type Mistake } from "./report.ts";

const WANTED = 85;
/** Outside `tests`, where its copies of tests would be run; no other tool looks there. */
const TEMPORARY = "data/mutation";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: "string" },
    share: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    constants: { type: "boolean", default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(MODULES);
const unknown = names.filter((name) => !(name in MODULES));
if (unknown.length > 0)
  throw new Error(`No such module: ${unknown.join(", ")}. There are ${Object.keys(MODULES).join(", ")}.`);
await addMutators({ share: Number(values.share), seed: values.seed });

const all: Mistake[] = [];
const lines: string[] = [];
for (const name of names) {
  const mistakes = await mutate(name);
  all.push(...mistakes);
  listUnnoticed(mistakes);
  lines.push(scoreOf(name, mistakes));
}
if (names.length > 1) lines.push(scoreOf("together", all));
say(lines.join("\n"));
process.exit(reaches(WANTED, all) ? 0 : 1);

async function mutate(name: string): Promise<Mistake[]> {
  const { files, tests } = MODULES[name]!;
  process.env["MUTATION_TESTS"] = JSON.stringify(tests);
  const stryker = new Stryker({
    mutate: values.only?.split(",") ?? files,
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "tests/mutation/vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    ignoreStatic: !values.constants,
    concurrency: 1,
    // A busy machine must not count as a mistake that was noticed.
    timeoutMS: 15_000,
    timeoutFactor: 3,
    disableTypeChecks: false,
    ignorePatterns: ["build", "data", "bench-results", "tests/output", "docs"],
    tempDirName: TEMPORARY,
    reporters: ["progress-append-only", "json"],
    jsonReporter: { fileName: `tests/output/mutation-${name}.json` },
    allowConsoleColors: false,
    thresholds: { high: 95, low: WANTED, break: null },
  });
  return stryker.runMutationTest();
}
