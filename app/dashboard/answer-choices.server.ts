import type { PersonCtx } from "#app/core/ctx.ts";
import type { CategoryField } from "#app/groups/category-field.ts";
import { inLocale, type Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import type { GroupInView } from "./scope.server.ts";

/** Of these groups' questions, what the list can be narrowed to: each option, yes and no; of words, numbers and days that there are any. */
export async function answerChoices(ctx: PersonCtx, groups: readonly GroupInView[], t: Text, locale: Locale) {
  const rows = await ctx.db.sql<{ fields: CategoryField[] }[]>`
    select fields from categories
    where group_id = any(${groups.map(({ id }) => id)}::uuid[]) and fields <> '[]' and archived_at is null order by position`;
  const choices = rows.flatMap(({ fields }) => fields.flatMap((field) => choicesOf(field, t, locale)));
  return [...new Map(choices.map((choice) => [choice.value, choice])).values()];
}

function choicesOf(field: CategoryField, t: Text, locale: Locale): { value: string; label: string }[] {
  const question = inLocale(field, "label", locale);
  const choice = (key: string, answer: string) => ({
    value: `${field.key}=${key}`,
    label: t("triage.answer.is", { question, answer }),
  });
  switch (field.type ?? "choice") {
    case "choice":
      return field.options.map((option) => choice(option.key, inLocale(option, "label", locale)));
    case "yes_no":
      return [choice("yes", t("fields.yes")), choice("no", t("fields.no"))];
    default:
      return [choice("*", t("triage.answer.any"))];
  }
}
