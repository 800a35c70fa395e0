import { useText } from "#app/i18n/use-text.ts";
import { pathOf } from "#app/posts/answers.ts";
import type { StepProps, Summary } from "#app/posts/step-props.ts";
import { useErrors } from "#app/posts/use-errors.ts";
import type { Visibility } from "#app/posts/post.ts";
import { Notice, RadioGroup, SummaryList } from "#app/ui/index.ts";

const WHO = ["everyone", "volunteers", "team"] as const satisfies Visibility[];

/** Is this right? Each line leads back to its question and returns here in one Continue. */
export function CheckStep(props: StepProps & { summary: Summary }) {
  const t = useText();
  const { kind, summary, answers } = props;
  const error = useErrors(props);
  return (
    <>
      <h1>{t("posts.check.title")}</h1>
      <SummaryList
        rows={summary.rows.map(({ step, term, value, typed }) => ({
          term,
          value: value === null ? t("posts.check.nothing") : typed ? <bdi>{value}</bdi> : value,
          change: {
            href: `${pathOf(kind, step)}?change=1`,
            text: t("posts.check.change"),
            full: t("posts.check.change_what", { what: term }),
          },
        }))}
      />
      <RadioGroup
        name="visibility"
        legend={t("posts.check.who")}
        defaultValue={answers.visibility || summary.visibility}
        error={error("visibility")}
        options={WHO.map((value) => ({
          value,
          label: t(`posts.who.${value}`),
          hint: t(`posts.who.${value}_hint`),
        }))}
      />
      {summary.waits && <Notice>{t("posts.check.waits")}</Notice>}
      {summary.texts && <p className="meta">{t("posts.check.consent")}</p>}
    </>
  );
}
