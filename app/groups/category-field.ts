import type { Translations } from "#app/i18n/locales.ts";

/** One thing to choose in a field: `halal`, "Halal". */
export type FieldOption = { key: string; label: string; translations: Translations };

/** How a question is answered. Only `choice` weighs when matching; the others are for people to read. */
export const FIELD_TYPES = ["choice", "text", "number", "yes_no", "date"] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

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
  /** Left out: `choice`, as all were once. */
  type?: FieldType;
  weighs: "must" | "wish";
  /** May several options be chosen? */
  several: boolean;
  options: FieldOption[];
};

/** The chosen options by field, or the one thing that was said to a question of another type; a field nobody answered is left out. */
export type FieldAnswers = Record<string, string[]>;
