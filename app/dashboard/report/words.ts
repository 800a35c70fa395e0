import { dateFormat } from "#app/i18n/date-format.ts";
import { isLocale, LOCALE_NAMES, type Locale } from "#app/i18n/locales.ts";

/** "9 Nov 2026". @param day `2026-11-09` */
export const dayWords = (locale: Locale, day: string): string =>
  dateFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(day));

/** "23 Nov, 14:05", in UTC. @param moment ISO 8601 */
export const momentWords = (locale: Locale, moment: string): string =>
  dateFormat(locale, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "UTC",
  }).format(new Date(moment));

/** What the reader calls a language; one we speak is called by its own name. */
export const languageWords = (locale: Locale, language: string): string =>
  isLocale(language)
    ? LOCALE_NAMES[language]
    : (new Intl.DisplayNames([locale], { type: "language", fallback: "code" }).of(language) ?? language);
