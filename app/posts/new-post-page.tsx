import { useText } from "#app/i18n/use-text.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { before, pathOf, STEPS } from "#app/posts/answers.ts";
import { Trap } from "#app/people/human/trap.tsx";
import { CheckStep } from "#app/posts/check-step.tsx";
import { KeepWords } from "#app/posts/keep-words.tsx";
import { ReachStep } from "#app/posts/reach-step.tsx";
import type { StepProps } from "#app/posts/step-props.ts";
import { WhatStep } from "#app/posts/what-step.tsx";
import { WhenStep } from "#app/posts/when-step.tsx";
import { BackLink, Button, ErrorSummary, Notice, Steps } from "#app/ui/index.ts";

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
        <KeepWords {...props} />
        <Trap />
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
