import type { Locale } from "#app/i18n/locales.ts";

/** The commands a keyword can name. */
export type CommandKind =
  | "need"
  | "give"
  | "list"
  | "claim"
  | "more"
  | "way"
  | "done"
  | "drop"
  | "close"
  | "got"
  | "next"
  | "share"
  | "block"
  | "report"
  | "status"
  | "pause"
  | "menu"
  | "lang"
  | "send"
  | "back";

export type Keyword = { kind: CommandKind; language: Locale | null };

/**
 * Every keyword, folded. Two words are one keyword of two. Never one that carriers keep for themselves (STOP END QUIT
 * CANCEL UNSUBSCRIBE REVOKE OPTOUT START YES UNSTOP HELP INFO).
 */
const WORDS: Record<CommandKind, Partial<Record<Locale | "any", string>>> = {
  need: { en: "need|i need|we need|looking for", es: "necesito|nesesito|nesecito|nececito|necesitamos|ocupo|ocupamos" },
  give: { en: "give|offer|i can give|we can give|i offer", es: "ofrezco|ofrecemos|doy|damos|puedo dar" },
  list: { en: "list", es: "lista" },
  claim: { en: "claim|i claim", es: "tomo|tomar|yo tomo" },
  more: { en: "more", es: "mas" },
  way: { en: "way|on my way|omw|on the way", es: "voy|en camino|voy en camino" },
  done: { en: "done", es: "listo|hecho" },
  drop: { en: "drop", es: "soltar|suelto" },
  close: { en: "close", es: "cerrar|cierro" },
  got: { en: "got|received", es: "recibi|recibido|llego|ya llego|lo recibi" },
  next: { en: "next", es: "siguiente" },
  share: { en: "share", es: "compartir|comparto" },
  block: { en: "block", es: "bloquear|bloqueo" },
  report: { en: "report", es: "reportar|reporto|denunciar|denuncio" },
  status: { any: "status", es: "estado" },
  pause: { en: "pause", es: "pausa|pausar" },
  menu: { any: "menu", en: "commands", es: "ayuda|comandos|opciones" },
  lang: { en: "lang|language", es: "idioma" },
  send: { en: "send", es: "enviar|envia" },
  back: { en: "back", es: "atras|volver|regresar" },
};

/** Folded words → what they name. The longest are tried first. */
export const KEYWORDS = new Map<string, Keyword>();
for (const [kind, languages] of Object.entries(WORDS)) {
  for (const [language, words] of Object.entries(languages)) {
    const known = language === "any" ? null : (language as Locale);
    for (const word of words.split("|")) KEYWORDS.set(word, { kind: kind as CommandKind, language: known });
  }
}

/** What people call a language, folded. Alone it asks for that language; after LANG too. */
export const LANGUAGES = new Map<string, Locale>();
for (const [locale, words] of Object.entries({
  en: "en|eng|english|ingles|الانجليزيه|الانجليزية|انجليزي",
  es: "es|esp|spanish|espanol|castellano|الاسبانيه|الاسبانية|اسباني",
  ar: "ar|arabic|arabe|العربيه|العربية|عربي",
})) {
  for (const word of words.split("|")) LANGUAGES.set(word, locale as Locale);
}

/**
 * Words one letter from a keyword that are words themselves: "text 4F2K hello" is no NEXT. They are never mended into a
 * keyword.
 */
export const REAL_WORDS = new Set(
  (
    "feed seed weed deed reed heed nerd needy knee kneed needs gives given live five hive dive gave giver offers offered other " +
    "lost last mist fist lust lisp lit lint lists claimant move mode pore core wore fore mole mare mire " +
    "moore mores morel amore gone none dose bone one don dove dine dune donde dome dont crop prop drip droop rop drops dropped " +
    "chose those lose clothe closet closed closer loose lose cole closes text nest newt exit nexto shared shares spare shore " +
    "shape stare hare sharp shark harem shave shard share clock black blocks blocked lock flock bloc blocker reports reported " +
    "retort deport resort cause pauses paused pausas causa states statue menus men mend manu meno sent lend bend sand mend spend " +
    "end seed sends fend tend vend pack bark black bask hack lack sack bach buck bank bake bac hacks tack rack quack backs atrasa " +
    "atrae detras tomos toma tome tono todo como tomas mato roto tomo tomate temor sumar tocar tomara listos listas vista pista " +
    "mixto cisto visto lista listo hechos techo lecho pecho echo hecha derecho soltera saltar soler solar cerrado errar cerca " +
    "enviado enviare envio envie pauta causar pasar posar estados estada estaba estafa legado luego llega llegue llegan lleno " +
    "llevo lego compartio compartida reportes reporta bloque bloques bloquea ingles lang land long gang king camino amino " +
    "necesita necesite ayudar ayudas ayude viuda duda ofrece ofrezca damas ramos vamos demos domos fdamos given receive"
  ).split(" "),
);
