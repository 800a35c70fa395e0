import fc from "fast-check";
import { expect, test } from "vitest";
import { plainLetters, segmentsOf } from "#app/sms/segments.ts";

/** Counted with the carrier's own calculator. */
test.each<[string, string, number, "GSM-7" | "UCS-2"]>([
  ["nothing", "", 0, "GSM-7"],
  ["160 letters", "a".repeat(160), 1, "GSM-7"],
  ["161 letters", "a".repeat(161), 2, "GSM-7"],
  ["306 letters", "a".repeat(306), 2, "GSM-7"],
  ["307 letters", "a".repeat(307), 3, "GSM-7"],
  ["80 brackets take two each", "[".repeat(80), 1, "GSM-7"],
  ["153 brackets: a pair is never cut", "[".repeat(153), 3, "GSM-7"],
  ["Spanish letters that are in the alphabet", "¿Qué? ñÑéü¡", 1, "GSM-7"],
  ["one í costs the alphabet", "Sí", 1, "UCS-2"],
  ["70 Arabic letters", "س".repeat(70), 1, "UCS-2"],
  ["71 Arabic letters", "س".repeat(71), 2, "UCS-2"],
  ["35 emoji", "👍".repeat(35), 1, "UCS-2"],
  ["67 emoji: a pair is never cut", "👍".repeat(67), 3, "UCS-2"],
])("%s", (_, text, count, encoding) => {
  expect(segmentsOf(text)).toMatchObject({ count, encoding });
});

test("plain letters keep a text in GSM-7 and leave other scripts alone", () => {
  expect(plainLetters("“Sí” — mañana, José…\u00a0€5")).toBe('"Si" - mañana, José... €5');
  expect(plainLetters("مرحبا")).toBe("مرحبا");
  expect(segmentsOf(plainLetters("ÁÍÓÚáíóú’"))).toMatchObject({ encoding: "GSM-7" });
});

test("never fewer segments for a longer text, and plain letters never cost more", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (text) => {
      expect(segmentsOf(`${text}a`).count).toBeGreaterThanOrEqual(segmentsOf(text).count);
      if (segmentsOf(text).encoding === "GSM-7") expect(plainLetters(text)).toBe(text.normalize("NFC"));
    }),
  );
});
