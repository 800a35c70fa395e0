import { describe, expect, test } from "vitest";
import type { Locale } from "#app/i18n/locales.ts";
import { readCommand } from "#app/sms/grammar.ts";
import { plainLetters, segmentsOf } from "#app/sms/segments.ts";
import { renderingsOf, textIds, type Rendering } from "./renderings.ts";

/** Messages that go out as a text, by the names we agreed on. `texting.page.` would be what stands on a page. */
const SENT =
  /^(texting\.(?!page\.)|(relay|waves|questions|messages|broadcasts)\.text\.|broadcasts\.template\.|voice\.text)/;
const PUBLIC = "https://help.example.org";

/** The longest each blank gets: whoever fills it cuts it to this. One that is not named here may take a title's length. */
const LONGEST: Record<string, string | number | Record<Locale, string>> = {
  code: "4F2K",
  offer: "7KQ2",
  other_code: "7KQ2",
  codes: "4F2K, 7KQ2, 9TWA",
  group: "Tecnologia y va..",
  who: "Maximiliano ..",
  other: "Maximiliano ..",
  name: "Maximiliano ..",
  title: "Warm things for six fami..",
  place: "Maple Park, ga..",
  amount: { en: "128 blankets", es: "128 cobijas", ar: "128 بطانيات" },
  when: { en: "Mon 11:30 PM", es: "lun, 11:30 p. m.", ar: "الاثنين ١١:٣٠ م" },
  until: { en: "Mon 11:30 PM", es: "lun, 11:30 p. m.", ar: "الاثنين ١١:٣٠ م" },
  link: `${PUBLIC}/m/${"x".repeat(22)}`,
  host: "help.example.org",
  number: "+1 555 010 0199",
  phone: "+1 555 010 0199",
};

function longest(name: string, locale: Locale): string | number {
  const known = LONGEST[name];
  if (known === undefined)
    return /^(n|[a-z]*(left|more|count|total|days|hours|minutes|quantity))$/.test(name) ? 128 : "x".repeat(26);
  return typeof known === "object" ? known[locale] : known;
}

const inLetters = ({ locale, text }: Rendering) => (locale === "ar" ? text : plainLetters(text));
const sent = textIds(SENT);

describe("what we text, with the longest words in its blanks", () => {
  test.each(sent)("%s: English and Spanish in GSM-7 and at most two segments", (id) => {
    for (const one of renderingsOf(id, longest)) {
      const text = inLetters(one);
      const { count, encoding, costly } = segmentsOf(text);
      expect(text, one.locale).not.toMatch(/[{}]|undefined|null|NaN/);
      expect(count, `${one.locale}, ${text.length} letters: ${text}`).toBeLessThanOrEqual(one.locale === "ar" ? 3 : 2);
      if (one.locale !== "ar") expect({ encoding, costly }, text).toEqual({ encoding: "GSM-7", costly: [] });
    }
  });

  test("Arabic has 70 letters to a segment: this is what it takes", () => {
    const each = sent.map((id) => {
      const counts = renderingsOf(id, longest)
        .filter(({ locale }) => locale === "ar")
        .map(({ text }) => segmentsOf(text).count);
      return { id, count: Math.max(0, ...counts) };
    });
    const of = (count: number) => each.filter((one) => one.count === count);
    const said = of(3)
      .map(({ id }) => id)
      .join(", ");
    process.stdout.write(
      `Arabic texts: ${of(1).length} in 1 segment, ${of(2).length} in 2, ${of(3).length} in 3 (${said})\n`,
    );
    expect(each.filter(({ count }) => count > 3)).toEqual([]);
  });
});

/** Names and abbreviations that stand in capitals and are no keywords. */
const NO_KEYWORD = /^(SMS|OK|ID|AM|PM|USD|US|GSM|RSVP|SOS|ZIP)$/;
const CARRIERS = /^(STOP|START|HELP)$/;

describe("every keyword we tell people to text is one we understand", () => {
  const spoken = [...sent, ...textIds(/^notifications\./)];
  test.each(spoken)("%s", (id) => {
    for (const { locale, text } of renderingsOf(id, longest)) {
      const plain = inLetters({ id, locale, text });
      for (const [said, word] of plain.matchAll(
        /(?<![\p{L}\d/#@=_-])(\p{Lu}{3,})(?![\p{L}\d])(?:[ ]4F2K(?:[ ]\d+)?)?/gu,
      )) {
        if (NO_KEYWORD.test(word!)) continue;
        const { kind } = readCommand(said, { optedOut: false });
        if (CARRIERS.test(word!)) expect(["stop", "start", "help"], said).toContain(kind);
        else expect(["words", "stop", "start", "help"], `"${said}" in ${locale}: ${plain}`).not.toContain(kind);
      }
    }
  });
});
