import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldWords } from "#app/sms/fold.ts";
import { readCommand, type Command } from "#app/sms/grammar.ts";
import { KEYWORDS } from "#app/sms/words.ts";
import { runs } from "../setup/seeded.ts";
import { anyCode, anySaid, coded, CODED, noisy, textOf, withTypo, type Said } from "./command-texts.ts";

const read = (text: string, optedOut = false) => readCommand(text, { optedOut });
/** Kinds that leave everything as it is, or only begin a conversation that ends in a summary and SEND. */
const HARMLESS = new Set(["words", "more", "list", "menu", "status", "help", "need", "give"]);
const RESERVED = "STOP END QUIT CANCEL UNSUBSCRIBE REVOKE OPTOUT START YES UNSTOP HELP INFO".split(" ");

function expectSame(command: Command, said: Said, text: string) {
  expect(command.kind, JSON.stringify(text)).toBe(said.kind);
  if ("code" in command) expect(command.code).toBe(said.code);
  if ("quantity" in command) expect(command.quantity).toBe(said.quantity);
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...KEYWORDS.keys(),
          ...RESERVED,
          "@",
          "#",
          "1",
          "20",
          "1,000",
          "2.5",
          "no",
          "\0",
          "\ud83d",
          "half",
          "pm",
        ),
        anyCode,
        fc.string({ unit: "grapheme", maxLength: 6 }),
      ),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.join(" ")),
);

