import { useText } from "#app/i18n/use-text.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { before, pathOf, STEPS, type Answers, type Step } from "#app/posts/answers.ts";
import { CheckStep, type Summary } from "#app/posts/check-step.tsx";
import type { PostKind } from "#app/posts/post.ts";
import { ReachStep } from "#app/posts/reach-step.tsx";
import { WhatStep, type Choices } from "#app/posts/what-step.tsx";
import { WhenStep } from "#app/posts/when-step.tsx";
import { BackLink, Button, ErrorSummary, Notice, Steps } from "#app/ui/index.ts";

/** Everything a screen shows: what was answered (as typed), and what is wrong with it. */
export type StepProps = {
  kind: PostKind;
  step: Step;
  answers: Answers;
  errors: Partial<Record<string, MessageId>>;
  choices: Choices;
  preset: string | null;
  /** The person is signed in, so we can reach them already. */
  know: boolean;
  summary: Summary | null;
  changing: boolean;
  lost: boolean;
};

/** One screen of a new need or offer: a plain form that posts to its own address. */
export function NewPostPage(props: StepProps) {
  const t = useText();
  const { kind, step } = props;
  const back = before(step);
  const wrong = Object.entries(props.errors).filter((entry): entry is [string, MessageId] => entry[1] !== undefined);
  const href = props.changing ? pathOf(kind, "check") : back ? pathOf(kind, back) : "/";
  return (
    <>
      <BackLink href={href}>{t("posts.back")}</BackLink>
      <ErrorSummary
        title={t("posts.problem")}
        errors={wrong.map(([field, message]) => ({ field: idOf(field, props), message: t(message) }))}
      />
      {props.lost && (
        <Notice look="wait" role="status">
          {t("posts.lost")}
        </Notice>
      )}
      <form method="post" noValidate className="stack">
        <Steps current={STEPS.indexOf(step) + 1} total={STEPS.length}>
          {t("posts.step", { step: STEPS.indexOf(step) + 1, total: STEPS.length })}
        </Steps>
        <StepFields {...props} />
        {props.changing && <input type="hidden" name="change" value="1" />}
        <Button wide>{step === "check" ? t(`posts.send_${kind}`) : t("posts.continue")}</Button>
      </form>
    </>
  );
}

/** The radios of the first screen stand in one list per group; its error leads to the first list. */
const idOf = (field: string, { choices }: StepProps) => (field === "what" ? `what-${choices[0]?.slug ?? ""}` : field);

function StepFields(props: StepProps) {
  switch (props.step) {
    case "what":
      return <WhatStep {...props} />;
    case "when":
      return <WhenStep {...props} />;
    case "reach":
      return <ReachStep {...props} />;
    case "check":
      return props.summary && <CheckStep {...props} summary={props.summary} />;
  }
}

/** The sentence of a field's error in the reader's language, for the field itself. */
export function useErrors({ errors }: Pick<StepProps, "errors">) {
  const t = useText();
  return (field: string) => {
    const message = errors[field];
    return message && t(message);
  };
}
