import type { Ctx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";

/** The language the plain columns are in; words of others are translations. */
const BASE: Locale = "en";

/**
 * Words in a coordinator's language, for an update's `set`: of the base language they are columns, else a translation
 * beside the other columns.
 */
export function worded<T extends object>(
  { db: { sql } }: Ctx,
  locale: Locale,
  words: Record<string, string>,
  others: T,
) {
  if (locale === BASE) return { columns: { ...words, ...others }, translated: sql`` };
  const merged = sql`coalesce(translations -> ${locale}::text, '{}') || ${sql.json(words)}`;
  return { columns: others, translated: sql`, translations = jsonb_set(translations, ${[locale]}::text[], ${merged})` };
}
