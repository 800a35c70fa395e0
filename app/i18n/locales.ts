/** The languages the product speaks from the start. A new one is a line here and a folder of catalogues. */
export const LOCALES = ["en", "es", "ar"] as const;
export type Locale = (typeof LOCALES)[number];

/** Each language in its own name, as the language control shows it. No flags: a flag is a country. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", es: "Español", ar: "العربية" };

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

/** Writing direction of a locale, for `<html dir>`. */
export const directionOf = (locale: Locale): "ltr" | "rtl" => (locale === "ar" ? "rtl" : "ltr");

/** Words an operator typed in several languages: `{ es: { name: "Cocina" } }`. */
export type Translations = Partial<Record<Locale, Record<string, string>>>;

/** `row[field]` in the reader's language where the operator gave it, else as written. */
export function inLocale<F extends string>(
  row: Record<F, string> & { translations: Translations },
  field: F,
  locale: Locale,
): string {
  return row.translations[locale]?.[field] || row[field];
}
