import { inLocale, type Locale } from "#app/i18n/locales.ts";
import type { CategoryField, FieldAnswers, FieldType } from "./category-field.ts";
import { answerFault, readTyped } from "./typed-answers.ts";

/** A field in the reader's language. */
export type FieldView = Pick<CategoryField, "key" | "weighs" | "several"> & {
  type: FieldType;
  label: string;
  options: { key: string; label: string }[];
};

export const fieldViews = (fields: readonly CategoryField[], locale: Locale): FieldView[] =>
  fields.map((field) => ({
    key: field.key,
    label: inLocale(field, "label", locale),
    type: field.type ?? "choice",
    weighs: field.weighs,
    several: field.several,
    options: field.options.map((option) => ({ key: option.key, label: inLocale(option, "label", locale) })),
  }));

type Asked = Pick<FieldView, "key" | "several"> & { type?: FieldType | undefined } & { options: { key: string }[] };

/**
 * What was chosen, of the fields that are asked: each option once, in the field's order; what nobody asks is dropped.
 * To questions of other types one thing may be said, of their type.
 *
 * @returns `wrong`: the keys of fields whose answer is not among their options, not of their type, or several where one is asked.
 */
export function checkAnswers(
  fields: readonly Asked[],
  given: Readonly<FieldAnswers>,
): { answers: FieldAnswers; wrong: string[] } {
  const asked = fields.filter(({ key }) => Object.hasOwn(given, key));
  const chosen = asked.map((field) => {
    if (field.type && field.type !== "choice") return typed(field.key, field.type, given[field.key] ?? []);
    const keys = new Set(given[field.key]);
    const known = field.options.flatMap(({ key }) => (keys.has(key) ? [key] : []));
    return { key: field.key, known, fits: known.length === keys.size && (field.several || keys.size < 2) };
  });
  return {
    answers: Object.fromEntries(chosen.map(({ key, known }) => [key, known])),
    wrong: chosen.flatMap(({ key, fits }) => (fits ? [] : [key])),
  };
}

function typed(key: string, type: Exclude<FieldType, "choice">, given: readonly string[]) {
  const said = given.filter((words) => words.trim() !== "");
  const known = said.map((words) => readTyped(type, words));
  return { key, known: known.filter((words) => words !== null), fits: known.length < 2 && !known.includes(null) };
}

/** Without the fields nobody answered: how answers are stored with a new post. */
export const saidOnly = (answers: FieldAnswers): FieldAnswers =>
  Object.fromEntries(Object.entries(answers).filter(([, chosen]) => chosen.length > 0));

/** Of what was answered, all that a category asks and takes; nothing where there is no category. */
export const knownAnswers = (category: { fields: readonly Asked[] } | null, answers: FieldAnswers = {}): FieldAnswers =>
  saidOnly(checkAnswers(category?.fields ?? [], answers).answers);

/**
 * New answers beside the stored ones. An option its author chose but which is no longer offered cannot be ticked again,
 * so it stays unless something else took its place.
 */
export function keepGone(fields: readonly Asked[], stored: FieldAnswers, given: FieldAnswers): FieldAnswers {
  return Object.fromEntries(
    Object.entries(given).map(([key, chosen]) => {
      const field = fields.find((one) => one.key === key);
      if (field?.type && field.type !== "choice") return [key, chosen];
      const gone = (stored[key] ?? []).filter((option) => !field?.options.some((known) => known.key === option));
      return [key, field?.several === false && chosen.length > 0 ? chosen : [...chosen, ...gone]];
    }),
  );
}

/** An answered field: "Diet", ["Halal", "No nuts"] in the reader's words; of other types as stored, for `sayAnswer`. */
export type AnswerWords = { key: string; label: string; type: FieldType; chosen: string[] };

/** In the fields' order; options and fields that are no longer asked are not shown. */
export function answerWords(fields: readonly FieldView[], answers: FieldAnswers): AnswerWords[] {
  return fields.flatMap(({ key, label, type, options }): AnswerWords[] => {
    const said = answers[key] ?? [];
    if (type !== "choice") return said.length > 0 ? [{ key, label, type, chosen: said }] : [];
    const chosen = options.flatMap((option) => (answers[key]?.includes(option.key) ? [option.label] : []));
    return chosen.length > 0 ? [{ key, label, type, chosen }] : [];
  });
}

/** What a form answered of the fields it asked, as it was chosen, and by input what is wrong with it. PURE. */
export function readAnswers(fields: readonly FieldView[], values: Readonly<Partial<Record<string, string>>>) {
  const given = answersOf(fields, values);
  const { answers, wrong } = checkAnswers(fields, given);
  const faults = fields.filter(({ key }) => wrong.includes(key));
  const errors = Object.fromEntries(faults.map(({ key, type }) => [answerName(key), answerFault(type)]));
  return { given, answers: saidOnly(answers), errors };
}

/** The input of a field in a form, and the one that lists the fields a form asked. */
export const answerName = (key: string) => `answers.${key}`;
export const ASKED = "asked";

/**
 * The answers of a form's fields, several on lines of their own; empty where nothing was chosen. A field the form did
 * not ask, because it was added since, is left out.
 */
export function answersOf(fields: readonly Asked[], values: Readonly<Partial<Record<string, string>>>): FieldAnswers {
  const asked = new Set((values[ASKED] ?? "").split(/\s/));
  return Object.fromEntries(
    fields.flatMap(({ key }) =>
      asked.has(key) ? [[key, (values[answerName(key)] ?? "").split("\n").filter(Boolean)]] : [],
    ),
  );
}
