/**
 * `npm test`: every check, one after the other, also after one failed; ends with what failed, by name, and `N passed, N failed`
 * on a line of its own. A step such as lint counts as one. `--only format,lint` runs some of them.
 */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import { parseArgs } from "node:util";

type Count = { passed: number; failed: number; skipped: number; failures?: string[] };
type Step = { name: string; run: () => Promise<Count> };

const OUTPUT = "tests/output";
/** What somebody set for a running installation must not steer the tests. */
const OF_THE_PRODUCT =
  /^(NODE_ENV|PORT|HOST|PUBLIC_URL|DATABASE_URL|DATA_DIR|DATA_KEY|SESSION_SECRET|TWILIO_.*|SMS_PROVIDER|ROLES|DEMO|RATE_LIMITS|BACKUP_RECIPIENT|BACKUP_DIR|LOG_LEVEL|npm_.*)$/;
const kept = Object.entries(process.env).filter(([name]) => !OF_THE_PRODUCT.test(name));
const env = Object.fromEntries(kept) as NodeJS.ProcessEnv;

const STEPS: Step[] = [
  { name: "format", run: () => tool("oxfmt/bin/oxfmt", "--check") },
  { name: "lint", run: () => tool("oxlint/bin/oxlint", "--quiet") },
  { name: "types", run: () => tool("typescript/bin/tsc", "--noEmit") },
  { name: "unused", run: () => tool("knip/bin/knip.js") },
  { name: "tests", run: () => suite("tests", "vitest.config.ts") },
  { name: "e2e", run: () => suite("e2e", "tests/e2e/vitest.config.ts") },
];

const { values } = parseArgs({ options: { only: { type: "string" } } });
const wanted = values.only?.split(",");
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
const failures: string[] = [];
mkdirSync(OUTPUT, { recursive: true });
for (const step of STEPS.filter(({ name }) => !wanted || wanted.includes(name))) {
  console.log(`\n── ${step.name}`);
  const since = performance.now();
  const count = await step.run();
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  summary.push(`${step.name.padEnd(8)} ${said(count)} in ${seconds} s`);
  failures.push(...(count.failures ?? []));
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += count[key];
}
if (failures.length > 0) console.log(`\n── failed\n${failures.join("\n")}`);
console.log(`\n${summary.join("\n")}\n\n${said(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

function said({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

async function tool(path: string, ...args: string[]): Promise<Count> {
  const status = await node(`node_modules/${path}`, ...args);
  return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 };
}

/** Runs vitest and reads its report. What ends badly without a failed test (a file that does not load) counts as one. */
async function suite(name: string, config: string): Promise<Count> {
  const file = `${OUTPUT}/${name}.json`;
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const status = await node("node_modules/vitest/vitest.mjs", "run", "--root", ".", "--config", config, ...reporters);
  const count = readReport(file);
  return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: Ran[];
};
type Ran = {
  name: string;
  status: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
};

function readReport(file: string): Count {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    const failures = report.testResults.filter(({ status }) => status === "failed").flatMap(failuresOf);
    return {
      passed: report.numPassedTests,
      failed: failures.length,
      skipped: report.numPendingTests + report.numTodoTests,
      failures,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Each failed test of a file with the beginning of its reason; the file itself where none of its tests is to blame. */
function failuresOf({ name, message, assertionResults }: Ran): string[] {
  const failed = assertionResults.filter(({ status }) => status === "failed");
  const file = relative(".", name);
  if (failed.length === 0) return [`${file}: ${beginningOf(message)}`];
  return failed.map(
    ({ fullName, failureMessages }) => `${file} > ${fullName}: ${beginningOf(failureMessages[0] ?? "")}`,
  );
}

function beginningOf(reason: string): string {
  return reason.split("\n").slice(0, 12).join("\n    ").slice(0, 1_500);
}

function node(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: "inherit", env });
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
}
