/** Folds case, accents and the Arabic letters people mix, much as `fold()` in the database does, so that search finds what was meant. */
export function foldWords(words: string): string {
  return words
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u0655\u0640]/g, "")
    .replace(/\u0649/g, "\u064a")
    .replace(/\u0629/g, "\u0647")
    .toLowerCase();
}

/** Does `folded` hold every one of the wanted words, in any order? Nothing wanted is held by all. */
export const holdsWords = (folded: string, wanted: readonly string[]): boolean =>
  wanted.every((word) => folded.includes(word));

export const wantedWords = (typed: string): string[] => foldWords(typed).split(/\s+/).filter(Boolean);
