import type { Locale } from "#app/i18n/locales.ts";
import { daysIn, joinThousands, numberIn } from "./amounts.ts";
import { codeAt, hasCode, isSureCode } from "./code-words.ts";
import { foldWords, tokensOf, type Token } from "./fold.ts";
import { findKeyword, nearestKeyword, stuckTogether, type Found } from "./find-keyword.ts";
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
  if (keyword && !(keyword.kind === "help" && !/^(help|info)$/.test(foldWords(text)))) {
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

/** What may stand beside a bare answer: it must not speak against it (`1 no`). */
const BESIDE: Record<1 | 2 | 3, RegExp> = {
  1: /^((yes|yep|yeah|si|ok|okay|please|thanks|thank you|por favor|gracias|sure|claro|still good|sigue en pie|sigo)( |$))*$/,
  2: /^((no|nope|let it go|lo dejo|ok|okay|please|thanks|thank you|por favor|gracias|sorry|perdon|not yet|todavia no|aun no)( |$))*$/,
  3: /^((ok|okay|please|thanks|thank you|por favor|gracias)( |$))*$/,
};

/**
 * `1`, `(1)`, `1️⃣`, `uno`; `1 4F2K`, `4F2K: 1`, `1 for 4F2K`; `1 yes` and `2 no`, never `1 no`,
 * nor `one 4F2K`, which lacks one letter of DONE. A code alone is MORE.
 */
function readAnswer(tokens: Token[]): Command | null {
  if (tokens.length === 0 || tokens.length > 7) return null;
  const code = codeAt(tokens, 0, { glued: false });
  const known = code && isSureCode(code.code) && !stuckTogether(tokens[0]!.word) ? code : null;
  if (known && known.next === tokens.length) return sure({ kind: "more", code: known.code });
  const n = answerIn(tokens[known?.next ?? 0]?.word);
  if (n === null) return null;
  const next = (known?.next ?? 0) + 1;
  const after = known ?? codeAfter(tokens, next);
  if (after && /[a-z]/.test(tokens[next - 1]!.word)) return null;
  const rest = tokens.slice(known || !after ? next : after.next);
  const agrees = BESIDE[n].test(rest.map(({ word }) => word).join(" "));
  return agrees ? sure({ kind: "answer", n, code: after?.code ?? null }) : null;
}

function codeAfter(tokens: Token[], next: number) {
  let at = next;
  while (/^(for|para|de|on|el|la)$/.test(tokens[at]?.word ?? "")) at += 1;
  return codeAt(tokens, at, { glued: false });
}

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

/** "Need to talk to a person" and "give me five minutes" are for a person to read. */
const NO_THING = {
  need: /^(it|you|u|(to )?(cancel|talk|speak|stop|change|ask|know|leave|drop|reschedule|hablar|cancelar|saber|cambiar|preguntar))( |$)/,
  give: /^(me|us|up|it|nos|back|la vuelta|gracias|las gracias)( |$)/,
};

/** The command, if what stands around its keyword has its shape. */
function shaped(found: Found, text: string, tokens: Token[], about: { optedOut: boolean }): CommandKinds | null {
  const rest = tokens.slice(found.next);
  const alone = rest.every(({ word }) => POLITE.test(word));
  switch (found.kind) {
    case "need":
    case "give":
      if (hasCode(rest) || NO_THING[found.kind].test(rest.map(({ word }) => word).join(" "))) return null;
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

/** The code after the keyword and how much of it; null where there is no code, or more than one thing it can mean. */
function codeAndAmount(found: Found, text: string, all: Token[]): { code: string; quantity: number | null } | null {
  const takes = found.kind === "claim" || found.kind === "done";
  const tokens = joinThousands(all.slice(found.next), text);
  const named =
    tokens && (found.code ? { code: found.code, quantity: found.quantity, next: 0 } : nameIn(tokens, takes));
  if (!named) return null;
  const after = tokens.slice(named.next).filter(({ word }) => word !== "x");
  const said = amountAt(after);
  if (said === "unclear" || (said !== null && named.quantity !== null)) return null;
  const rest = after.slice(said === null ? 0 : 1);
  const plainly = NEEDS_NO_YES.has(found.kind) || !rest.some(({ word }) => NOT_PLAINLY.test(word));
  if (hasCode(rest) || !plainly) return null;
  return { code: named.code, quantity: takes ? (said ?? named.quantity) : null };
}

/** "DROP 4F2K, can't make it" is plain all the same. */
const NEEDS_NO_YES = new Set<Found["kind"]>(["drop", "report", "block"]);

/** `4F2K`, `the code 4F2K`, `20 4F2K`, `20 blankets for 4F2K`. */
function nameIn(tokens: Token[], takes: boolean): { code: string; quantity: number | null; next: number } | null {
  let at = 0;
  let straight = codeAt(tokens, at, { glued: true });
  while (!straight && BEFORE_CODE.test(tokens[at]?.word ?? "")) straight = codeAt(tokens, (at += 1), { glued: true });
  if (straight) return { ...straight, quantity: null };
  const quantity = takes ? numberIn(tokens[at]?.word ?? "") : null;
  if (quantity === null) return null;
  for (let later = at + 1; later <= at + 4; later += 1) {
    const code = codeAt(tokens, later, { glued: true });
    if (code) return isSureCode(code.code) ? { ...code, quantity } : null;
  }
  return null;
}

/** The number that stands right behind the code, if it is an amount and no hour. */
function amountAt([first, second]: Token[]): number | null | "unclear" {
  if (!first || CLOCK.test(second?.word ?? "")) return null;
  if (!/\d/.test(first.word)) return first.word.length > 2 ? numberIn(first.word) : null;
  const amount = numberIn(first.word);
  if (amount === null) return /^x?\d+x?$/.test(first.word) ? "unclear" : null;
  return /^\d+$/.test(second?.word ?? "") ? "unclear" : amount;
}

const CLOCK = /^(am|pm|oclock|a|p|hrs?|hours?|mins?|minutes|minutos|horas?)$/;

/** The rest of the text as it was typed, without what parts it from the keyword. */
function wordsAfter(text: string, tokens: Token[], next: number): string | null {
  const said = text
    .slice(tokens[next - 1]!.end)
    .replace(/^[^\p{L}\p{N}@#"'(¿¡]+/u, "")
    .trim();
  return said === "" ? null : said;
}
