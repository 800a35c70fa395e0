import type { AnswerWords } from "#app/groups/field-answers.ts";
import { useLocale } from "#app/i18n/use-text.ts";
import { DescriptionList } from "#app/ui/index.ts";

/** What was said to the questions of a category; nothing where nothing was. */
export function AnswerList({ answers }: { answers: AnswerWords[] }) {
  const list = new Intl.ListFormat(useLocale(), { type: "unit" });
  if (answers.length === 0) return null;
  return (
    <DescriptionList
      items={answers.map(({ label, chosen }) => ({
        term: <bdi>{label}</bdi>,
        value: <bdi>{list.format(chosen)}</bdi>,
      }))}
    />
  );
}
