import type { Locale } from "#app/i18n/locales.ts";
import { daysIn, joinThousands, numberIn } from "./amounts.ts";
import { codeAt, hasCode, isSureCode } from "./code-words.ts";
import { tokensOf, type Token } from "./fold.ts";
import { findKeyword, nearestKeyword, type Found } from "./find-keyword.ts";
import { isNearStop, readKeyword } from "./keywords.ts";
import { LANGUAGES } from "./words.ts";

export type Command = {
  /** Of the keyword; null where the word is the same in several or there is none. */
  language: Locale | null;
  /** A typo was mended. */
  corrected: boolean;
} & CommandKinds;

type CommandKinds =
  | { kind: "stop" | "start" | "help"; answeredByProvider: boolean; freeform: boolean }
  | { kind: "need" | "give" | "list"; words: string | null }
  | { kind: "claim"; code: string; quantity: number | null }
  | { kind: "done"; code: string | null; quantity: number | null }
  | { kind: "more" | "way" | "drop" | "close" | "got" | "next" | "share" | "block" | "report"; code: string | null }
  | { kind: "status" | "menu" | "send" | "back" }
  /** `days` 0: no longer. */
  | { kind: "pause"; days: number | null }
  | { kind: "lang"; locale: Locale | null }
  | { kind: "relay"; code: string; words: string }
  | { kind: "answer"; n: 1 | 2 | 3; code: string | null }
  /** `nearest`: what it almost was, not close enough to act on ("stop", "claim", … or "answer" for a yes or no). */
  | { kind: "words"; words: string; nearest: string | null };

/**
 * What a text asks for. STOP goes before everything, then `@4F2K words`, bare answers, keywords (English and Spanish,
 * one typo mended where nothing else can be meant), and the rest is words. Never throws. A command that changes
 * something is read only from a text of exactly its shape: when in doubt it is words, which a person reads.
 */
export function readCommand(text: string, about: { optedOut: boolean }): Command {
  const keyword = readKeyword(text, about);
  if (keyword && !(keyword.kind === "help" && !/^\W*(help|info)\W*$/i.test(text))) {
    const { kind, answeredByProvider, freeform, corrected } = keyword;
    return { kind, answeredByProvider, freeform, language: null, corrected };
  }
  if (keyword) return sure({ kind: "menu" }, keyword.kind === "help" && /ayuda/i.test(text) ? "es" : null);
  const tokens = tokensOf(text);
  return readRelay(text, tokens) ?? readAnswer(tokens) ?? readKeyed(text, tokens, about) ?? words(text, tokens);
}

const sure = (command: CommandKinds, language: Locale | null = null, corrected = false): Command => ({
  ...command,
  language,
  corrected,
});

function words(text: string, tokens: Token[]): Command {
  const nearest = isNearStop(text) ? "stop" : nearestKeyword(tokens);
  return sure({ kind: "words", words: text.trim(), nearest });
}

function readRelay(text: string, tokens: Token[]): Command | null {
  if (!/^[^\p{L}\p{N}@＠]*[@＠]/u.test(text)) return null;
  const code = codeAt(tokens, 0, { glued: false });
  if (!code) return null;
  const said = text.slice(tokens[code.next - 1]!.end).replace(/^[\s:,.;-]+/, "");
  return sure({ kind: "relay", code: code.code, words: said.trim() });
}

const YES =
  /^(yes|yep|yeah|si|ok|okay|please|thanks|thank you|por favor|gracias|sure|claro|still good|sigue en pie|sigo)*$/;
const NO = /^(no|nope|let it go|lo dejo|thanks|gracias|sorry|perdon|not yet|todavia no|aun no)*$/;

/** `1`, `(1)`, `1️⃣`, `uno`; `1 4F2K`, `4F2K: 1`, `1 for 4F2K`; `1 yes` and `2 no`, never `1 no`. A code alone is MORE. */
function readAnswer(tokens: Token[]): Command | null {
  if (tokens.length === 0 || tokens.length > 7) return null;
  const code = codeAt(tokens, 0, { glued: false });
  if (code && isSureCode(code.code) && code.next === tokens.length) return sure({ kind: "more", code: code.code });
  const at = code && isSureCode(code.code) ? code.next : 0;
  const n = answerIn(tokens[at]?.word);
  if (n === null) return null;
  let next = at + 1;
  let about = at > 0 ? code!.code : null;
  if (at === 0) {
    while (/^(for|para|de|on|el|la)$/.test(tokens[next]?.word ?? "")) next += 1;
    const after = codeAt(tokens, next, { glued: false });
    if (after) [about, next] = [after.code, after.next];
    else next = 1;
  }
  const rest = tokens
    .slice(next)
    .map(({ word }) => word)
    .join(" ");
  const agrees =
    rest === "" || (n === 1 && YES.test(rest.replace(/ /g, ""))) || (n === 2 && NO.test(rest.replace(/ /g, "")));
  return agrees || fits(n, rest) ? sure({ kind: "answer", n, code: about }) : null;
}

const fits = (n: number, rest: string) => {
  const [pattern, phrases] =
    n === 2 ? [NO, rest] : n === 1 ? [YES, rest] : [/^(please|thanks|gracias|por favor)$/, rest];
  return pattern.test(phrases);
};

function answerIn(word: string | undefined): 1 | 2 | 3 | null {
  if (word === undefined || /^x|x$|^(a|an|un|una)$/.test(word)) return null;
  const n = numberIn(word);
  return n === 1 || n === 2 || n === 3 ? n : null;
}

function readKeyed(text: string, tokens: Token[], about: { optedOut: boolean }): Command | null {
  const language = languageAlone(tokens);
  if (language) return language;
  for (const found of findKeyword(tokens)) {
    const command = shaped(found, text, tokens, about);
    if (command) return sure(command, found.language, found.corrected);
  }
  return null;
}

