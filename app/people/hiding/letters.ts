/** A text in plain lower-case letters and ASCII digits, and where each of them stands in the text as typed. */
export type Letters = { plain: string; from: number[]; to: number[] };

/** Part of a text as typed: from this letter up to that one. */
export type Span = { start: number; end: number };

const DIGIT = /^\p{Nd}$/u;
const INVISIBLE = /^[\p{Cf}\p{Mn}\p{Me}]$/u;

/**
 * Full-width, circled, keycap and other scripts' digits become `0`…`9`; invisible letters and accents go; the rest is
 * NFKC in lower case. Every way of writing a digit is the same afterwards.
 */
export function lettersOf(text: string): Letters {
  const letters: Letters = { plain: "", from: [], to: [] };
  let at = 0;
  for (const letter of text) {
    const end = at + letter.length;
    for (const plain of plainly(letter)) {
      letters.plain += plain;
      for (let unit = 0; unit < plain.length; unit++) {
        letters.from.push(at);
        letters.to.push(end);
      }
    }
    if (INVISIBLE.test(letter) && letters.to.length > 0) letters.to[letters.to.length - 1] = end;
    at = end;
  }
  return letters;
}

function plainly(letter: string): string {
  if (INVISIBLE.test(letter)) return "";
  const point = letter.codePointAt(0)!;
  if (DIGIT.test(letter)) return String(valueOf(point));
  const dingbat = DINGBATS.find(([first]) => point >= first && point < first + 9);
  if (dingbat) return String(point - dingbat[0] + 1);
  if (point === 0x24ff) return "0";
  if (letter === "。" || letter === "۔") return ".";
  return letter.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
}

/** Blocks of decimal digits are ten long and start with zero (Unicode, chapter 4.6); those that touch do too. */
function valueOf(point: number): number {
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(point - before - 1))) before += 1;
  return before % 10;
}

/** Filled circled digits 1 to 9, which NFKC leaves alone. */
const DINGBATS = [[0x2776], [0x2780], [0x278a], [0x24f5]] as const;

/** Where `plain.slice(start, end)` stands in the text as typed. */
export const spanIn = ({ from, to }: Letters, start: number, end: number): Span => ({
  start: from[start]!,
  end: to[end - 1]!,
});
