import { lettersOf, spanIn, type Letters, type Span } from "./letters.ts";
import { linksIn } from "./links.ts";
import { allDigits, numbersIn, phonesIn } from "./phones.ts";

type Hiding = {
  /** What stands in the place of what is hidden. */
  word?: string;
  /** Numbers (E.164) and addresses that must not be in the answer, however they were written. */
  secrets?: (string | null)[];
};

/**
 * A text without telephone numbers, e-mail addresses, links and account names, in any spelling people use: digits of
 * every script, number words, spaces and dots in between, "ana at example dot org". Codes of posts, times, dates,
 * prices, amounts and house numbers stay. PURE.
 *
 * When a secret can still be put together from what is left, every number goes, and if that does not help, every word.
 */
export function hide(text: string, { word = "(hidden)", secrets = [] }: Hiding = {}): string {
  const letters = lettersOf(text);
  const ranges = [...linksIn(letters.plain), ...phonesIn(letters.plain)];
  const hidden = without(text, letters, ranges, word);
  if (!secrets.some((secret) => secret && says(hidden, secret))) return hidden;
  const bare = without(text, letters, [...ranges, ...numbersIn(letters.plain)], word);
  return secrets.some((secret) => secret && says(bare, secret)) ? word : bare;
}

/** A person's name as the other side may read it; null when nothing but a number or an address was in it. */
export function hideInName(name: string | null, secrets: (string | null)[] = []): string | null {
  if (name === null) return null;
  const hidden = hide(name, { word: " ", secrets });
  if (hidden === name) return name;
  const left = hidden
    .replace(/[()[\]{}<>]/gu, " ")
    .replace(/[\s:,;/|-]+$/u, "")
    .replace(/\s+/gu, " ")
    .trim();
  return /[\p{L}\p{N}]/u.test(left) ? left : null;
}

function without(text: string, letters: Letters, ranges: [number, number][], word: string): string {
  const spans = merge(ranges.filter(([start, end]) => end > start).map(([start, end]) => spanIn(letters, start, end)));
  let left = "";
  let at = 0;
  for (const { start, end } of spans) {
    left += text.slice(at, start) + word;
    at = end;
  }
  return left + text.slice(at);
}

/** Spans that overlap or touch become one. */
function merge(spans: Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}

/** Can this secret be read out of the text, separators and filler words left out? */
export function says(text: string, secret: string): boolean {
  const { plain } = lettersOf(text);
  if (/^\+\d+$/.test(secret)) return allDigits(plain).includes(secret.slice(-7));
  const bare = (words: string) => words.replace(/\b(?:at|arroba|dot|punto)\b/gu, "").replace(/[^\p{L}\p{N}]/gu, "");
  const wanted = bare(lettersOf(secret).plain);
  return wanted !== "" && bare(plain).includes(wanted);
}
