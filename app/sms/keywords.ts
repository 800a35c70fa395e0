import { foldWords } from "./fold.ts";
import { isSentenceForStop, mentionsStop } from "./stop-sentences.ts";
import { isSlip, typosBetween } from "./typos.ts";

/**
 * The words that must always work, whatever else texting can do. English and Spanish and what carriers catch. Sources:
 * Twilio's default keywords (STOP … since 2025-05-14 also REVOKE and OPTOUT) and 47 CFR 64.1200(a)(10): any reasonable
 * wording is a revocation.
 */
export type Keyword = {
  kind: "stop" | "start" | "help";
  /** Twilio answers these words itself (exactly the single word); we then say nothing, or the person is told twice. */
  answeredByProvider: boolean;
  /** A sentence rather than a word: worth a look by a coordinator. */
  freeform: boolean;
  /** A slip of the thumb was read as the word. */
  corrected: boolean;
};

const STOP_CAUGHT = new Set("stop stopall unsubscribe cancel end quit revoke optout".split(" "));
const STOP_OTHERS = new Set(
  ["opt out", "stop2quit", "stop quit", "remove me", "remove", "unsub", "stop to quit", "stop to end"].concat(
    [
      "parar",
      "pare",
      "para",
      "paren",
      "alto",
      "basta",
      "ya basta",
      "detener",
      "detente",
      "detengan",
      "no mas",
      "ya no mas",
    ],
    ["s t o p", "st0p"],
    ["baja", "cancelar", "cancela", "salir", "borrar", "desuscribir", "desuscribirme", "dar de baja"],
    [
      "توقف",
      "توقفوا",
      "قف",
      "الغاء",
      "الغاء الاشتراك",
      "اوقف",
      "اوقفوا",
      "ايقاف",
      "كفي",
      "كفى",
      "اوقف الرسايل",
      "اوقفوا الرسايل",
    ],
  ),
);
const START_CAUGHT = new Set(["start", "unstop", "yes"]);
const START_OTHERS = new Set(
  ["unstop all", "start again", "start please", "please start", "resubscribe", "subscribe", "opt in", "optin"].concat([
    "empezar",
    "iniciar",
    "alta",
    "ابدا",
    "ابدء",
  ]),
);
const HELP_CAUGHT = new Set(["help", "info"]);
const HELP_OTHERS = new Set(["ayuda", "menu", "مساعدة", "مساعده"]);

/** Long enough that two slips in the word alone leave no doubt. */
const STOP_LONG = ["unsubscribe", "cancelar", "detener", "revoke", "optout", "stopall", "cancel"];
/** Neighbours of those that are words. */
const NOT_STOP = new Set(["cancer", "evoke", "subscribe"]);

const POLITELY = /^(please|por favor|hola) | (please|thanks|thank you|por favor|porfa|gracias)$/g;

/** `Stopp` and `stpo` are honoured, but only alone: an opt-out too many can be taken back, a text too many cannot. */
function isMendedStop(words: string): boolean {
  if (words.includes(" ") || NOT_STOP.has(words)) return false;
  if (words === "stp" || isSlip(words, "stop")) return true;
  return STOP_LONG.some((stop) => typosBetween(words, stop, stop.length > 8 ? 2 : 1) <= (stop.length > 8 ? 2 : 1));
}

/**
 * Whether a text is one of the words that are honoured at once. `yes` counts only from somebody who is opted out:
 * anybody else may be answering a question. Never guesses its way into START or HELP.
 */
export function readKeyword(text: string, { optedOut }: { optedOut: boolean }): Keyword | null {
  const words = foldWords(text);
  const found = (kind: Keyword["kind"], more: Partial<Keyword> = {}): Keyword => ({
    kind,
    answeredByProvider: false,
    freeform: false,
    corrected: false,
    ...more,
  });
  if (words === "") return /^[?¿؟\s]+$/u.test(text) && /\S/.test(text) ? found("help") : null;
  const exactly = (kind: Keyword["kind"], caught: Set<string>, others: Set<string>): Keyword | null =>
    caught.has(words) || others.has(words)
      ? found(kind, { answeredByProvider: caught.has(text.trim().toLowerCase()) })
      : null;
  const stop = exactly("stop", STOP_CAUGHT, STOP_OTHERS);
  if (stop) return stop;
  if (STOP_OTHERS.has(words.replace(POLITELY, ""))) return found("stop");
  if (isMendedStop(words)) return found("stop", { corrected: true });
  if (isSentenceForStop(text)) return found("stop", { freeform: true });
  if (words === "yes" && !optedOut) return null;
  return exactly("start", START_CAUGHT, START_OTHERS) ?? exactly("help", HELP_CAUGHT, HELP_OTHERS);
}

/** A text that is no STOP but speaks of stopping: somebody should look whether it was meant as one. */
export const isNearStop = (text: string): boolean => mentionsStop(foldWords(text));
