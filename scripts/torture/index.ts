/**
 * `npm run torture -- --minutes 3`: random posts, promises, hand-backs, edits, texts and sign-ins by many clients at
 * once, while connections, processes and PostgreSQL are killed; then everything the clients were told is held against
 * what the database and the provider hold. Status 1 when a promise was broken.
 *
 * `--broken race` runs a build with a mistake in it, and is content (status 0) only when the check sees it.
 */
import { existsSync, mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { freePort } from "#db/embedded-process.server.ts";
import { breakCopy, BREAKS, type BreakName } from "./broken.ts";
import { check } from "./check.ts";
import { RULES, type Fault, type Rule } from "./faults.ts";
import { openHistory } from "./history.ts";
import { install } from "./installation.ts";
import { openProvider } from "./provider.ts";
import { report, say } from "./report.ts";
import { storm } from "./storm.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "3" },
    operations: { type: "string", default: "1000000" },
    clients: { type: "string", default: "64" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    broken: { type: "string" },
    quiet: { type: "boolean", default: false },
  },
});
const broken = values.broken as BreakName | undefined;
if (broken && !(broken in BREAKS)) throw new Error(`--broken takes one of ${Object.keys(BREAKS).join(", ")}`);
if (!existsSync("build/server/index.js")) throw new Error("There is no build: npm run build");

const OUTPUT = "tests/output";
mkdirSync(OUTPUT, { recursive: true });
const files = { history: resolve(OUTPUT, "torture-history.jsonl"), log: resolve(OUTPUT, "torture.log") };
const plan = {
  minutes: Number(values.minutes),
  operations: Number(values.operations),
  clients: Number(values.clients),
  seed: Number(values.seed),
  /** Only the clients: nothing is killed. */
  quiet: values.quiet,
};
say(`seed ${plan.seed}, ${plan.clients} clients, at most ${plan.minutes} min and ${plan.operations} operations`);
if (broken) say(`broken on purpose: ${BREAKS[broken].what}`);
process.exit((await run()) ? 0 : 1);

async function run(): Promise<boolean> {
  const copy = broken ? breakCopy(broken) : null;
  const providerPort = await freePort();
  const env = {
    TWILIO_API_BASE_URL: `http://127.0.0.1:${providerPort}`,
    SMS_RATE: "1000",
    SMS_BURST: "1000",
  };
  const installation = await install({ ...(copy ? { root: copy.root } : {}), log: files.log, env });
  const provider = await openProvider(installation.port, providerPort);
  const history = openHistory(files.history);
  try {
    const state = await storm({ installation, provider, history, plan });
    const faults = check(history.done, state);
    report(history.done, state, faults, files);
    return broken ? isSeen(faults, BREAKS[broken].shows) : faults.length === 0;
  } finally {
    await history.close();
    await installation.stop();
    provider.close();
    copy?.remove();
  }
}

function isSeen(faults: Fault[], rules: Rule[]): boolean {
  const seen = faults.some(({ rule }) => rules.includes(rule));
  say(
    seen
      ? "The check sees the mistake."
      : `THE CHECK IS BLIND: not true, and not seen: ${rules.map((rule) => RULES[rule]).join("; ")}.`,
  );
  return seen;
}
