import type { AnswerWords } from "#app/groups/field-answers.ts";
import { sayAnswer } from "#app/groups/typed-answers.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { DescriptionList } from "#app/ui/index.ts";

/** What was said to the questions of a category; nothing where nothing was. */
export function AnswerList({ answers }: { answers: AnswerWords[] }) {
  const t = useText();
  const locale = useLocale();
  if (answers.length === 0) return null;
  return (
    <DescriptionList
      items={answers.map((answer) => ({
        term: <bdi>{answer.label}</bdi>,
        value: <bdi>{sayAnswer(t, locale, answer)}</bdi>,
      }))}
    />
  );
}
