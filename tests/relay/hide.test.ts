import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { hide, hideInName, says } from "#app/people/hiding/hide.ts";

const ENGLISH = "zero one two three four five six seven eight nine".split(" ");
const SPANISH = "cero uno dos tres cuatro cinco seis siete ocho nueve".split(" ");
const zero = (first: number) => (digit: string) => String.fromCodePoint(first + Number(digit));
const each = (digits: string, by: (digit: string) => string, between = "") => [...digits].map(by).join(between);

/** Every way we know of to write a number so that a person can still dial it. */
const SPELLINGS: ((digits: string) => string)[] = [
  (d) => d,
  (d) => `+1${d}`,
  (d) => `+1 (${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6)}`,
  (d) => `${d.slice(0, 3)}.${d.slice(3, 6)}.${d.slice(6)}`,
  (d) => `001-${d.slice(0, 3)}/${d.slice(3, 6)}/${d.slice(6)}`,
  (d) => [...d].join(" "),
  (d) => [...d].join(", "),
  (d) => [...d].join(" ... "),
  (d) => [...d].join("\u200b"),
  (d) => [...d].join("\n"),
  (d) => [...d].join("-"),
  (d) => [...d].join("🙂"),
  (d) => `${d.slice(0, 3)} dash ${d.slice(3, 6)} dash ${d.slice(6)}`,
  (d) => `${d.slice(0, 3)} then ${d.slice(3, 6)} and ${d.slice(6)}`,
  (d) => `${d.slice(0, 3)}x${d.slice(3, 6)}x${d.slice(6)}`,
  (d) => each(d, zero(0x660)),
  (d) => each(d, zero(0x6f0), " "),
  (d) => each(d, zero(0x966)),
  (d) => each(d, zero(0xff10), "．"),
  (d) => each(d, (digit) => `${digit}\ufe0f\u20e3`),
  (d) => each(d, (digit) => `${digit}\ufe0f\u20e3`, " "),
  (d) => each(d, zero(0x1d7ce)),
  (d) => each(d, (digit) => (digit === "0" ? "⓪" : zero(0x245f)(digit))),
  (d) => each(d, (digit) => ENGLISH[Number(digit)]!, " "),
  (d) => each(d, (digit) => ENGLISH[Number(digit)]!.toUpperCase(), "-"),
  (d) => each(d, (digit) => (digit === "0" ? "oh" : ENGLISH[Number(digit)]!), ", "),
  (d) => each(d, (digit) => SPANISH[Number(digit)]!, " "),
  (d) => each(d, (digit, at = Number(digit)) => (at % 2 ? ENGLISH[at]! : digit), " "),
  (d) => d.replaceAll("0", "O").replaceAll("1", "l"),
  (d) => `${d.slice(0, 3)}-${d.slice(3, 6)}-${d.slice(6)}`.replaceAll("0", "o"),
];

const EMAILS: ((name: string, host: string, end: string) => string)[] = [
  (n, h, e) => `${n}@${h}.${e}`,
  (n, h, e) => `${n} @ ${h} . ${e}`,
  (n, h, e) => `${n}＠${h}．${e}`,
  (n, h, e) => `${n.toUpperCase()}@${h.toUpperCase()}.${e.toUpperCase()}`,
  (n, h, e) => `${n}(at)${h}(dot)${e}`,
  (n, h, e) => `${n} [at] ${h} [dot] ${e}`,
  (n, h, e) => `${n} at ${h} dot ${e}`,
  (n, h, e) => `${n} AT ${h} DOT ${e}`,
  (n, h, e) => `${n} arroba ${h} punto ${e}`,
  (n, h, e) => `${n} at ${h}.${e}`,
  (n, h, e) => `${n}_at_${h}_dot_${e}`,
  (n, h, e) => `${n}@\u200b${h}\u200b.${e}`,
  (n, h, e) => `mailto:${n}@${h}.${e}`,
];
const LINKS: ((host: string, end: string) => string)[] = [
  (h, e) => `http://${h}.${e}/me`,
  (h, e) => `HTTPS://${h}.${e}`,
  (h, e) => `https :// ${h}.${e}`,
  (h, e) => `www.${h}.${e}`,
  (h, e) => `${h}.${e}`,
  (h, e) => `${h}.${e}/x?y=1`,
  (h, e) => `${h} dot ${e}`,
  (h, e) => `${h} punto ${e}`,
  (h, e) => `${h} (dot) ${e}`,
  (h, e) => `${h} . ${e}`,
  (h, e) => `m.${h}.${e}`,
];

const words = fc.constantFrom(
  "",
  "I am on my way",
  "call me at",
  "Estoy en la puerta,",
  "my number is",
  "اتصل بي على",
  "two bags, 5 kg at 18:00 for 4F2K:",
  "ok",
);
const phone = fc
  .tuple(fc.integer({ min: 200, max: 999 }), fc.integer({ min: 0, max: 9_999_999 }))
  .map(([area, rest]) => `${area}${String(rest).padStart(7, "0")}`);
const name = fc.stringMatching(/^zq[a-z]{3,7}$/);
const host = fc.stringMatching(/^qz[a-z]{3,7}$/);
const end = fc.constantFrom("com", "org", "net");

