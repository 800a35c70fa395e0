/**
 * The words that must always work, whatever else texting can do one day. English and Spanish and what carriers catch.
 * Sources: Twilio's default keywords (STOP … since 2025-05-14 also REVOKE and OPTOUT) and 47 CFR 64.1200(a)(10): any
 * reasonable wording is a revocation.
 */
export type Keyword = {
  kind: "stop" | "start" | "help";
  /** Twilio answers these words itself; we then say nothing, or the person is told twice. */
  answeredByProvider: boolean;
  /** A sentence rather than a word: worth a look by a coordinator. */
  freeform: boolean;
};

const STOP_CAUGHT = new Set("stop stopall unsubscribe cancel end quit revoke optout".split(" "));
const STOP_OTHERS = new Set(
  ["stop all", "opt out", "stop2quit", "stop please", "please stop", "remove me", "remove", "unsubscribe me"].concat(
    ["parar", "pare", "para", "alto", "basta", "detener", "detente", "no mas", "baja", "cancelar", "salir"],
    ["stop quit", "توقف", "قف", "الغاء", "اوقف"],
  ),
);
const START_CAUGHT = new Set(["start", "unstop", "yes"]);
const START_OTHERS = new Set(["unstop all", "empezar", "iniciar", "alta", "ابدا", "ابدء"]);
const HELP_CAUGHT = new Set(["help", "info"]);
const HELP_OTHERS = new Set(["ayuda", "menu", "مساعدة", "مساعده"]);

const SENTENCES = [
  /\b(stop|quit) (texting|messaging|sending|contacting)\b/,
  /\btake me off\b/,
  /\b(remove|delete) (me|my (number|phone))\b/,
  /\b(don t|dont|do not) (text|message|contact)( me)?\b/,
  /\bno (me|nos) (escriban?|envien?|manden?|contacten?|textee?n?)\b/,
  /\bno mas mensajes\b/,
  /\b(dejen?|deja) de (escribir|enviar|mandar)/,
];

/** Case, accents, punctuation, emoji and doubled spaces do not matter: `¡No más!` is `no mas`. */
export function foldWords(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[أإآ]/g, "ا")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/**
 * Whether a text is one of the words that are honoured at once. `yes` counts only from somebody who is opted out:
 * anybody else may be answering a question.
 */
export function readKeyword(text: string, { optedOut }: { optedOut: boolean }): Keyword | null {
  const words = foldWords(text);
  if (words === "") return text.trim() === "?" ? { kind: "help", answeredByProvider: false, freeform: false } : null;
  const exactly = (kind: Keyword["kind"], caught: Set<string>, others: Set<string>): Keyword | null => {
    if (!caught.has(words) && !others.has(words)) return null;
    return { kind, answeredByProvider: caught.has(text.trim().toLowerCase()), freeform: false };
  };
  const keyword =
    exactly("stop", STOP_CAUGHT, STOP_OTHERS) ??
    exactly("start", START_CAUGHT, START_OTHERS) ??
    exactly("help", HELP_CAUGHT, HELP_OTHERS);
  if (keyword && !(words === "yes" && !optedOut)) return keyword;
  const sentence = SENTENCES.some((pattern) => pattern.test(words));
  return sentence ? { kind: "stop", answeredByProvider: false, freeform: true } : null;
}
