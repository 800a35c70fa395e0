import type { Translations } from "../../app/i18n/locales.ts";

type Words = [name: string, unit: string, unitOne: string];
type Visibility = "everyone" | "volunteers" | "team";
export type SeedCategory = {
  slug: string;
  expiryHours: number;
  visibility: Visibility;
  words: Words;
  translations: Translations;
};
export type SeedGroup = {
  slug: string;
  name: string;
  blurb: string;
  joining: "open" | "ask";
  translations: Translations;
  categories: SeedCategory[];
};

export const DAY = 24;
const words = ([name, unit, unit_one]: Words) => ({ name, unit, unit_one });

export function category(slug: string, expiryHours: number, en: Words, es: Words, ar: Words): SeedCategory {
  return {
    slug,
    expiryHours,
    visibility: "everyone",
    words: en,
    translations: { es: words(es), ar: words(ar) },
  };
}

/** Seen by volunteers alone unless the person who asks decides otherwise: health is nobody else's business. */
export const confidential = (given: SeedCategory): SeedCategory => ({ ...given, visibility: "volunteers" });
