import fc from "fast-check";
import { expect, test } from "vitest";
import { CODE_LETTERS, plainCode, plainDigits, readsAsWord } from "#app/core/codes.ts";
import { newCode } from "#app/core/ids.server.ts";
import { runs } from "../setup/seeded.ts";

test("no code has a letter that is mixed up, or reads as a word, an hour or a measure", () => {
  for (const word of ["them", "NEXT", "para", "22nd", "5pm", "30kg", "WATER", "3days"])
    expect(readsAsWord(word), word).toBe(true);
  for (const code of ["4F2K", "KWRT", "2345", "7KQ2M", "WATER2", "2WATER"]) expect(readsAsWord(code), code).toBe(false);
  for (const letter of "01ILOU") expect(CODE_LETTERS).not.toContain(letter);
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 8 }), (length) => {
      const code = newCode(length);
      expect(code).toHaveLength(length);
      expect([...code].every((letter) => CODE_LETTERS.includes(letter))).toBe(true);
      expect(readsAsWord(code)).toBe(false);
    }),
    runs(1000),
  );
});

test("a code is the same however it is typed, and plain already when it is plain", () => {
  for (const typed of ["4f2k", " #4F-2k ", "４ｆ２ｋ", "٤F٢K", "۴F۲K", "4\u200eF2K"])
    expect(plainCode(typed)).toBe("4F2K");
  for (const digits of ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯"])
    expect(plainDigits(`${digits}٪`)).toBe("0123456789٪");
  // Nobody types more than this for a code.
  expect(plainCode("A".repeat(99))).toBe("A".repeat(40));
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (typed) => {
      expect(plainCode(plainCode(typed).slice(0, 40))).toBe(plainCode(typed).slice(0, 40));
    }),
  );
});
