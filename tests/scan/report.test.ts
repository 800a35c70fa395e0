import { expect, test } from "vitest";
import type { Finding, Scan } from "#scripts/scan/findings.ts";
import { reportOf } from "#scripts/scan/report.ts";

const scanWith = (findings: Finding[], left = 0): Scan[] => [
  { tool: "wapiti", as: "visitor", payloads: 3, targets: 9, left, statuses: {}, findings },
];
const WHOLE = { crashes: 0, failures: 0 };
const KNOWN: Finding = {
  tool: "wapiti",
  kind: "HTTP Secure Headers",
  where: "GET /",
  what: "X-Frame-Options is not set",
};

test("all is well when nothing, or only what is explained, is found", () => {
  expect(reportOf(scanWith([]), WHOLE).ok).toBe(true);
  expect(reportOf(scanWith([KNOWN]), WHOLE)).toMatchObject({
    ok: true,
    text: expect.stringContaining("frame-ancestors"),
  });
});

test.each([
  ["something unknown is found", reportOf(scanWith([KNOWN, { ...KNOWN, what: "Content-Type is not set" }]), WHOLE)],
  ["the same is found by another tool", reportOf(scanWith([{ ...KNOWN, tool: "sqlmap" }]), WHOLE)],
  ["a target was not reached", reportOf(scanWith([], 1), WHOLE)],
  ["the product crashed", reportOf(scanWith([]), { ...WHOLE, crashes: 1 })],
  ["a request failed", reportOf(scanWith([]), { ...WHOLE, failures: 1 })],
])("nothing is well when %s", (_, { ok }) => {
  expect(ok).toBe(false);
});
