import { inLocale, type Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import type { Limit, Reason } from "./match.ts";

/** One reason in the reader's language: "about 1 km away", "20 of the 30 needed". They say the same to both sides. PURE. */
export function reasonWords(t: Text, locale: Locale, reason: Reason): string {
  switch (reason.kind) {
    case "same_category":
    case "same_area":
    case "enough":
    case "words":
    case "urgent":
    case "keeps_promises":
    case "area_left_behind":
      return t(`matching.reason.${reason.kind}`);
    case "can_serve":
      return t(`matching.reason.can_serve_${reason.fit}`);
    case "near":
      return t("matching.reason.near", { km: reason.km });
    case "when":
      return t(`matching.reason.${reason.day}`);
    case "part":
      return t("matching.reason.part", { n: reason.n, of: reason.of });
    case "speaks":
      return t("matching.reason.speaks", { language: languageName(locale, reason.language) });
    case "has":
      return inLocale(reason.option, "label", locale);
    case "waiting":
      return t("matching.reason.waiting", { days: Math.floor(reason.hours / 24) });
  }
}

function languageName(locale: Locale, language: string): string {
  return new Intl.DisplayNames(locale, { type: "language" }).of(language) ?? language;
}

/** What had to be let go of to find anything, a sentence for each. PURE. */
export const relaxedWords = (t: Text, relaxed: readonly Limit[]): string[] =>
  relaxed.map((limit) => t(`matching.relaxed.${limit}`));
