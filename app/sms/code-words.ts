import { CODE_LETTERS, readsAsWord } from "#app/core/codes.ts";
import type { Token } from "./fold.ts";

const LETTERS = new RegExp(`^[${CODE_LETTERS.toLowerCase()}]+$`);
const mixed = (word: string) => /\d/.test(word) && /[a-z]/.test(word);

/** Four to eight of the code's letters that are no word. */
const isCode = (word: string) => LETTERS.test(word) && word.length >= 4 && word.length <= 8 && !readsAsWord(word);

/** Nobody writes it but as a code: it has letters and digits. */
export const isSureCode = (code: string): boolean => mixed(code.toLowerCase()) && isCode(code.toLowerCase());

/** Shaped like a code but with a letter no code has: it goes to the verb as typed, which says that there is no such. */
const isWrongCode = (word: string) => /^[a-z0-9]{4}$/.test(word) && mixed(word) && !readsAsWord(word);

/**
 * The code that begins at a word: `4f2k`, where `glued` also read out in pieces `4f 2k` or `4 f 2 k`. `next` is the word
 * after it.
 */
export function codeAt(
  tokens: Token[],
  at: number,
  { glued }: { glued: boolean },
): { code: string; next: number } | null {
  const word = tokens[at]?.word;
  if (word === undefined) return null;
  if (isCode(word) || isWrongCode(word)) return { code: word.toUpperCase(), next: at + 1 };
  for (const length of glued ? [2, 4] : []) {
    const pieces = tokens.slice(at, at + length).map((token) => token.word);
    const each = 4 / length;
    const joined = pieces.join("");
    if (pieces.length === length && pieces.every((piece) => piece.length === each) && mixed(joined) && isCode(joined)) {
      return { code: joined.toUpperCase(), next: at + length };
    }
  }
  return null;
}

/** Whether any of the words can be nothing but a code. */
export const hasCode = (tokens: Token[]): boolean => tokens.some(({ word }) => isSureCode(word));
