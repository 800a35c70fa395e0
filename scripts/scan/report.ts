import { groupBy } from "#scripts/torture/faults.ts";
import { explanationOf, type Finding, type Scan } from "./findings.ts";

/** What the product itself says that went wrong. */
export type Broken = { crashes: number; failures: number };

/** What was scanned and found, and whether everything that was found is explained. */
export function reportOf(scans: Scan[], broken: Broken): { text: string; ok: boolean } {
  const lines: string[] = ["Rate limits were off, and what the scans deleted was put back all the time.", ""];
  let ok = broken.crashes + broken.failures === 0;
  for (const { tool, as, targets, left, payloads, statuses, findings } of scans) {
    const open = findings.filter((finding) => !explanationOf(finding));
    ok &&= open.length === 0 && left === 0;
    const asked = payloads > 0 ? `, ${payloads} payloads` : "";
    lines.push(
      `${tool} as ${as}: ${targets - left} of ${targets} targets${asked}, ${open.length} findings, ${findings.length - open.length} explained`,
    );
    const answers = Object.entries(statuses).map(([status, times]) => `${status} × ${times}`);
    if (answers.length > 0) lines.push(`  refused with ${answers.join(", ")}`);
    lines.push(...grouped(open).map((line) => `  NO ${line}`));
    const known = findings.filter((finding) => explanationOf(finding));
    lines.push(
      ...grouped(known).map((line) => `  ok ${line}`),
      ...new Set(known.map((one) => `     ${explanationOf(one)}`)),
    );
  }
  const { crashes, failures } = broken;
  lines.push(`The product crashed ${crashes} times and failed at ${failures} requests.`);
  return { text: `${lines.join("\n")}\n`, ok };
}

/** Findings of one kind on one line, with some of the places. */
function grouped(findings: Finding[]): string[] {
  const byKind = groupBy(findings, ({ kind }) => kind);
  return [...byKind].map(([kind, found]) => {
    const places = found.slice(0, 4).map(({ where, what }) => `${where} (${what})`);
    return `${found.length} × ${kind}: ${places.join("; ")}`;
  });
}
