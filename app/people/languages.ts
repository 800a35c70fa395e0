/** Languages a person can say they speak (ISO 639), those often needed in one place; others fit through the API. */
export const SPOKEN = [
  "en",
  "es",
  "ar",
  "am",
  "bn",
  "zh",
  "fa",
  "fr",
  "ht",
  "hi",
  "ko",
  "ps",
  "pl",
  "pt",
  "ru",
  "so",
  "sw",
  "tl",
  "uk",
  "ur",
  "vi",
  "ase",
] as const;

/** Several languages in the reader's own way of listing: "Arabic, English", "العربية والإنجليزية". */
export const languageList = (languages: readonly string[], locale: string, sign: string): string =>
  new Intl.ListFormat(locale, { type: "unit" }).format(languages.map((one) => languageName(one, locale, sign)));

/** A language's name in the reader's; `sign` is the name of American Sign Language, which browsers and Node lack. */
export function languageName(language: string, locale: string, sign: string): string {
  if (language === "ase") return sign;
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