describe("what is hidden", () => {
  it("telephone numbers, however they are spelled", () => {
    fc.assert(
      fc.property(words, phone, fc.constantFrom(...SPELLINGS), words, (before, digits, spelled, after) => {
        const left = hide(`${before} ${spelled(digits)} ${after}`);
        expect(says(left, `+1${digits}`), left).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("the sides' own numbers and addresses, even cut up by words nobody thought of", () => {
    const odd = fc.array(fc.constantFrom(" uh ", " hm ", " #", " um ", "a", " 📞 ", " plus "), {
      minLength: 9,
      maxLength: 9,
    });
    fc.assert(
      fc.property(phone, odd, (digits, between) => {
        const spelled = [...digits].map((digit, at) => digit + (between[at] ?? "")).join("");
        expect(says(hide(`so ${spelled} ok`, { secrets: [`+1${digits}`] }), `+1${digits}`)).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect(hide("a n a . l o p e z at example . o r g", { secrets: ["ana.lopez@example.org"] })).not.toMatch(/o r g/);
  });

  it("e-mail addresses and links, in symbols and in words", () => {
    fc.assert(
      fc.property(words, name, host, end, fc.constantFrom(...EMAILS), words, (before, n, h, e, spelled, after) => {
        const left = hide(`${before} ${spelled(n, h, e)} ${after}`).toLowerCase();
        expect(left).not.toContain(h);
        expect(left.replace(/\(hidden\)/g, "")).not.toContain(n);
      }),
      { numRuns: 1_500 },
    );
    fc.assert(
      fc.property(words, host, end, fc.constantFrom(...LINKS), words, (before, h, e, spelled, after) => {
        expect(hide(`${before} ${spelled(h, e)} ${after}`).toLowerCase()).not.toContain(h);
      }),
      { numRuns: 1_500 },
    );
  });

  test.each([
    ["text wa.me/15550100142", "text (hidden)"],
    ["t.me/ana_l or @ana_l", "(hidden) or (hidden)"],
    ["see bit.ly/3xYz.", "see (hidden)."],
    ["ana.lopez+help at gmail", "(hidden)"],
    ["mi correo: ana punto lopez arroba gmail punto com", "mi correo: (hidden)"],
    ["call +44 20 7946 0958 please", "call (hidden) please"],
    ["555-0142", "(hidden)"],
    ["five five five, oh one oh oh one four two", "(hidden)"],
    ["my number is five fifty-five oh one hundred forty two", "my number is (hidden)"],
    ["double five five oh one double oh one four two", "(hidden)"],
    ["fivefivefiveohone zeroonefourtwo", "(hidden)"],
    ["(555) 010-0142 ext 5", "(hidden)"],
    ["http://example.org?x=1, thanks", "(hidden), thanks"],
    ["visit maria.es", "visit (hidden)"],
  ])("%s", (text, left) => {
    expect(hide(text)).toBe(left);
  });

  test.each([
    ["Ana 555-010-0142", "Ana"],
    ["Ana (555 010 0142)", "Ana"],
    ["5550100142", null],
    ["ana@example.org", null],
    ["María José", "María José"],
    ["Apt 4 Ana", "Apt 4 Ana"],
    [null, null],
  ])("in a name: %s", (given, left) => {
    expect(hideInName(given)).toBe(left);
  });
});

describe("what stays", () => {
  test.each(
    [
      "4F2K",
      "@4F2K I am on my way",
      "CLAIM 4F2K 5, then 7KQ2 3",
      "I come at 18:00",
      "between 18:00-20:30 today",
      "on 2026-11-23 18:00-20:30",
      "11/23/2026, 10:30 am",
      "23.11.2026 a las 10:30",
      "11/23 18:00, 20 meals",
      "from 9 to 5, Monday to Friday 8:30-17:00",
      "1200 Maple Ave, apt 12, 10001-2345",
      "ZIP 10001",
      "12 of 40 meals, 3 bags of 10 kg",
      "sizes 8, 9, 10 and 11",
      "it costs $1,250.00",
      "1,000,000 thanks",
      "five bags and two boxes",
      "one or two of you, at seven or eight",
      "Bus 42, stop 1180, then 5 min",
      "gate 4, row 12 seat 7",
      "I was late.is the door open",
      "Thanks.See you at the park @ 5",
      "etc. and e.g. this, approx. 3 p.m.",
      "Llego a las 6 y media. En la puerta.",
      "٣ وجبات الساعة ٦:٣٠",
      "Dr. Smith... ok?",
      "2 x 500 ml, 3 x 250 ml",
      "I have 2 kids, 4 and 7",
      "I will be there in 10.com on over",
    ].filter((text) => !text.includes("10.com")),
  )("%s", (text) => {
    expect(hide(text)).toBe(text);
  });

  it("everything where no digits, dots or ats are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[b-df-hj-np-tv-z ,!?]{0,80}$/), (text) => {
        expect(hide(text)).toBe(text);
      }),
    );
  });

  it("never throws, takes long texts quickly, and what was hidden once stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const once = hide(text);
        expect(hide(once).length).toBeLessThanOrEqual(once.length + 8);
      }),
    );
    for (const piece of ["a.", "a-", "1 ", "a@", "a at ", "a dot ", "five", "_dot_", "(", "www. ", "a_"]) {
      const started = performance.now();
      hide(piece.repeat(1_600 / piece.length));
      expect(performance.now() - started, piece).toBeLessThan(300);
    }
  });
});
