import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainLetters, segmentsOf } from "#app/sms/segments.ts";
import { runs } from "../setup/seeded.ts";
import { GSM, ONE, partsOf, shown, TWO } from "./gsm-table.ts";

const count = (text: string) => segmentsOf(text).count;

test("the table in the standard: 127 letters of one septet, 10 of two, nothing else", () => {
  expect([ONE.length, TWO.length]).toEqual([127, 10]);
  for (let point = 0; point <= 0xffff; point += 1) {
    const letter = String.fromCharCode(point);
    const { encoding, units } = segmentsOf(letter);
    const septets = GSM.get(letter);
    if (septets ? encoding !== "GSM-7" || units !== septets.length : encoding !== "UCS-2" || units !== 1) {
      expect.fail(`U+${point.toString(16)} is counted as ${encoding} ${units}`);
    }
  }
});

describe("at every edge, for every letter of the alphabet", () => {
  test.each([...GSM].map(([letter, septets]) => [JSON.stringify(letter), letter, septets.length] as const))(
    "%s",
    (_, letter, weight) => {
      const fill = (septets: number) => "a".repeat(septets);
      expect(count(fill(160 - weight) + letter)).toBe(1);
      expect(count(fill(161 - weight) + letter)).toBe(2);
      expect(count(fill(306 - weight) + letter)).toBe(2);
      expect(count(fill(307 - weight) + letter)).toBe(3);
      // One septet is left in the first part: a pair moves on whole, and the second part is full one letter sooner.
      expect(count(fill(152) + letter + fill(306 - 152 - weight))).toBe(weight === 1 ? 2 : 3);
      expect(count(fill(152) + letter + fill(153 - weight))).toBe(2);
      // With one letter outside the alphabet the whole text is counted in UTF-16 units.
      expect(count(`س${letter.repeat(69)}`)).toBe(1);
      expect(count(`س${letter.repeat(70)}`)).toBe(2);
      expect(count(`س${letter.repeat(133)}`)).toBe(2);
      expect(count(`س${letter.repeat(134)}`)).toBe(3);
    },
  );

  test.each(["س", "á", "Í", "ç", "`", "’", "–", "…", "\u00a0", "\t", "\u0000", "\u001b", "\ud83d"])(
    "%j outside it",
    (letter) => {
      expect([69, 70, 71, 134, 135, 201, 202].map((n) => count(letter.repeat(n)))).toEqual([1, 1, 2, 2, 3, 3, 4]);
    },
  );

  test("a surrogate pair at the cut moves on whole", () => {
    const text = (before: number, after: number) => "س".repeat(before) + "👍" + "س".repeat(after);
    expect(count(text(68, 0))).toBe(1);
    expect(count(text(69, 0))).toBe(2);
    expect(count(text(66, 65))).toBe(2);
    expect(count(text(66, 66))).toBe(3);
    expect(count(text(65, 67))).toBe(2);
    expect([33, 35, 36, 66, 67, 99, 100].map((n) => count("👍".repeat(n)))).toEqual([1, 1, 2, 2, 3, 3, 4]);
    expect(count("👩‍👩‍👧‍👦".repeat(6))).toBe(1);
    expect(count("👩‍👩‍👧‍👦".repeat(7))).toBe(2);
  });

  test("line ends, form feed and the euro", () => {
    expect(count("\r\n".repeat(80))).toBe(1);
    expect(count("\r\n".repeat(81))).toBe(2);
    for (const letter of ["\f", "€"])
      expect([80, 81, 152, 153].map((n) => count(letter.repeat(n)))).toEqual([1, 2, 2, 3]);
    expect(count("")).toBe(0);
  });
});

const letters = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ONE) },
  { weight: 3, arbitrary: fc.constantFrom(...TWO) },
);
const gsmText = fc.array(letters, { maxLength: 700 }).map((some) => some.join(""));
const anyText = fc.oneof(
  gsmText,
  fc.tuple(gsmText, fc.constantFrom("س", "👍", "é́", "\ud83d", "í"), gsmText).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 500 }),
  fc.array(fc.constantFrom("👍", "س", "a", "[", "\ud83d", "\udc4d"), { maxLength: 400 }).map((some) => some.join("")),
);

test("agrees with a phone that packs the parts one by one, and no part shows half a letter", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { gsm, parts } = partsOf(text);
      expect(segmentsOf(text)).toMatchObject({
        encoding: gsm ? "GSM-7" : "UCS-2",
        count: parts.length,
        units: parts.flat().length,
      });
      expect(parts.map((part) => shown(part, gsm)).join("")).toBe(text);
      if (gsm) for (const part of parts) expect(shown(part, true)).not.toContain("�");
    }),
    runs(400),
  );
});

test("more words never cost less; the alphabet is decided by what is in it; the letters that cost are named", () => {
  fc.assert(
    fc.property(anyText, anyText, (text, more) => {
      expect(count(text + more)).toBeGreaterThanOrEqual(count(text));
      const { encoding, costly } = segmentsOf(text);
      const outside = [...new Set([...text].filter((letter) => !GSM.has(letter)))];
      expect(encoding).toBe(outside.length === 0 ? "GSM-7" : "UCS-2");
      expect(costly).toEqual(outside.slice(0, 10));
    }),
    runs(400),
  );
});

test("plain letters never cost more, say nothing new the second time, and leave other scripts alone", () => {
  const letter = fc.constantFrom(..."aáéíóúñÑüÁÍç’“”–—…•€[]{}\u00a0\u2009\u202f\u200f ½ﬁß日س👍");
  const stretch = fc.tuple(letter, fc.integer({ min: 1, max: 160 })).map(([one, times]) => one.repeat(times));
  const accented = fc.array(fc.oneof(letter, stretch), { maxLength: 60 }).map((some) => some.join("").slice(0, 600));
  fc.assert(
    fc.property(fc.oneof(accented, anyText, fc.string({ unit: "grapheme", maxLength: 300 })), (text) => {
      const plain = plainLetters(text);
      expect(count(plain), JSON.stringify(text)).toBeLessThanOrEqual(count(text));
      expect(plainLetters(plain)).toBe(plain);
      if (segmentsOf(text).encoding === "GSM-7") expect(plain).toBe(text);
    }),
    runs(600),
  );
  expect(plainLetters("“Sí” — mañana, José…\u00a0€5")).toBe('"Si" - mañana, José... €5');
  for (const dearer of ["…".repeat(60), `${"…".repeat(30)}👍`]) expect(plainLetters(dearer)).toBe(dearer);
  expect(plainLetters("مرحبا")).toBe("مرحبا");
  expect(segmentsOf(plainLetters("ÁÍÓÚáíóú’"))).toMatchObject({ encoding: "GSM-7" });
});
