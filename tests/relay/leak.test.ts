import fc from "fast-check";
import { expect, it } from "vitest";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import { says } from "#app/people/hiding/hide.ts";
import type { Facts } from "#app/notifications/facts.ts";
import { TEMPLATES, type WordedTemplate } from "#app/notifications/template.ts";
import { wording } from "#app/notifications/wording.ts";
import { reportRelay } from "#app/relay/report-relay.server.ts";
import { shareNumber } from "#app/relay/share-number.server.ts";
import { stopRelays } from "#app/relay/stop-relays.server.ts";
import { readThreads } from "#app/relay/read-threads.server.ts";
import { aPerson, type MadePerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aTalk, bodiesOf, say, ticking } from "./rows.ts";

const ctx = ticking(testCtx());
const OWN_WORDS = ["reply", "relay", "covered", "broadcast"];
const templates = Object.keys(TEMPLATES).filter((one) => !OWN_WORDS.includes(one)) as WordedTemplate[];

const digitsIn = (first: number) => (digits: string) =>
  [...digits].map((digit) => String.fromCodePoint(first + Number(digit))).join("");
const WORDS = "zero one two three four five six seven eight nine".split(" ");
/** A person's number as they might slip it into words or a name. */
const SPELLINGS: ((phone: string) => string)[] = [
  (p) => p,
  (p) => p.slice(2),
  (p) => `(${p.slice(2, 5)}) ${p.slice(5, 8)}-${p.slice(8)}`,
  (p) => p.slice(2).split("").join(" "),
  (p) => p.slice(2).split("").join("."),
  (p) => digitsIn(0x660)(p.slice(2)),
  (p) => digitsIn(0xff10)(p.slice(2)),
  (p) =>
    p
      .slice(2)
      .split("")
      .map((digit) => `${digit}\ufe0f\u20e3`)
      .join(""),
  (p) =>
    p
      .slice(2)
      .split("")
      .map((digit) => WORDS[Number(digit)])
      .join(" "),
  (p) => `${p.slice(2, 6)} then it goes ${p.slice(6, 9)} and the end is ${p.slice(9)}`,
  (p) =>
    p
      .slice(2)
      .split("")
      .map((digit) => `${digit} apples`)
      .join(" "),
];
const EMAIL = "ana.lopez@example.org";
const LINK = "https://me.example.net/ana";
const OTHERS = [
  EMAIL,
  "ana.lopez at example dot org",
  "ANA.LOPEZ (at) example.org",
  LINK,
  "me.example.net/ana",
  "me dot example dot net",
];
const phrase = fc.constantFrom("I am here", "call me:", "my number is", "Estoy afuera,", "رقمي", "");
const planted = (phone: string) =>
  fc
    .tuple(phrase, fc.constantFrom(...SPELLINGS.map((spell) => spell(phone)), ...OTHERS), phrase)
    .map((parts) => parts.join(" "));

function clean(body: string, phones: string[]): void {
  for (const phone of phones) expect(says(body, phone), body).toBe(false);
  expect(says(body, EMAIL), body).toBe(false);
  expect(body.toLowerCase()).not.toMatch(/example[^a-z]*(dot)?[^a-z]*(org|net)/);
}

it("no text made from a template shows a number, an address or a link that stood in a name, a title or a place", () => {
  const phone = "+15558675309";
  fc.assert(
    fc.property(
      fc.constantFrom(...templates.filter((one) => one !== "sign_in_code")),
      fc.constantFrom(...LOCALES),
      planted(phone),
      planted(phone),
      planted(phone),
      (template, locale, who, title, place) => {
        const link = "http://localhost:3000/p/4F2K";
        const words = { who, link, host: "localhost", signInCode: null, timeZone: "UTC", first: false };
        clean(wording(template, facts(title, place), words, textFor(locale), locale), [phone]);
      },
    ),
    { numRuns: 1_000 },
  );
});

it("nothing that goes to the other side does, before both shared: words, names, asking, ending, pages", async () => {
  const check = async (from: "author" | "claimer", locale: Locale, name: string, words: string[], planned: Planned) => {
    const [author, claimer] = [await aPerson(ctx, planned.author), await aPerson(ctx, planned.claimer)];
    const [writer, reader]: MadePerson[] = from === "author" ? [author!, claimer!] : [claimer!, author!];
    await ctx.db.sql`update people set locale = ${locale} where id = ${reader!.id}::uuid`;
    await ctx.db.sql`
      update people set email_sealed = ${seal("email_sealed", writer!.id, EMAIL)}, name_sealed = ${seal("name_sealed", writer!.id, name)}
      where id = ${writer!.id}::uuid`;
    const { claimId } = await aTalk(ctx, { author: author!, claimer: claimer!, title: `Soup, ${name}` });
    for (const said of words) await say(ctx, writer!.id, said);
    await shareNumber(ctx, { personId: writer!.id, code: null });
    const [thread] = await readThreads(ctx, { personId: reader!.id, claimId }, locale);
    expect(thread!.said).toHaveLength(words.length);
    for (const { words: shown } of thread!.said) clean(shown, [writer!.phone]);
    clean(thread!.other ?? "", [writer!.phone]);
    await (words.length % 2 ? stopRelays(ctx, writer!.id) : reportRelay(ctx, { personId: writer!.id, code: null }));
    const bodies = await bodiesOf(ctx, reader!.id);
    expect(bodies.length).toBe(words.length + 2);
    for (const body of bodies) clean(body.replace(/http:\/\/localhost:3000\S*/g, ""), [writer!.phone]);
  };
  const phone = () => `+1555${String(Math.floor(Math.random() * 10_000_000)).padStart(7, "0")}`;
  const numbers = fc.noShrink(fc.constant(null).map(() => [phone(), phone()] as const));
  const given = numbers.chain(([a, b]) =>
    fc.tuple(
      fc.constant({ author: { phone: a }, claimer: { phone: b } }),
      planted(a),
      planted(b),
      fc.array(planted(a), { minLength: 1, maxLength: 3 }),
      fc.array(planted(b), { minLength: 1, maxLength: 3 }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("author" as const, "claimer" as const),
      fc.constantFrom(...LOCALES),
      given,
      (from, locale, [planned, nameA, nameB, wordsA, wordsB]) =>
        check(from, locale, from === "author" ? nameA : nameB, from === "author" ? wordsA : wordsB, planned),
    ),
    { numRuns: 60, endOnFailure: true },
  );
});

type Planned = { author: { phone: string }; claimer: { phone: string } };

const seal = (column: string, row: string, plain: string) => ctx.seal.seal(plain, { table: "people", column, row });

function facts(title: string, place: string): Facts {
  return {
    event: {
      id: 1,
      type: "post.claimed",
      groupId: "g",
      postId: "p",
      claimId: "c",
      actorId: null,
      data: { quantity: 3, remaining: 2 },
      at: new Date("2026-11-22T12:00:00Z"),
    },
    group: { id: "g", name: "Kitchen", translations: {}, moderates: false },
    post: {
      id: "p",
      code: "4F2K",
      kind: "need",
      title,
      place,
      urgency: "normal",
      visibility: "everyone",
      status: "open",
      remaining: 2,
      authorId: "a",
      unit: null,
    },
    claim: { personId: "b", eta: null, offer: { code: "7KQ2", authorId: "o" } },
    asked: [],
    members: [],
  };
}
