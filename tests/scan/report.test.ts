import { expect, test } from "vitest";
import type { Finding, Scan } from "#scripts/scan/findings.ts";
import { reportOf } from "#scripts/scan/report.ts";

const scanWith = (findings: Finding[], left = 0): Scan[] => [
  { tool: "wapiti", as: "visitor", payloads: 3, targets: 9, left, statuses: {}, findings },
];
const KNOWN: Finding = {
  tool: "wapiti",
  kind: "HTTP Secure Headers",
  where: "GET /",
  what: "X-Frame-Options is not set",
};

test("all is well when nothing, or only what is explained, is found", () => {
  expect(reportOf(scanWith([]), 0).ok).toBe(true);
  expect(reportOf(scanWith([KNOWN]), 0)).toMatchObject({ ok: true, text: expect.stringContaining("frame-ancestors") });
});

test.each([
  ["something unknown is found", reportOf(scanWith([KNOWN, { ...KNOWN, what: "Content-Type is not set" }]), 0)],
  ["the same is found by another tool", reportOf(scanWith([{ ...KNOWN, tool: "sqlmap" }]), 0)],
  ["a target was not reached", reportOf(scanWith([], 1), 0)],
  ["the product crashed", reportOf(scanWith([]), 1)],
])("nothing is well when %s", (_, { ok }) => {
  expect(ok).toBe(false);
});
