/**
 * `npm run scan -- --minutes 20`: wapiti and sqlmap (from Debian) over every page, form and operation of the built product, on a
 * throwaway installation with the demo neighbourhood, as a visitor, as a volunteer and, with `--as coordinator`, as others.
 * Limits are off for it. First both must find the holes of a small site that has some.
 *
 * Status 1 when something is found that nobody has explained (`findings.ts`). The report is in `tests/output/scan` (`--output`).
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeSeal } from "#app/core/seal.server.ts";
import { asker } from "#scripts/torture/ask.ts";
import { DATA_KEY, install, type Installation } from "#scripts/torture/installation.ts";
import { apiTargets } from "./api-targets.ts";
import { examplesOf, type Examples } from "./examples.ts";
import type { Scan } from "./findings.ts";
import { openHoles } from "./holes.ts";
import { keepWorld, signIn } from "./keep.ts";
import { reportOf } from "./report.ts";
import { routesOf, type Route } from "./routes.ts";
import { findTool } from "./run-tool.ts";
import { scanWithSqlmap } from "./sqlmap.ts";
import { gatherTargets, type Target } from "./targets.ts";
import { scanWithWapiti } from "./wapiti.ts";

const { values } = parseArgs({
  options: {
    /** For each tool as each person. */
    minutes: { type: "string", default: "20" },
    as: { type: "string", default: "visitor,volunteer" },
    only: { type: "string", default: "wapiti,sqlmap" },
    output: { type: "string", default: "tests/output/scan" },
    level: { type: "string", default: "1" },
  },
});
const OUTPUT = resolve(values.output);
const BUILD = "build";
const tools = values.only.split(",");
const seconds = 60 * Number(values.minutes);
const say = (line: string): void => console.log(line);

if (!existsSync(join(BUILD, "server/index.js"))) throw new Error("There is no build: npm run build");
const missing = tools.filter((tool) => !findTool(tool));
if (missing.length > 0)
  throw new Error(`Not installed: ${missing.join(", ")}. On Debian: apt-get install ${missing.join(" ")}`);
rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(OUTPUT, { recursive: true });
process.exit((await run()) ? 0 : 1);

async function run(): Promise<boolean> {
  const installation = await install({ log: join(OUTPUT, "installation.log"), env: { DEMO: "true" } });
  for (const signal of ["SIGINT", "SIGTERM"])
    process.once(signal, () => void installation.stop().then(() => process.exit(1)));
  try {
    if (!(await seesHoles(installation))) return false;
    const examples = await examplesOf(installation.sql, makeSeal(DATA_KEY));
    const routes = await routesOf(BUILD);
    const scans: Scan[] = [];
    for (const as of values.as.split(",")) scans.push(...(await scanAs(as, installation, routes, examples)));
    const failures = readFileSync(installation.log, "utf8").match(/"level":"error"/g)?.length ?? 0;
    const { text, ok } = reportOf(scans, { crashes: installation.crashes(), failures });
    writeFileSync(join(OUTPUT, "report.txt"), text);
    say(text);
    return ok;
  } finally {
    await installation.stop();
  }
}

/** The control: both tools must find what is there to be found. */
async function seesHoles({ sql }: Installation): Promise<boolean> {
  const holes = await openHoles(sql);
  const hole: Target = { method: "GET", path: "/?code=A", body: null, cookies: "", route: "holes" };
  const at = { as: "control", folder: join(OUTPUT, "control"), seconds: 300 };
  try {
    const scans = {
      sqlmap: () => scanWithSqlmap({ ...at, targets: [hole], host: holes.host, level: "1" }),
      wapiti: () => scanWithWapiti({ ...at, paths: ["/?q=soup", "/?code=A"], url: holes.url, cookies: "" }),
    };
    const wanted = { sqlmap: /blind|error|time|stacked|UNION/i, wapiti: /Cross Site Scripting/ };
    for (const tool of tools as (keyof typeof scans)[]) {
      const { findings } = await scans[tool]();
      const found = findings.some(({ kind }) => wanted[tool].test(kind));
      say(
        found
          ? `${tool} sees the hole that is there`
          : `${tool.toUpperCase()} IS BLIND: it missed a hole that is there`,
      );
      if (!found) return false;
    }
    return true;
  } finally {
    holes.close();
  }
}

async function scanAs(as: string, installation: Installation, routes: Route[], examples: Examples): Promise<Scan[]> {
  const { sql, url, port } = installation;
  const personId = as === "visitor" ? null : examples.people[as as keyof Examples["people"]];
  if (personId === undefined) throw new Error(`--as takes visitor, ${Object.keys(examples.people).join(", ")}`);
  const sid = personId && (await signIn(sql, personId));
  const visitor = { ask: asker(port, 4), origin: url, sid };
  const { targets, cookies, unwritten } = await gatherTargets(visitor, routes, examples);
  targets.push(...apiTargets(examples, sid ? `sid=${sid}` : ""));
  say(
    `${as}: ${targets.length} requests to vary; no form seen for ${unwritten.map(({ id }) => id).join(", ") || "none"}`,
  );
  writeFileSync(
    join(OUTPUT, `${as}-targets.txt`),
    targets.map(({ method, path, body }) => `${method} ${path} ${body?.text ?? ""}\n`).join(""),
  );
  const stopKeeping = await keepWorld(sql);
  const at = { as, seconds };
  const paths = targets.flatMap(({ method, path, route }) =>
    method === "GET" && !route.startsWith("GET") ? [path] : [],
  );
  try {
    const scans: Scan[] = [];
    if (tools.includes("sqlmap"))
      scans.push(
        await scanWithSqlmap({
          ...at,
          targets,
          host: `localhost:${port}`,
          folder: join(OUTPUT, `${as}-sqlmap`),
          level: values.level,
        }),
      );
    if (tools.includes("wapiti"))
      scans.push(await scanWithWapiti({ ...at, paths, url, cookies, folder: join(OUTPUT, `${as}-wapiti`) }));
    return scans;
  } finally {
    await stopKeeping();
  }
}
