import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { messages as ar } from "#app/i18n/compiled/ar.ts";
import { messages as en } from "#app/i18n/compiled/en.ts";
import { messages as es } from "#app/i18n/compiled/es.ts";

/** A compiled message: words, `["who"]`, `["n", "plural", {one: …}]`. */
type Piece = string | [name: string, type?: string, branches?: unknown];
const MESSAGES = { en, es, ar } as unknown as Record<Locale, Record<string, Piece[]>>;

export const textIds = (named: RegExp): MessageId[] => Object.keys(en).filter((id) => named.test(id)) as MessageId[];

export type Rendering = { id: MessageId; locale: Locale; text: string };

/**
 * A message in every language as it reads with each of its branches taken and the longest words in its blanks.
 * `longest` throws for a blank whose length nobody has said.
 */
export function renderingsOf(id: MessageId, longest: (name: string, locale: Locale) => string | number): Rendering[] {
  return LOCALES.flatMap((locale) => {
    const blanks = new Map<string, Set<string | number>>();
    collect(MESSAGES[locale][id] ?? [], blanks, locale, longest);
    let rows: Record<string, string | number>[] = [{}];
    for (const [name, values] of blanks) {
      rows = rows.flatMap((row) => [...values].map((value) => ({ ...row, [name]: value }))).slice(0, 2000);
    }
    const texts = new Set(rows.map((row) => textFor(locale)(id, row)));
    return [...texts].map((text) => ({ id, locale, text }));
  });
}

function collect(
  pieces: Piece[],
  into: Map<string, Set<string | number>>,
  locale: Locale,
  longest: (name: string, locale: Locale) => string | number,
): void {
  for (const piece of pieces) {
    if (typeof piece === "string") continue;
    const [name, type, branches] = piece;
    const values = into.get(name) ?? new Set();
    into.set(name, values);
    if (type === "select" || type === "plural") {
      for (const [key, inner] of Object.entries((branches ?? {}) as Record<string, Piece[]>)) {
        for (const value of type === "select" ? [key] : numbersFor(key, locale)) values.add(value);
        if (Array.isArray(inner)) collect(inner, into, locale, longest);
      }
    } else if (name !== "#") values.add(type === "number" ? 128 : longest(name, locale));
  }
  // A blank that also chooses a branch takes the branches' values only.
  into.delete("#");
}

/** `0` stands for itself; a category for the largest number below 200 that belongs to it. */
function numbersFor(key: string, locale: Locale): number[] {
  if (/^\d+$/.test(key)) return [Number(key)];
  const rules = new Intl.PluralRules(locale);
  for (let n = 199; n >= 0; n -= 1) if (rules.select(n) === key) return [n];
  return [];
}
