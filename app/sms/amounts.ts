import type { Token } from "./fold.ts";

const SMALL: Record<string, number> = {};
"one two three four five six seven eight nine ten".split(" ").forEach((word, i) => (SMALL[word] = i + 1));
"uno dos tres cuatro cinco seis siete ocho nueve diez".split(" ").forEach((word, i) => (SMALL[word] = i + 1));
Object.assign(SMALL, { a: 1, an: 1, un: 1, una: 1 });

/** `two`, `dos`, `2`, `x2`, `2x` → 2; null for anything else, 0 and what no group can need. */
export function numberIn(word: string): number | null {
  const digits = /^x?(\d{1,6})x?$/.exec(word)?.[1];
  const n = digits ? Number(digits) : Object.hasOwn(SMALL, word) ? SMALL[word]! : null;
  return n === null || n === 0 || n > 100_000 ? null : n;
}

/** `1,000` reaches us as two words. Thousands are joined; a fraction (`2.5`, `1/2`) makes the whole amount unreadable. */
export function joinThousands(tokens: Token[], text: string): Token[] | null {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    const between = last ? text.slice(last.end, token.start) : "";
    const figures = last && /^\d+$/.test(last.word) && /^\d+$/.test(token.word);
    if (figures && /^[.,]$/.test(between) && token.word.length === 3 && last.word.length <= 3) {
      joined[joined.length - 1] = { word: last.word + token.word, start: last.start, end: token.end };
    } else if (figures && /^[.,/⁄]?$/.test(between)) return null;
    else joined.push(token);
  }
  return joined;
}

const DAYS: [RegExp, number][] = [
  [/^(d|days?|dias?)$/, 1],
  [/^(w|wks?|weeks?|semanas?|sem)$/, 7],
  [/^(months?|mes|meses)$/, 30],
];

/**
 * How long somebody wants to be left in peace, from the words after PAUSE: days (0: no longer), `undefined` where they
 * cannot be read, null where nothing is said. At most a year.
 */
export function daysIn(words: string[]): number | null | undefined {
  const said = words.filter((word) => !/^(for|por|until|hasta|the|el|please|porfa|next|favor)$/.test(word)).join(" ");
  if (said === "") return null;
  if (/^(off|no|0|over|stop|end|fin)$/.test(said)) return 0;
  if (/^(today|hoy|tomorrow|manana)$/.test(said)) return 1;
  const [, count, unit] = /^(\d{1,3}|[a-z]+(?= |$)) ?([a-z]+)?$/.exec(said) ?? [];
  const n = count === undefined ? null : numberIn(count);
  if (n === null) return undefined;
  const each = unit === undefined ? 1 : DAYS.find(([pattern]) => pattern.test(unit))?.[1];
  return each === undefined || n * each > 366 ? undefined : n * each;
}
