import { expect, test } from "vitest";
import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Facts } from "#app/notifications/facts.ts";
import { TEMPLATES, type WordedTemplate } from "#app/notifications/template.ts";
import { wording } from "#app/notifications/wording.ts";
import { segmentsOf } from "#app/sms/segments.ts";

const PUBLIC = "https://help.example.org";
const NAMES = { en: "Tech ops", es: "Tecnología", ar: "الفريق التقني" };
const UNITS = { en: ["blankets", "blanket"], es: ["cobijas", "cobija"], ar: ["بطانيات", "بطانية"] } as const;
const ownWords = ["reply", "relay", "covered", "broadcast"];
const templates = Object.keys(TEMPLATES).filter((one) => !ownWords.includes(one)) as WordedTemplate[];
/** The requester had the receipt first, so these hardly ever carry the line about STOP as well. */
const followsReceipt = ["claimed", "on_the_way", "delivered", "released", "lapsed"];
const alwaysAlone = ["sign_in_code", "number_changed", "opted_out", "opted_in", "help"];

function facts(given: { eta?: Date | null; remaining?: number; quantity?: number; unit?: boolean } = {}): Facts {
  const translations = Object.fromEntries(
    LOCALES.map((locale) => [locale, { name: NAMES[locale], unit: UNITS[locale][0], unit_one: UNITS[locale][1] }]),
  );
  const remaining = given.remaining ?? 128;
  return {
    event: {
      id: 1,
      type: "post.claimed",
      groupId: "g",
      postId: "p",
      claimId: "c",
      actorId: null,
      data: { quantity: given.quantity ?? 12, remaining },
      at: new Date("2026-11-22T12:00:00Z"),
    },
    group: { id: "g", name: NAMES.en, translations, moderates: false },
    post: {
      id: "p",
      code: "4F2K",
      kind: "need",
      title: "Warm things for six families",
      place: "Maple Park, gate 4",
      urgency: "urgent",
      visibility: "everyone",
      status: "open",
      remaining,
      authorId: "a",
      unit: given.unit === false ? null : { unit: "blankets", unitOne: "blanket", translations },
    },
    claim: {
      personId: "b",
      eta: given.eta === undefined ? new Date("2026-11-23T23:30:00Z") : given.eta,
      offer: { code: "7KQ2", authorId: "o" },
    },
    asked: [],
    members: [],
  };
}

/** The longest a text of this kind gets: the author's private link, a long name, a time. */
function worst(
  template: WordedTemplate,
  locale: Locale,
  first: boolean,
  given: Parameters<typeof facts>[0] = {},
): string {
  const words = {
    who: "Maximiliano Rodríguez",
    link: ["new_need", "group_claimed", "offer_matched"].includes(template)
      ? `${PUBLIC}/p/4F2K`
      : `${PUBLIC}/m/${"x".repeat(22)}`,
    host: "help.example.org",
    signInCode: template === "sign_in_code" ? "123456" : null,
    timeZone: "America/New_York",
    first,
  };
  return wording(template, facts(given), words, textFor(locale), locale);
}

const cases = templates.flatMap((template) => LOCALES.map((locale) => [template, locale] as const));

test.each(cases)("%s in %s: the group first, the words filled in, at most two segments", (template, locale) => {
  for (const first of [false, true]) {
    const text = worst(template, locale, first);
    const { count, encoding, costly } = segmentsOf(text);
    expect(count, `${text.length} letters: ${text}`).toBeLessThanOrEqual(
      first && followsReceipt.includes(template) ? 3 : 2,
    );
    if (locale !== "ar") expect({ encoding, costly }, text).toEqual({ encoding: "GSM-7", costly: [] });
    expect(text).not.toMatch(/[{}]|notifications\.|undefined|null|NaN/);
    if (!alwaysAlone.includes(template)) expect(text.startsWith(`${plain(NAMES[locale])}: `)).toBe(true);
    if (template === "sign_in_code" || template === "opted_out") expect(text).not.toContain("STOP");
    else if (first) expect(text).toContain("STOP");
  }
});

test.each(templates)("%s in English is one segment", (template) => {
  const first = ["receipt_need", "receipt_offer", "new_need", "group_claimed"].includes(template);
  for (const given of [{}, { eta: null, remaining: 0, quantity: 1 }, { unit: false }]) {
    const text = worst(template, "en", first, given);
    expect(segmentsOf(text).count, `${text.length} letters: ${text}`).toBe(1);
  }
});

test.each(LOCALES)("a need that an offer of theirs fits names it, in %s, in no more segments", (locale) => {
  const words = { who: null, link: "", host: "", signInCode: null, timeZone: "UTC", first: false, offer: "7KQ2" };
  const given = facts();
  given.event = { ...given.event, type: "need.wave", data: { wave: 1 } } as never;
  given.claim = null;
  const text = wording("new_need", given, words, textFor(locale), locale);
  expect(text).toMatch(/7KQ2.*4F2K/);
  expect(segmentsOf(text).count, text).toBe(locale === "ar" ? 2 : 1);
  const plainly = wording("new_need", given, { ...words, offer: null }, textFor(locale), locale);
  expect(plainly).not.toContain("7KQ2");
});

test("one and many, covered and not, with and without a time", () => {
  expect(worst("claimed", "en", false, { quantity: 1, remaining: 0, eta: null })).toContain(
    "will bring 1 blanket for your need 4F2K. All of it is covered.",
  );
  expect(worst("claimed", "en", false, { remaining: 1 })).toContain(
    "12 blankets for your need 4F2K, by Mon 6:30 PM. 1 more is needed.",
  );
  expect(worst("claimed", "es", false, { remaining: 1, eta: null })).toContain("Falta 1 mas.");
  expect(worst("claimed", "ar", false, { remaining: 0 })).toContain("اكتمل");
});

test.each(["fulfilled", "withdrawn", "met_for_now", "declined", "expired"] as const)(
  "closed because %s: says so to whoever promised, and fits into one English text, the first one too",
  (closed) => {
    const said = LOCALES.flatMap((locale) =>
      (["need", "offer"] as const).map((kind) => {
        const given = facts();
        given.event = { ...given.event, type: "claim.released", data: { quantity: 3, remaining: 3, closed } } as never;
        given.post!.kind = kind;
        const words = { who: null, link: PUBLIC, host: "", signInCode: null, timeZone: "UTC", first: true };
        const text = wording("closed", given, words, textFor(locale), locale);
        expect(text).toContain("4F2K");
        expect(segmentsOf(text).count, text).toBeLessThanOrEqual(locale === "en" ? 1 : 2);
        return text;
      }),
    );
    expect(new Set(said).size).toBe(6);
    if (closed === "withdrawn") {
      expect(said[0]).toBe(
        "Tech ops: need 4F2K is closed: they no longer need it. Thank you! No need to bring anything. Reply STOP to stop texts.",
      );
    }
  },
);

test("a name may not break the text: line breaks go, length is cut", () => {
  const words = {
    who: "Eve\n\nhttps://evil.example/steal-this",
    link: `${PUBLIC}/p/4F2K`,
    host: "help.example.org",
    signInCode: null,
    timeZone: "UTC",
    first: false,
  };
  const text = wording("on_the_way", facts(), words, textFor("en"), "en");
  expect(text).not.toContain("\n");
  expect(text).not.toContain("evil.example");
});

test("a sign-in code ends in the line that browsers fill in from (WebOTP)", () => {
  for (const locale of LOCALES) {
    expect(worst("sign_in_code", locale, true).split("\n").at(-1)).toBe("@help.example.org #123456");
  }
});

const plain = (text: string) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
