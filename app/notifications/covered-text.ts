import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { plainLetters } from "#app/sms/segments.ts";

/** More codes than this would cost a second text; the rest is a number. */
const MOST_CODES = 4;

/** One thank-you for all the needs somebody was asked about and that others took care of. One segment. PURE. */
export function coveredText(codes: readonly string[], t: Text, locale: Locale): string {
  const text =
    codes.length <= MOST_CODES
      ? t("waves.text.covered", {
          n: codes.length,
          codes: new Intl.ListFormat(locale, { type: "conjunction" }).format(codes),
        })
      : t("waves.text.covered_many", {
          codes: codes.slice(0, MOST_CODES - 1).join(", "),
          more: codes.length - MOST_CODES + 1,
        });
  return locale === "ar" ? text : plainLetters(text);
}
