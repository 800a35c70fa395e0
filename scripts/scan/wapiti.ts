import { mkdirSync, readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { Finding, Scan } from "./findings.ts";
import { runTool } from "./run-tool.ts";

type Given = { paths: string[]; url: string; cookies: string; as: string; folder: string; seconds: number };

/** All that need neither a list of guesses, nor a download, nor a server of wapiti's own on the internet; blind SQL is sqlmap's. */
const MODULES =
  "backup,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss";
const ALWAYS =
  "--scope domain -d 1 --max-links-per-page 1 --max-files-per-dir 30 -t 20 -f json --flush-session --no-bugreport -v 2";

type Report = Record<
  "vulnerabilities" | "anomalies",
  Record<string, { method: string; path: string; info: string; parameter: string }[]>
> & {
  infos: { crawled_pages_nbr?: number };
};

/** wapiti finds forms by itself, on every page that is given; more links would only be more of the same. */
export async function scanWithWapiti({ paths, url, cookies, as, folder, seconds }: Given): Promise<Scan> {
  mkdirSync(folder, { recursive: true });
  const output = join(folder, "report.json");
  const given: Record<string, string> = {
    "-u": `${url}/`,
    "-m": MODULES,
    "-o": output,
    "--max-scan-time": String(Math.ceil(seconds / 3)),
    "--max-attack-time": String(Math.ceil(seconds / 4)),
    "--store-session": join(folder, "session"),
    "--store-config": join(folder, "config"),
  };
  // It asks for Brotli without being able to read it where Python has no such module, and sees nothing then.
  const headers = ["Accept-Encoding: identity", `Origin: ${url}`, ...(cookies ? [`Cookie: ${cookies}`] : [])];
  const args = [
    ...ALWAYS.split(" "),
    ...Object.entries(given).flat(),
    ...headers.flatMap((header) => ["-H", header]),
    ...paths.flatMap((path) => ["-s", url + path]),
  ];
  const { said } = await runTool("wapiti", args, 5 * seconds);
  writeFileSync(join(folder, "wapiti.log"), said);
  const scan: Scan = { tool: "wapiti", as, payloads: 0, targets: paths.length, left: 0, statuses: {}, findings: [] };
  if (!existsSync(output)) {
    scan.findings.push(missed("everything", said.slice(-300)));
    return scan;
  }
  scan.payloads = said.match(/^\[¨\]/gm)?.length ?? 0;
  scan.findings = findingsIn(JSON.parse(readFileSync(output, "utf8")) as Report);
  // Every page has a form: without any, it could not read what it was shown.
  if (!/^\[\+\] POST /m.test(said)) scan.findings.push(missed("forms", "none seen"));
  for (const [, what] of said.matchAll(/Max (?:scan|attack) time was reached(?: for module (\w+))?/g))
    scan.findings.push(missed(what ?? "looking around", "no time left"));
  return scan;
}

const missed = (where: string, what: string): Finding => ({ tool: "wapiti", kind: "not scanned", where, what });

function findingsIn({ vulnerabilities, anomalies }: Report): Finding[] {
  return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, found]) =>
    found.map(({ method, path, info, parameter }) => ({
      tool: "wapiti" as const,
      kind,
      where: `${method} ${path}`,
      what: parameter ? `${parameter}: ${info}` : info,
    })),
  );
}
