import fc from "fast-check";
import { CODE_LETTERS, readsAsWord } from "#app/core/codes.ts";

/** What makes a text harder to read and must change nothing, and texts of every command. */
export type Said = { keyword: string; rest: string; kind: string; code: string | null; quantity: number | null };

export const anyCode = fc
  .string({ unit: fc.constantFrom(...CODE_LETTERS), minLength: 4, maxLength: 4 })
  .filter((code) => !readsAsWord(code));

export const CODED: Record<string, string[]> = {
  claim: ["CLAIM", "TOMO", "TOMAR", "I CLAIM"],
  more: ["MORE", "MAS"],
  way: ["WAY", "VOY", "EN CAMINO", "ON MY WAY"],
  done: ["DONE", "LISTO", "HECHO"],
  drop: ["DROP", "SOLTAR"],
  close: ["CLOSE", "CERRAR"],
  got: ["GOT", "RECIBI", "LLEGO"],
  next: ["NEXT", "SIGUIENTE"],
  share: ["SHARE", "COMPARTIR"],
  block: ["BLOCK", "BLOQUEAR"],
  report: ["REPORT", "REPORTAR", "DENUNCIAR"],
};
export const ALONE: Record<string, string[]> = {
  status: ["STATUS", "ESTADO"],
  menu: ["MENU", "AYUDA"],
  send: ["SEND", "ENVIAR"],
  back: ["BACK", "ATRAS"],
  lang: ["ENGLISH", "ESPANOL", "ARABIC", "LANG ES", "IDIOMA INGLES"],
  pause: ["PAUSE", "PAUSA", "PAUSE 3 DAYS", "PAUSA 2 SEMANAS"],
};
const WORDED: Record<string, string[]> = {
  need: ["NEED", "NECESITO"],
  give: ["GIVE", "OFREZCO", "DOY"],
  list: ["LIST", "LISTA"],
};
const THINGS = [
  "",
  "food",
  "diapers size 4",
  "ropa de cama",
  "a ride to the clinic",
  "agua",
  "winter coats",
  "10 cobijas",
];

const entries = (kinds: Record<string, string[]>) =>
  Object.entries(kinds).flatMap(([kind, keywords]) => keywords.map((keyword) => ({ kind, keyword })));

export const coded: fc.Arbitrary<Said> = fc
  .record({
    one: fc.constantFrom(...entries(CODED)),
    code: anyCode,
    amount: fc.option(fc.integer({ min: 1, max: 999 }), { nil: null }),
  })
  .map(({ one, code, amount }) => {
    const quantity = one.kind === "claim" || one.kind === "done" ? amount : null;
    return { ...one, code, quantity, rest: quantity === null ? code : `${code} ${quantity}` };
  });

const plain = { code: null, quantity: null };
export const alone: fc.Arbitrary<Said> = fc.constantFrom(...entries(ALONE)).map(({ kind, keyword }) => ({
  ...plain,
  kind,
  keyword: keyword.split(" ")[0]!,
  rest: keyword.split(" ").slice(1).join(" "),
}));
export const worded: fc.Arbitrary<Said> = fc
  .record({ one: fc.constantFrom(...entries(WORDED)), rest: fc.constantFrom(...THINGS) })
  .map(({ one, rest }) => ({ ...plain, ...one, rest }));
export const relayed: fc.Arbitrary<Said> = anyCode.map((code) => ({
  ...plain,
  kind: "relay",
  keyword: `@${code}`,
  rest: "estoy aqui",
  code,
}));
export const answered: fc.Arbitrary<Said> = fc
  .constantFrom("1", "2", "3", "UNO", "TWO", "TRES")
  .map((keyword) => ({ ...plain, kind: "answer", keyword, rest: "" }));

export const anySaid = fc.oneof(coded, coded, alone, worded, relayed, answered);
export const textOf = ({ keyword, rest }: Said) => `${keyword} ${rest}`.trim();

const TAILS = [
  "",
  ".",
  "!",
  "!!",
  "...",
  "…",
  ",",
  ";",
  ":",
  "🙏",
  " 👍🏽",
  " 🙂",
  "\n",
  "  ",
  "\u200f",
  ")",
  '"',
  "*",
  " -",
];
const HEADS = ["", " ", "\n", "¡", "“", '"', "* ", "👋 ", "\u200e", "- ", "(", "\ufeff"];
const SPACES = [" ", "  ", "\u00a0", "\t", " \n", ", ", " - ", ": "];
const ACCENTS: Record<string, string> = { A: "ÁÀÂÄÃ", E: "ÉÈÊË", I: "ÍÌÎ", O: "ÓÒÔÖ", U: "ÚÙÛÜ", N: "Ñ", C: "Ç" };
const KEYCAP = "\ufe0f\u20e3";

/** The same text with another case, accents, spaces, punctuation, emoji, full-width letters and other scripts' digits. */
export const noisy = (text: string): fc.Arbitrary<string> =>
  fc
    .record({
      head: fc.constantFrom(...HEADS),
      tail: fc.constantFrom(...TAILS),
      looks: fc.array(fc.nat(99), { minLength: text.length, maxLength: text.length }),
      space: fc.constantFrom(...SPACES),
    })
    .map(({ head, tail, looks, space }) => {
      const body = [...text].map((letter, i) => (letter === " " ? space : dressed(letter, looks[i]!)));
      return head + body.join("") + tail;
    });

function dressed(letter: string, look: number): string {
  if (/\d/.test(letter)) {
    if (look < 10) return String.fromCodePoint(0x660 + Number(letter));
    if (look < 15) return String.fromCodePoint(0xff10 + Number(letter));
    return look < 20 ? letter + KEYCAP : letter;
  }
  if (!/[a-z]/i.test(letter)) return letter;
  const upper = letter.toUpperCase();
  if (look < 10 && ACCENTS[upper]) return ACCENTS[upper][look % ACCENTS[upper].length]!;
  if (look < 15) return String.fromCodePoint(letter.codePointAt(0)! + 0xfee0);
  if (look < 20) return `${letter}\u0301`;
  return look % 2 === 0 ? upper : letter.toLowerCase();
}

/** A text with one letter added, dropped, changed or swapped with its neighbour. */
export const withTypo = (text: string): fc.Arbitrary<string> =>
  fc
    .record({
      at: fc.nat(Math.max(0, text.length - 1)),
      how: fc.constantFrom("add", "drop", "change", "swap"),
      letter: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789 "),
    })
    .map(({ at, how, letter }) => {
      const [before, here, after] = [text.slice(0, at), text[at] ?? "", text.slice(at + 1)];
      if (how === "add") return before + letter + here + after;
      if (how === "drop") return before + after;
      if (how === "change") return before + letter + after;
      return before + (after[0] ?? "") + here + after.slice(1);
    });
