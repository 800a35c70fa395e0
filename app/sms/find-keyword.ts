import type { Locale } from "#app/i18n/locales.ts";
import { codeAt, hasCode, isSureCode } from "./code-words.ts";
import { numberIn } from "./amounts.ts";
import type { Token } from "./fold.ts";
import { isSlip, typosBetween } from "./typos.ts";
import { KEYWORDS, LANGUAGES, REAL_WORDS, type CommandKind } from "./words.ts";

/** A keyword in a text. `code` and `quantity` where they came before it or stuck to it. */
export type Found = {
  kind: CommandKind;
  language: Locale | null;
  corrected: boolean;
  /** It is the first word. */
  first: boolean;
  /** The word after it. */
  next: number;
  code: string | null;
  quantity: number | null;
  /** RESUME: the end of a pause. */
  resume?: boolean;
};

const LEAD_IN = /^(please|pls|ok|okay|hi|hello|hey|hola|yo|i|we|por|favor|buenas|buenos|dias|tardes|noches|and|the)$/;
const RESUME = /^(resume|unpause|reanudar|reanuda)$/;
const LONGEST = 3;

/** The readings of a text as a command, likeliest first: keyword first, after a greeting, after the code, mended. */
export function* findKeyword(tokens: Token[]): Generator<Found> {
  if (tokens.length === 0) return;
  const plain = { corrected: false, first: true, code: null, quantity: null };
  if (RESUME.test(tokens[0]!.word)) yield { ...plain, kind: "pause", language: null, next: 1, resume: true };
  yield* exactAt(tokens, 0, plain);
  const stuck = stuckTogether(tokens[0]!.word);
  if (stuck) yield { ...plain, ...stuck, next: 1 };
  let at = 0;
  while (at < 4 && LEAD_IN.test(tokens[at]?.word ?? "")) at += 1;
  if (at > 0) yield* exactAt(tokens, at, { ...plain, first: false });
  yield* afterCode(tokens);
  yield* mended(tokens);
}

type Start = Pick<Found, "corrected" | "first" | "code" | "quantity">;

function* exactAt(tokens: Token[], at: number, start: Start): Generator<Found> {
  for (let length = LONGEST; length > 0; length -= 1) {
    const said = tokens.slice(at, at + length);
    if (said.length < length) continue;
    const keyword = KEYWORDS.get(saidIn(said));
    if (keyword) yield { ...keyword, ...start, next: at + length };
  }
}

/** `claim4f2k`. */
export function stuckTogether(word: string): Pick<Found, "kind" | "language" | "code"> | null {
  const code = word.slice(-4);
  const keyword = KEYWORDS.get(word.slice(0, -4));
  return keyword && isSureCode(code) ? { ...keyword, code: code.toUpperCase() } : null;
}

/** `4F2K claim`, `4F2K 20 claim`, `4F2K claim 20`; nothing else may follow. */
function* afterCode(tokens: Token[]): Generator<Found> {
  const code = codeAt(tokens, 0, { glued: false });
  if (!code || !isSureCode(code.code)) return;
  const quantity = numberIn(tokens[code.next]?.word ?? "");
  for (const found of exactAt(tokens, code.next + (quantity === null ? 0 : 1), {
    corrected: false,
    first: false,
    code: code.code,
    quantity,
  })) {
    const rest = tokens.slice(found.next);
    if (rest.length === 0 || (rest.length === 1 && numberIn(rest[0]!.word) !== null)) yield found;
  }
}

/** Keywords of four letters and more with one typo. Only the first word, and only if a single command is that near. */
function* mended(tokens: Token[]): Generator<Found> {
  const typed = tokens[0]!.word;
  if (typed.length < 3 || REAL_WORDS.has(typed) || KEYWORDS.has(typed)) return;
  const near = [...KEYWORDS].filter(
    ([word]) => word.length >= 4 && !word.includes(" ") && typosBetween(typed, word) === 1,
  );
  const kinds = new Set(near.map(([, { kind }]) => kind));
  if (kinds.size !== 1) return;
  const [word, keyword] = near[0]!;
  if (!CODED.has(keyword.kind) && word.length < 5 && !isSlip(typed, word)) return;
  if (CODED.has(keyword.kind) && !codeAt(tokens, 1, { glued: true }) && !(tokens.length === 1 && isSlip(typed, word)))
    return;
  yield { ...keyword, corrected: true, first: true, next: 1, code: null, quantity: null };
}

const CODED = new Set<CommandKind>([
  "claim",
  "more",
  "way",
  "done",
  "drop",
  "close",
  "got",
  "next",
  "share",
  "block",
  "report",
]);

/** What a text that is no command almost was: its first word, or the keyword it has besides a code. */
export function nearestKeyword(tokens: Token[]): string | null {
  const [first] = tokens;
  if (!first) return null;
  const opening = [3, 2, 1].map((n) => KEYWORDS.get(saidIn(tokens.slice(0, n)))).find((found) => found);
  if (opening) return opening.kind;
  if (tokens.length <= 3 && /^(si|yes|no|ok|okay|yep|nope|sip|claro|yeah)$/.test(first.word)) return "answer";
  if (/^(help|info|auxilio|socorro)$/.test(first.word)) return "help";
  if (first.word === "cancel") return "close";
  const coded = hasCode(tokens);
  const near = coded || !REAL_WORDS.has(first.word) ? nearTo(first.word) : null;
  if (near) return near;
  if (coded)
    return tokens.map(({ word }) => KEYWORDS.get(word)?.kind).find((kind) => kind && CODED.has(kind)) ?? "more";
  return LANGUAGES.has(first.word) ? "lang" : null;
}

const saidIn = (tokens: Token[]) => tokens.map(({ word }) => word).join(" ");

function nearTo(typed: string): CommandKind | null {
  const near = [...KEYWORDS].find(
    ([word]) => word.length >= 4 && typosBetween(typed, word, 2) <= (word.length >= 7 ? 2 : 1),
  );
  return near?.[1].kind ?? null;
}
