import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parsePhone } from "#app/people/phone.server.ts";

describe("a phone number", () => {
  test.each([
    "5550100100",
    "(555) 010-0100",
    "555.010.0100",
    "1-555-010-0100",
    "+1 555 010 0100",
    "٥٥٥٠١٠٠١٠٠",
    "۵۵۵ ۰۱۰ ۰۱۰۰",
    "\u200e+1 (555) 010-0100\u200f",
    "001 555 010 0100",
    "tel:+15550100100",
  ])("written as %s is +15550100100", (typed) => expect(parsePhone(typed)).toBe("+15550100100"));

  test.each([
    ["+34 600 123 456", "+34600123456"],
    ["0034 600 123 456", "+34600123456"],
    ["+966 50 123 4567", "+966501234567"],
    ["+٩٦٦٥٠١٢٣٤٥٦٧", "+966501234567"],
  ])("from elsewhere, %s, keeps its country", (typed, e164) => expect(parsePhone(typed)).toBe(e164));

  test("without a country belongs to the default one", () => {
    expect(parsePhone("600 123 456", "ES")).toBe("+34600123456");
  });

  test.each([
    "",
    "   ",
    "911",
    "555-0100",
    "hello",
    "555 010 0100 ext 5",
    "555 010 0100 x5",
    "call me at 5550100100",
    "+",
    "1".repeat(60),
  ])("is not read from %j", (typed) => expect(parsePhone(typed)).toBeNull());

  test("is E.164 or nothing, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        expect(parsePhone(typed) ?? "+10000000").toMatch(/^\+[1-9]\d{6,14}$/);
      }),
    );
  });
});
