import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { Severity, type Finding } from "csp_evaluator/dist/finding.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { expect, test } from "vitest";
import { pageHeaders, plainHeaders } from "#app/web/security-headers.server.ts";

const env = { PUBLIC_URL: "https://help.example.org", MAP_TILES_URL: undefined };
const policyOf = (headers: [string, string][]) => new Map(headers).get("Content-Security-Policy")!;
const severe = (policy: string): Finding[] =>
  new CspEvaluator(new CspParser(policy).csp).evaluate().filter(({ severity }) => severity <= Severity.MEDIUM);

test("Google's evaluator finds nothing high or middling in our policies", () => {
  expect(severe(policyOf(pageHeaders(env, "c29tZSBub25jZSBvZiBvdXJz")))).toEqual([]);
  expect(severe(policyOf(plainHeaders(env)))).toEqual([]);
});

test("it does in one that lets any script run", () => {
  expect(severe("script-src 'unsafe-inline' *; object-src *").length).toBeGreaterThan(1);
});
