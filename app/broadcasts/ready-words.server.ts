import { textFor } from "#app/i18n/catalogues.server.ts";
import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import type { BroadcastWords } from "./broadcast.ts";
import { READY_WORDS, type ReadyWords } from "./templates.ts";

/** Puts ready words in every language where nothing of the coordinator's own stands yet. */
export function readyWords(name: ReadyWords, words: BroadcastWords): BroadcastWords {
  const own = (locale: Locale) => {
    const text = words[locale]?.trim() ?? "";
    return text !== "" && !READY_WORDS.some((ready) => text === textFor(locale)(`broadcasts.template.${ready}`));
  };
  return Object.fromEntries(
    LOCALES.map((locale) => [locale, own(locale) ? words[locale] : textFor(locale)(`broadcasts.template.${name}`)]),
  );
}
