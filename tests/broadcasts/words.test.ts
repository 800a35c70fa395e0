import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minutesFor, money } from "#app/broadcasts/cost.ts";
import { frameOf } from "#app/broadcasts/get-broadcast.server.ts";
import { readyWords } from "#app/broadcasts/ready-words.server.ts";
import { bodyOf, faultOf, languageFor, linksIn, missingLanguages, segmentsFor } from "#app/broadcasts/words.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { segmentsOf } from "#app/sms/segments.ts";

const HOST = "help.example.org";
const frame = frameOf({ name: "Cocina Méxicó", translations: { ar: { name: "المطبخ" } } });

describe("words that may go out", () => {
  test.each([
    "Meeting at 5.30pm, bring soup. Call +1 555 010 0199 or (555) 010-0199.",
    "Closed today.Come tomorrow",
    "Plan: https://help.example.org/board?kind=need.",
    "See help.example.org/p/4F2K!",
    "HELP.EXAMPLE.ORG/groups",
    "Write to kitchen@example.com",
    "مغلق اليوم. نفتح غدًا",
    "50% off? No: 100% free [today]",
  ])("%s", (words) => expect(faultOf(words, HOST)).toBeNull());

  test.each([
    ["Hello {name}", "personal"],
    ["Hola %nombre%, ven", "personal"],
    ["Dear [first name]", "personal"],
    ["Hi <<name>>", "personal"],
    ["See https://evil.example/x", "link"],
    ["See http://help.example.org@evil.example/", "link"],
    ["See https://help.example.org.evil.example", "link"],
    ["www.evil.example", "link"],
    ["bit.ly/3xyz", "link"],
    ["go to evil.com now", "link"],
    ["tel://555", "link"],
    ["Meeting on ___", "gap"],
    ["x".repeat(601), "long"],
  ])("%s: %s", (words, fault) => expect(faultOf(words, HOST)?.id).toBe(`broadcasts.error.${fault}`));

  test("any web address elsewhere is found, whatever stands around it", () => {
    const around = fc.constantFrom("", " ", "(", "\n", "ver ", "انظر ");
    fc.assert(
      fc.property(fc.webUrl(), around, around, (url, before, after) => {
        fc.pre(new URL(url).host !== HOST);
        expect(faultOf(`${before}${url}${after === "(" ? ")" : after}`.slice(0, 600), HOST)).not.toBeNull();
      }),
    );
    expect(linksIn("One. Two.three 4.5 e.g. this")).toEqual([]);
  });
});

describe("what it weighs", () => {
  const words = { en: "Soup at 7.", es: "¡Reunión mañana!" };
  const readers = [
    { locale: "en", first: false, n: 30 },
    { locale: "es", first: true, n: 5 },
    { locale: "ar", first: true, n: 7 },
    { locale: "fr", first: false, n: 2 },
  ];

  test("is the sum over every reader's own text", () => {
    const texts = readers.flatMap(({ locale, first, n }) => {
      const language = locale === "es" ? "es" : "en";
      return Array.from({ length: n }, () => bodyOf(frame, language, words[language], first));
    });
    const expected = texts.reduce((all, text) => all + segmentsOf(text).count, 0);
    expect(segmentsFor(frame, words, readers)).toBe(expected);
    expect(texts[0]).toMatch(/^Cocina México?/);
  });

  test("names and stop lines of ours never make a text dearer", () => {
    for (const locale of ["en", "es"] as const)
      for (const first of [true, false])
        expect(segmentsOf(bodyOf(frame, locale, "abc", first)).encoding, locale).toBe("GSM-7");
  });

  test("readers of a language without words get English, or the first there is; and are named", () => {
    expect(languageFor(words, "ar")).toBe("en");
    expect(languageFor({ ar: "x", es: "y" }, "en")).toBe("es");
    expect(missingLanguages(words, readers)).toEqual([{ locale: "ar", n: 7 }]);
  });

  test("money and minutes", () => {
    const shown = [0, 1, 42, 85].map((segments) => money(segments, 0.0083).replace(/[\u2066\u2069]/g, ""));
    expect(shown).toEqual(["$0.00", "$0.008", "$0.35", "$0.71"]);
    expect([minutesFor(0, 1), minutesFor(61, 1), minutesFor(6000, 100)]).toEqual([1, 2, 1]);
  });
});

test("ready words come in every language and leave what somebody wrote", () => {
  const ready = readyWords("closed", { en: "My own", es: "" });
  expect(ready.en).toBe("My own");
  for (const locale of LOCALES) expect(ready[locale], locale).toBeTruthy();
  expect(readyWords("meeting", ready).es).not.toBe(ready.es);
});
