import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { FieldView } from "#app/groups/field-answers.ts";
import { FieldInputs } from "#app/posts/field-inputs.tsx";
import { useText } from "#app/i18n/use-text.ts";
import { BackLink, Button, CheckboxField, ErrorSummary, Notice, TextField } from "#app/ui/index.ts";
import { NeedFields, useFields, type NeedProps } from "./need-page.tsx";

type Props = Pick<NeedProps, "choices" | "values" | "errors" | "formKey"> & {
  /** What the chosen kind of thing asks beside how many. */
  fields: FieldView[];
  answers: FieldAnswers;
  /** Nothing is wrong: these questions are new. */
  asks: boolean;
};

/** A need written down for somebody who called or came by: theirs, with their number and their consent. */
export function CallerPage(props: Props) {
  const t = useText();
  const { errors, formKey } = props;
  const field = useFields(props);
  return (
    <div className="measure stack">
      <BackLink href="/coordinate/posts">{t("dashboard.nav.posts")}</BackLink>
      <ErrorSummary
        title={t("posts.problem")}
        errors={Object.entries(errors).map(([name, message]) => ({ field: name, message: t(message) }))}
      />
      {props.asks && (
        <Notice look="wait" role="status">
          {t("acts.caller.asks")}
        </Notice>
      )}
      <h1>{t("acts.caller")}</h1>
      <p className="lede">{t("acts.caller.intro")}</p>
      <form method="post" noValidate>
        <input type="hidden" name="key" value={formKey} />
        {props.asks && <Asked {...props} />}
        <NeedFields {...props} />
        {!props.asks && <Asked {...props} />}
        <TextField
          {...field("phone")}
          type="tel"
          label={t("acts.caller.phone")}
          hint={t("acts.caller.phone_hint")}
          optional={t("posts.optional")}
          autoComplete="off"
        />
        <CheckboxField
          name="agreed"
          defaultChecked={props.values["agreed"] === "yes"}
          label={t("acts.caller.agreed")}
          error={errors["agreed"] && t(errors["agreed"])}
        />
        <div className="row">
          <Button look="ask">{t("messages.need.send")}</Button>
        </div>
      </form>
    </div>
  );
}

/** The questions of the kind of thing, on top while they are new. */
function Asked({ fields, answers, errors }: Props) {
  const t = useText();
  return (
    <FieldInputs kind="need" fields={fields} answers={answers} error={(name) => errors[name] && t(errors[name])} />
  );
}