/** `ENGLISH`, `en español`, `speak Arabic please`. */
function languageAlone(tokens: Token[]): Command | null {
  const said = tokens.map(({ word }) => word).filter((word) => !/^(in|en|speak|please|por|favor)$/.test(word));
  const locale = said.length === 1 && said[0]!.length > 3 ? LANGUAGES.get(said[0]!) : undefined;
  return locale ? sure({ kind: "lang", locale }, locale) : null;
}

const POLITE = /^(please|pls|plz|thanks|thank|you|por|favor|porfa|gracias|ok|okay|now|ya|ahora)$/;

/** The command, if what stands around its keyword has its shape. */
function shaped(found: Found, text: string, tokens: Token[], about: { optedOut: boolean }): CommandKinds | null {
  const rest = tokens.slice(found.next);
  const alone = rest.every(({ word }) => POLITE.test(word));
  switch (found.kind) {
    case "need":
    case "give":
      if (hasCode(rest) || (found.kind === "give" && /^(me|us|up|it|nos|back)$/.test(rest[0]?.word ?? ""))) return null;
      return { kind: found.kind, words: alone ? null : wordsAfter(text, tokens, found.next) };
    case "list":
      return { kind: "list", words: alone ? null : wordsAfter(text, tokens, found.next) };
    case "status":
    case "menu":
    case "send":
    case "back":
      return alone && found.first ? { kind: found.kind } : null;
    case "pause": {
      const days = found.resume
        ? 0
        : daysIn(rest.map(({ word }) => word).filter((word) => !/^(thanks|gracias)$/.test(word)));
      if (days === undefined || !found.first || (found.resume && !alone)) return null;
      return found.resume && about.optedOut
        ? { kind: "start", answeredByProvider: false, freeform: false }
        : { kind: "pause", days };
    }
    case "lang": {
      const named = rest.filter(({ word }) => !POLITE.test(word));
      return named.length <= 1 ? { kind: "lang", locale: LANGUAGES.get(named[0]?.word ?? "") ?? null } : null;
    }
    default:
      return coded(found, text, tokens, alone);
  }
}

/** The commands that name a post. Alone, without a code, all but CLAIM are read if they stand first. */
function coded(found: Found, text: string, tokens: Token[], alone: boolean): CommandKinds | null {
  const kind = found.kind as Exclude<
    Found["kind"],
    "need" | "give" | "list" | "status" | "menu" | "send" | "back" | "pause" | "lang"
  >;
  if (alone && !found.code) {
    if (kind === "claim" || !found.first) return null;
    return kind === "done" ? { kind, code: null, quantity: null } : { kind, code: null };
  }
  const about = codeAndAmount(found, text, tokens);
  if (!about) return null;
  if (kind === "claim" || kind === "done") return { kind, code: about.code, quantity: about.quantity };
  return about.quantity === null ? { kind, code: about.code } : null;
}

const BEFORE_CODE =
  /^(code|codigo|need|post|number|numero|with|to|for|the|el|la|de|con|para|a|al|my|mi|pedido|of|on|ref|id)$/;
const NOT_PLAINLY =
  /^(no|not|dont|cant|cannot|wont|never|nunca|tampoco|isnt|wasnt|didnt|unless|if|or|and|y|o|half|mitad|medio|media|question|pregunta)$/;

function codeAndAmount(found: Found, text: string, all: Token[]): { code: string; quantity: number | null } | null {
  const takes = found.kind === "claim" || found.kind === "done";
  const tokens = joinThousands(all.slice(found.next), text);
  if (!tokens) return null;
  let quantity = found.quantity;
  let at = 0;
  let code = found.code;
  if (code === null) {
    const skip = () => {
      while (BEFORE_CODE.test(tokens[at]?.word ?? "")) at += 1;
    };
    skip();
    let first = codeAt(tokens, at, { glued: true });
    const before = first ? null : numberIn(tokens[at]?.word ?? "");
    if (before !== null && takes) {
      at += 1;
      while (at < 4 && tokens[at] && !codeAt(tokens, at, { glued: true })) at += 1;
      first = codeAt(tokens, at, { glued: true });
      if (!first || !isSureCode(first.code)) return null;
      quantity = before;
    }
    if (!first) return null;
    code = first.code;
    at = first.next;
  }
  const after = tokens.slice(at).filter(({ word }) => word !== "x");
  const clock = /^(am|pm|oclock|a|p|de|hrs?|mins?|minutes|minutos|horas?)$/.test(after[1]?.word ?? "");
  const said = after[0] && !clock && /\d/.test(after[0].word) ? numberIn(after[0].word) : wordNumber(after[0]?.word);
  if (after[0] && /^x?\d+x?$/.test(after[0].word) && !clock && said === null) return null;
  if (said !== null) {
    if (quantity !== null || (after[1] && /^\d+$/.test(after[1].word))) return null;
    quantity = said;
  }
  const rest = after.slice(said === null ? 0 : 1);
  if (hasCode(rest)) return null;
  if (
    found.kind !== "drop" &&
    found.kind !== "report" &&
    found.kind !== "block" &&
    rest.some(({ word }) => NOT_PLAINLY.test(word))
  )
    return null;
  return { code, quantity: takes ? quantity : null };
}

const wordNumber = (word: string | undefined) => (word && word.length > 2 ? numberIn(word) : null);

/** The rest of the text as it was typed, without what parts it from the keyword. */
function wordsAfter(text: string, tokens: Token[], next: number): string | null {
  const said = text
    .slice(tokens[next - 1]!.end)
    .replace(/^[^\p{L}\p{N}@#"'(¿¡]+/u, "")
    .trim();
  return said === "" ? null : said;
}
