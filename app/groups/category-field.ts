import type { Translations } from "#app/i18n/locales.ts";

/** One thing to choose in a field: `halal`, "Halal". */
export type FieldOption = { key: string; label: string; translations: Translations };

/**
 * What a category asks beside how many: which diet, which size, which skill. `translations` of a field hold `label`.
 *
 * - `must`: what the need asks for, the offer has to have (a diet). A hard limit when matching.
 * - `wish`: the more of it the better (a size).
 */
export type CategoryField = {
  /** Letters and hyphens; of the field, unique in its category. Categories that serve each other share keys. */
  key: string;
  label: string;
  translations: Translations;
  weighs: "must" | "wish";
  /** May several options be chosen? */
  several: boolean;
  options: FieldOption[];
};

/** The chosen options by field; a field nobody answered is left out. */
export type FieldAnswers = Record<string, string[]>;