describe("any text whatsoever", () => {
  test("is read without a throw, into a well-formed command, always the same", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, optedOut) => {
        const command = read(text, optedOut);
        expect(read(text, optedOut)).toEqual(command);
        if ("code" in command && command.code !== null) expect(command.code).toMatch(/^[0-9A-Z]{4,8}$/);
        if ("quantity" in command && command.quantity !== null) {
          expect(Number.isInteger(command.quantity) && command.quantity >= 1 && command.quantity <= 100_000).toBe(true);
        }
        if (command.kind === "pause" && command.days !== null) expect(command.days).toBeGreaterThanOrEqual(0);
        if (command.kind === "words") expect(command.words).toBe(text.trim());
      }),
      runs(1500),
    );
  });

  test("is read in time that does not depend on what is in it", () => {
    const started = performance.now();
    for (const piece of [
      "stop ",
      "no me ",
      "4F2K ",
      "a",
      "'",
      "dont want to get ",
      "@",
      "1,",
      "\u200f",
      "of the ",
      "كفى ",
    ]) {
      read(piece.repeat(Math.ceil(1600 / piece.length)));
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("commands", () => {
  test("case, accents, spaces, punctuation, emoji, full-width letters and digits of other scripts change nothing", () => {
    fc.assert(
      fc.property(
        anySaid.chain((said) => noisy(textOf(said)).map((text) => ({ said, text }))),
        ({ said, text }) => {
          const command = read(text);
          expectSame(command, said, text);
          expect(command.corrected).toBe(false);
          if (command.kind === "need" || command.kind === "give" || command.kind === "list") {
            expect(foldWords(command.words ?? "")).toBe(foldWords(said.rest));
          }
        },
      ),
      runs(2000),
    );
  });

  test("the code is found however it is written", () => {
    const written = fc.constantFrom<(keyword: string, code: string) => string>(
      (keyword, code) => `${keyword} #${code}`,
      (keyword, code) => `${keyword} the code ${code.toLowerCase()}`,
      (keyword, code) => `${keyword}: "${code}"`,
      (keyword, code) => `${keyword} para ${code}, gracias`,
      (keyword, code) => `please ${keyword} ${code}`,
      (keyword, code) => (mixed(code) ? `${keyword} ${code.slice(0, 2)} ${code.slice(2)}` : `${keyword} ${code}`),
      (keyword, code) => (mixed(code) ? `${keyword} ${[...code].join("-")}` : `${keyword} ${code}`),
      (keyword, code) => (mixed(code) ? `${code} ${keyword}` : `${keyword} ${code}`),
      (keyword, code) => (mixed(code) && !keyword.includes(" ") ? keyword + code : `${keyword} ${code}`),
    );
    fc.assert(
      fc.property(coded, written, ({ kind, keyword, code }, write) => {
        const text = write(keyword, code!);
        expect(read(text), text).toMatchObject({ kind, code });
      }),
      runs(1000),
    );
  });

  test("a slip in the keyword gives the same command, or words, never another that changes something", () => {
    let mended = 0;
    fc.assert(
      fc.property(
        anySaid
          .filter(({ kind }) => kind !== "relay" && kind !== "answer")
          .chain((said) => withTypo(said.keyword).map((keyword) => ({ said, keyword }))),
        ({ said, keyword }) => {
          const typed = foldWords(keyword);
          fc.pre(typed !== "" && !isAnother(typed, said.kind));
          const command = read(`${keyword} ${said.rest}`);
          if (command.corrected) mended += 1;
          if (command.kind === said.kind) return expectSame(command, said, keyword);
          expect(HARMLESS, `${keyword} ${said.rest} was read as ${JSON.stringify(command)}`).toContain(command.kind);
        },
      ),
      runs(4000),
    );
    expect(mended).toBeGreaterThan(200);
  });

  test("a typo anywhere never makes another kind of command that changes something", () => {
    fc.assert(
      fc.property(
        coded.chain((said) => withTypo(textOf(said)).map((text) => ({ said, text }))),
        ({ said, text }) => {
          fc.pre(!isAnother(foldWords(text).split(" ")[0]!, said.kind));
          const { kind } = read(text);
          if (kind !== said.kind) expect(HARMLESS, `${textOf(said)} → ${text}`).toContain(kind);
        },
      ),
      runs(4000),
    );
  });

  test("two codes, a fraction or a condition are never acted on", () => {
    const doubt = fc.constantFrom("and 7KQ2", "2.5", "1/2", "if nobody else can", "20 30", "0", "no", "half");
    fc.assert(
      fc.property(fc.constantFrom(...CODED.claim!, ...CODED.done!), anyCode, doubt, (keyword, code, more) => {
        fc.pre(code !== "7KQ2");
        expect(read(`${keyword} ${code} ${more}`)).toMatchObject({ kind: "words" });
      }),
    );
  });
});

/** The slip happens to be another keyword or a number: VOY and DOY, LISTO and LISTA, SEND and END, DOY and DOS. */
const isAnother = (typed: string, kind: string) =>
  RESERVED.includes(typed.toUpperCase()) ||
  /^(one|two|three|uno|dos|tres|[123])$/.test(typed) ||
  [typed, typed.split(" ")[0]!].some((word) => KEYWORDS.has(word) && KEYWORDS.get(word)!.kind !== kind);

const STOPS = [
  "stop",
  "stopall",
  "unsubscribe",
  "cancel",
  "end",
  "quit",
  "revoke",
  "optout",
  "opt out",
  "stop please",
  "please stop",

  "stop texting me",
  "no more texts",
  "leave me alone",
  "parar",
  "alto",
  "basta",
  "dame de baja",
  "ya no me escriban",
  "no quiero mensajes",
  "borrame",
  "remove me",
  "take me off this list",
  "unsubscribe me",
  "stop all",
];

describe("STOP", () => {
  test("is heard in any dress", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STOPS).chain((stop) => noisy(stop)),
        fc.boolean(),
        (text, optedOut) => {
          expect(read(text, optedOut).kind, JSON.stringify(text)).toBe("stop");
        },
      ),
      runs(1000),
    );
  });

  test("goes before every other command in the same text", () => {
    const sentences = [
      "stop texting me",
      "please stop texting me",
      "no more texts",
      "leave me alone",
      "ya no me escriban",
      "dame de baja",
    ];
    fc.assert(
      fc.property(
        fc.constantFrom("@4F2K", "NEED", "LIST", "1", "hello", "MENU", "hola"),
        fc.constantFrom(...sentences),
        (first, stop) => {
          expect(read(`${first} ${stop}`).kind).toBe("stop");
        },
      ),
    );
    fc.assert(
      fc.property(anySaid, (said) => {
        expect(read(`STOP. ${textOf(said)}`).kind).toBe("stop");
      }),
    );
  });
});

test("a carrier's word is never a command of ours, alone or first in a text", () => {
  const after = fc.oneof(
    fc.constant(""),
    anyText,
    coded.map(textOf),
    coded.map(({ rest }) => rest),
  );
  fc.assert(
    fc.property(fc.constantFrom(...RESERVED), after, fc.boolean(), (word, more, optedOut) => {
      fc.pre(!/^[\p{M}\p{Cf}'’‘`´]/u.test(more));
      expect(["stop", "start", "help", "words"]).toContain(read(`${word} ${more}`, optedOut).kind);
    }),
    runs(1500),
  );
});

const mixed = (code: string) => /\d/.test(code) && /[A-Z]/.test(code);
