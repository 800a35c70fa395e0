import type { MessageId } from "#app/i18n/compiled/message-id.ts";

export type CategoryChoice = { id: string; name: string; group: string };

/** What is wrong with one of the page's forms, as it was typed. `form`: its name; fields have it before their own. */
export type FitsAnswer = {
  form: string;
  values: Record<string, string>;
  errors: { field: string; message: MessageId }[];
};

/** The form that says what else helps; the others are one a question, or one a category for a new one. */
export const FIT_FORM = "fit";
export const fieldForm = (category: string, key: string | null) => `ask-${category}-${key ?? "new"}`;

export const fieldId = (form: string, field: string) => `${form}-${field}`;

/** The words of an error and what was typed, where the answer is about this form. */
export function inForm(form: string, answer: FitsAnswer | undefined, t: (id: MessageId) => string) {
  const mine = answer?.form === form ? answer : undefined;
  const error = (field: string) => {
    const found = mine?.errors.find((one) => one.field === fieldId(form, field));
    return found && t(found.message);
  };
  return { typed: mine?.values, error };
}
