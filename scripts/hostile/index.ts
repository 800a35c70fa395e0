/**
 * `npm run hostile -- --requests 10000 --seed 7`: what nobody would send, at every page, form and operation of the built
 * product, on a throwaway installation with the demo neighbourhood, as a visitor, a volunteer, a coordinator and an admin.
 * Limits are off for it.
 *
 * Status 1 on an answer of 5xx, none at all, one later than two seconds twice over, or when memory grows by 50 MB.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeSeal } from "#app/core/seal.server.ts";
import { DATA_KEY, install } from "#scripts/torture/installation.ts";
import { attack, ROLES } from "./attack.ts";
import { report } from "./report.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
if (!existsSync("build/server/index.js")) throw new Error("There is no build: npm run build");
const say = (line: string): void => console.log(line);
const plan = { requests: Number(values.requests), seed: Number(values.seed), roles: ROLES, say };
say(`seed ${plan.seed}`);

const installation = await install({ log: resolve("tests/output/hostile.log"), env: { DEMO: "true" } });
try {
  const outcome = await attack({ ...installation, seal: makeSeal(DATA_KEY) }, plan);
  const { text, ok } = report(outcome, installation.crashes());
  say(text);
  process.exitCode = ok ? 0 : 1;
} finally {
  await installation.stop();
}
