import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Scan } from "./findings.ts";
import { runTool } from "./run-tool.ts";
import type { Target } from "./targets.ts";

type Given = { targets: Target[]; host: string; as: string; folder: string; seconds: number; level: string };

const SECONDS_EACH = 300;
const AT_ONCE = 2;

/**
 * One run of sqlmap for each target: in a run over many it skips a field that it met on another form of the same page.
 * Targets without anything to vary are not counted.
 */
export async function scanWithSqlmap({ targets, host, as, folder, seconds, level }: Given): Promise<Scan> {
  const runs = targets.flatMap((target) => variantsOf(target));
  const scan: Scan = {
    tool: "sqlmap",
    as,
    payloads: 0,
    targets: runs.length,
    left: runs.length,
    statuses: {},
    findings: [],
  };
  const end = Date.now() + seconds * 1000;
  const waiting = runs.map((target, at) => ({ target, at }));
  mkdirSync(folder, { recursive: true });
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = waiting.shift(); next && Date.now() < end; next = waiting.shift()) {
        const file = join(folder, `${next.at}.txt`);
        writeFileSync(file, requestOf(next.target, host));
        const { said, inTime } = await runTool(
          "sqlmap",
          argumentsOf(file, join(folder, String(next.at)), level),
          SECONDS_EACH,
        );
        writeFileSync(join(folder, `${next.at}.log`), said);
        if (inTime) scan.left -= 1;
        hear(scan, next.target, said);
      }
    }),
  );
  return scan;
}

/** A target itself when it has fields, and once more with the last part of its path as what is varied. */
function variantsOf(target: Target): Target[] {
  const fields = target.path.includes("?") || target.body ? [target] : [];
  const [path] = target.path.split("?");
  const hasParameter = /[:{$]/.test(target.route) && target.method === "GET";
  return hasParameter ? [...fields, { ...target, path: `${path}*` }] : fields;
}

const requestOf = ({ method, path, body, cookies }: Target, host: string): string =>
  [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    `Origin: http://${host}`,
    "Accept: text/html,application/json",
    "Accept-Language: en",
    ...(cookies ? [`Cookie: ${cookies}`] : []),
    ...(body ? [`Content-Type: ${body.type}`] : []),
    "",
    body?.text ?? "",
  ].join("\n");

const ALWAYS =
  "--batch --flush-session --disable-coloring -v 3 --dbms PostgreSQL --risk 1 --ignore-code * --ignore-redirects " +
  "--skip-waf --timeout 20 --retries 1 --ignore-stdin";

const argumentsOf = (file: string, output: string, level: string): string[] => [
  ...ALWAYS.split(" "),
  "-r",
  file,
  "--level",
  level,
  "--output-dir",
  output,
];

/** Nothing found; a form of a button alone; asks once more. */
const HARMLESS = /all tested parameters do not appear|no parameter\(s\) found|going to retry the request/;

function hear(scan: Scan, { method, path }: Target, said: string): void {
  const where = `${method} ${path}`;
  scan.payloads += said.match(/\[PAYLOAD\]/g)?.length ?? 0;
  for (const [, status, times] of said.matchAll(/^(\d{3}) \([^)]*\) - (\d+) times/gm))
    scan.statuses[status!] = (scan.statuses[status!] ?? 0) + Number(times);
  const points = [...said.matchAll(/^Parameter: (.+?)$[\s\S]*?^\s+Type: (.+?)$/gm)];
  for (const [, parameter, type] of points)
    scan.findings.push({ tool: "sqlmap", kind: type!, where, what: parameter! });
  for (const [, trouble] of said.matchAll(/\[CRITICAL\] (.+)/g))
    if (!HARMLESS.test(trouble!)) add(scan, "not scanned", where, trouble!);
  if (scan.statuses["500"] && /^500 /m.test(said)) add(scan, "broken answer", where, "500");
}

const add = (scan: Scan, kind: Finding["kind"], where: string, what: string): void =>
  void scan.findings.push({ tool: scan.tool, kind, where, what });
