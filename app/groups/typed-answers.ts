import { plainDigits } from "#app/core/codes.ts";
import { dateFormat } from "#app/i18n/date-format.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Text } from "#app/i18n/text.ts";
import type { FieldType } from "./category-field.ts";

/** How long an answer in words may be. */
export const LONGEST_ANSWER = 200;

/**
 * What was said to a question that is not a choice, as it is stored: words trimmed, a number with a point, a day as
 * `2026-11-23`, `yes` or `no`. Digits of any script will do. PURE.
 *
 * @returns null when it is not of its type.
 */
export function readTyped(type: Exclude<FieldType, "choice">, said: string): string | null {
  const words = said.trim();
  switch (type) {
    case "text":
      return words.length <= LONGEST_ANSWER ? words : null;
    case "number": {
      const number = plainDigits(words).replace(",", ".");
      return /^-?\d{1,9}(\.\d{1,4})?$/.test(number) ? String(Number(number)) : null;
    }
    case "yes_no":
      return words === "yes" || words === "no" ? words : null;
    case "date":
      return isDay(plainDigits(words)) ? plainDigits(words) : null;
  }
}

/** There is no 30 February. */
function isDay(words: string): boolean {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(words)) return false;
  const at = new Date(`${words}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(words);
}

/** Why an answer was not taken. */
export const answerFault = (type: FieldType): MessageId =>
  type === "choice" ? "posts.error.choice" : `fields.error.${type}`;

/** An answer as a reader sees it; what was said while the question was of another type as it was said. */
export function sayAnswer(t: Text, locale: Locale, { type, chosen }: { type: FieldType; chosen: string[] }): string {
  if (type === "choice") return new Intl.ListFormat(locale, { type: "unit" }).format(chosen);
  const said = chosen[0] ?? "";
  if (type === "text" || readTyped(type, said) !== said) return said;
  switch (type) {
    case "yes_no":
      return t(said === "yes" ? "fields.yes" : "fields.no");
    case "number":
      return new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(Number(said));
    case "date":
      return dateFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${said}T00:00:00Z`));
  }
}
