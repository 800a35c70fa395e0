import { plainDigits } from "#app/core/codes.ts";

/** A word of a text as it is compared, and where it stands in the text as typed. */
export type Token = { word: string; start: number; end: number };

const WORD = /[\p{L}\p{N}\p{M}\p{Cf}'’‘`´]+/gu;

/** Case, accents, apostrophes, invisible letters, full-width forms and other scripts' digits do not matter. */
function fold(piece: string): string {
  return plainDigits(piece.normalize("NFKC"))
    .normalize("NFD")
    .replace(/[\p{M}\p{Cf}'’‘`´]/gu, "")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
}

/** The words of a text: punctuation, emoji and spaces only part them. A keycap `1️⃣` is `1`. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const place = { start: match.index, end: match.index + match[0].length };
    for (const word of fold(match[0]).split(/[^\p{L}\p{N}]+/u)) if (word !== "") tokens.push({ word, ...place });
  }
  return tokens;
}

/** `¡No más!` is `no mas`; `don’t` is `dont`. */
export const foldWords = (text: string): string =>
  tokensOf(text)
    .map(({ word }) => word)
    .join(" ");
