import type { Locale, Translations } from "#app/i18n/locales.ts";
import type { CategoryField, FieldOption, FieldType } from "./category-field.ts";

/** How many questions and options a category may have, and how long their words may be. */
export const FIELD_LIMITS = { fields: 6, options: 30, label: 60 } as const;

/** A question as a coordinator wrote it, in their language. */
export type FieldChange = {
  /** Of the field that changes; null for a new one. */
  key: string | null;
  label: string;
  /** Of a new question; one that is there stays of its type: to change that it is taken away and asked again. Left out: a choice. */
  type?: FieldType | undefined;
  weighs: CategoryField["weighs"];
  several: boolean;
  /** New words of the options there are, by key; an empty one takes the option away, one left out stays. */
  options: Readonly<Record<string, string>>;
  /** The words of options that are added. */
  more: readonly string[];
};

/**
 * A category's fields after a change. Words of other languages stay, and so do the keys that answers are stored by:
 * renaming is no new field. A new field or option with words that another category has takes over its key and its
 * translations, so that the two can be compared.
 *
 * @param elsewhere the fields of other categories.
 * @param locale the language the change is written in.
 * @returns null when the field to change is gone.
 */
export function withField(
  fields: readonly CategoryField[],
  change: FieldChange,
  { elsewhere, locale }: { elsewhere: readonly CategoryField[]; locale: Locale },
): CategoryField[] | null {
  const { key, label, weighs, several } = change;
  if (key === null) {
    const type = change.type ?? "choice";
    const twin = elsewhere.find(
      (field) => typeOf(field) === type && isCalled(field, label) && !fields.some((one) => one.key === field.key),
    );
    const named = twin ?? newlyNamed(label, locale, fields);
    if (type !== "choice")
      return [...fields, { ...plain, key: named.key, label: named.label, translations: named.translations, type }];
    const options = [...addedTo([], change.more, locale, twin?.options ?? [])];
    return [
      ...fields,
      { key: named.key, label: named.label, translations: named.translations, weighs, several, options },
    ];
  }
  const before = fields.find((field) => field.key === key);
  if (!before) return null;
  if (typeOf(before) !== "choice") {
    const renamed = relabelled(before, label, locale);
    return fields.map((field) => (field === before ? renamed : field));
  }
  const twins = elsewhere.flatMap((field) => (field.key === key ? field.options : []));
  const kept = before.options.flatMap((option) => {
    const words = change.options[option.key];
    if (words === "") return [];
    return [words === undefined ? option : relabelled(option, words, locale)];
  });
  const options = addedTo(kept, change.more, locale, twins);
  const after = { ...relabelled(before, label, locale), weighs, several, options };
  return fields.map((field) => (field === before ? after : field));
}

/** How a question is answered; those from before there were types are choices. */
export const typeOf = ({ type }: Pick<CategoryField, "type">): FieldType => type ?? "choice";

/** What only weighs in choices. */
const plain = { weighs: "wish", several: false, options: [] as FieldOption[] } as const;

type Named = { key: string; label: string; translations: Translations };

/** The new words, where they are new, in the language they were written in; what is there in others is not touched. */
function relabelled<N extends Named>(named: N, label: string, locale: Locale): N {
  const own = named.translations[locale]?.["label"];
  if (label === (own || named.label)) return named;
  const original = own === undefined ? locale === "en" : own === named.label;
  const translated = own === undefined && original ? {} : { [locale]: { ...named.translations[locale], label } };
  return {
    ...named,
    label: original ? label : named.label,
    translations: { ...named.translations, ...translated },
  };
}

function addedTo(
  options: readonly FieldOption[],
  more: readonly string[],
  locale: Locale,
  twins: readonly FieldOption[],
): FieldOption[] {
  return more.reduce<FieldOption[]>(
    (all, label) => {
      if (all.some((option) => isCalled(option, label))) return all;
      const twin = twins.find((option) => isCalled(option, label) && !all.some(({ key }) => key === option.key));
      return [...all, twin ?? newlyNamed(label, locale, all)];
    },
    [...options],
  );
}

/** Written in Spanish first, the words are both the original and its Spanish. English needs no translation of itself. */
const newlyNamed = (label: string, locale: Locale, taken: readonly { key: string }[]): Named => ({
  key: newKey(label, taken),
  label,
  translations: locale === "en" ? {} : { [locale]: { label } },
});

const folded = (words: string) => words.normalize("NFKC").trim().toLowerCase();

/** In any language: "Diet" and "dieta" are the same question where it has both names. */
export const isCalled = (named: { label: string; translations: Translations }, words: string): boolean =>
  [named.label, ...Object.values(named.translations).map((translation) => translation["label"])].some(
    (label) => label !== undefined && folded(label) === folded(words),
  );

const KEY_LENGTH = 40;

/** Made of the words, so that a question that is taken away and asked again finds its old answers. */
function newKey(label: string, taken: readonly { key: string }[]): string {
  const plain = folded(label).normalize("NFD").replace(/\p{M}/gu, "");
  const latin = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const base = /[a-z0-9]/.test(latin) ? latin.slice(0, KEY_LENGTH) : `w-${hashOf(plain)}`;
  const isFree = (key: string) => !taken.some((one) => one.key === key);
  if (isFree(base)) return base;
  const nth = Array.from({ length: taken.length + 1 }, (_, at) => `${base}-${at + 2}`);
  return nth.find(isFree)!;
}

/** FNV-1a, 32 bits: a short name for words in other letters. */
const hashOf = (words: string): string =>
  [...words]
    .reduce((hash, letter) => Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0, 0x811c9dc5)
    .toString(36);
