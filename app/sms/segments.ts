/** GSM 03.38 basic alphabet; each takes one septet. */
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Its extension table; each takes two. */
const EXTENSION = "\f^{}\\[~]|€";

const SEPTETS = new Map<string, number>();
for (const letter of BASIC) SEPTETS.set(letter, 1);
for (const letter of EXTENSION) SEPTETS.set(letter, 2);

export type Segments = {
  encoding: "GSM-7" | "UCS-2";
  /** What the text costs; 0 for no text. */
  count: number;
  /** Septets or UTF-16 units. */
  units: number;
  /** The first letters (at most 10) that forced UCS-2, so that somebody can mend them. */
  costly: string[];
};

/**
 * How many SMS a text becomes (3GPP TS 23.038 and 23.040): 160 septets or 70 UTF-16 units alone, 153 or 67 each when
 * several. An escape pair or a surrogate pair is never cut in two, so a part may stay one unit short.
 */
export function segmentsOf(text: string): Segments {
  const costly = [...new Set([...text].filter((letter) => !SEPTETS.has(letter)))].slice(0, 10);
  const gsm = costly.length === 0;
  const weight = (letter: string) => (gsm ? SEPTETS.get(letter)! : letter.length);
  let units = 0;
  for (const letter of text) units += weight(letter);
  const encoding = gsm ? "GSM-7" : "UCS-2";
  if (units <= (gsm ? 160 : 70)) return { encoding, count: units === 0 ? 0 : 1, units, costly };

  const room = gsm ? 153 : 67;
  let count = 1;
  let used = 0;
  for (const letter of text) {
    if (used + weight(letter) > room) {
      count += 1;
      used = 0;
    }
    used += weight(letter);
  }
  return { encoding, count, units, costly };
}

const PLAIN: Record<string, string> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "–": "-",
  "—": "-",
  "…": "...",
  "•": "-",
  "·": "-",
  "\u00a0": " ",
  "\u202f": " ",
  "\u2009": " ",
  "\u200e": "",
  "\u200f": "",
  "\u2068": "",
  "\u2069": "",
};

/**
 * The same words in letters that keep a text in GSM-7: quotes, dashes and spaces made plain, accents dropped where the
 * alphabet lacks the letter (`á` → `a`, while `é` and `ñ` stay). Text in another script is returned as it is, and so is one
 * that would only grow dearer (many `…` beside an emoji that keeps it out of GSM-7 anyway).
 */
export function plainLetters(text: string): string {
  const plain = [...text.normalize("NFC")].map((letter) => {
    if (SEPTETS.has(letter)) return letter;
    const known = PLAIN[letter];
    if (known !== undefined) return known;
    const bare = letter.normalize("NFD").replace(/\p{M}/gu, "");
    return bare.length > 0 && [...bare].every((part) => SEPTETS.has(part)) ? bare : letter;
  });
  const mended = plain.join("");
  return segmentsOf(mended).count > segmentsOf(text).count ? text : mended;
}
