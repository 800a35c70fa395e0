import type { FieldAnswers } from "#app/groups/category-field.ts";
import { answersOf, type FieldView } from "#app/groups/field-answers.ts";
import { useText } from "#app/i18n/use-text.ts";
import { FieldInputs } from "#app/posts/field-inputs.tsx";
import type { ManageAnswer } from "#app/posts/manage-page.tsx";
import type { PostKind } from "#app/posts/post.ts";
import { Button, Disclosure, NumberField, RadioGroup, TextArea, TextField } from "#app/ui/index.ts";

type FormProps = { kind: PostKind; answer?: ManageAnswer };

function useAnswer(answer: ManageAnswer | undefined) {
  const t = useText();
  return (field: string) => {
    const found = answer?.errors.find((error) => error.field === field);
    return found && t(found.message, found.facts);
  };
}

export function CloseForm({ kind, answer }: FormProps) {
  const t = useText();
  const error = useAnswer(answer);
  const label = {
    fulfilled: t(`posts.manage.fulfilled_${kind}`),
    withdrawn: t(`posts.manage.withdrawn_${kind}`),
    met_for_now: t("posts.manage.met_for_now"),
  };
  const reasons =
    kind === "need" ? (["fulfilled", "met_for_now", "withdrawn"] as const) : (["fulfilled", "withdrawn"] as const);
  const days = (
    <NumberField
      name="days"
      label={t("posts.manage.days")}
      unit={t("posts.manage.days_unit")}
      defaultValue={answer?.values["days"] ?? "7"}
      max={60}
      error={error("days")}
    />
  );
  return (
    <form method="post" noValidate>
      <RadioGroup
        name="reason"
        legend={t("posts.manage.actions")}
        options={reasons.map((value) => ({
          value,
          label: label[value],
          reveals: value === "met_for_now" && days,
        }))}
        defaultValue={answer?.values["reason"]}
        error={error("reason")}
      />
      <Button look="plain" name="act" value="close">
        {t("posts.manage.close")}
      </Button>
    </form>
  );
}

export function ReopenForm({ kind }: { kind: PostKind }) {
  const t = useText();
  return (
    <form method="post">
      <Button name="act" value="reopen">
        {t(`posts.manage.reopen_${kind}`)}
      </Button>
    </form>
  );
}

type EditProps = FormProps & { values: Record<string, string>; fields: FieldView[]; answers: FieldAnswers };

export function EditForm({ kind, answer, values: stored, fields, answers }: EditProps) {
  const t = useText();
  const error = useAnswer(answer);
  const values = answer?.values ?? stored;
  const field = (name: string) => ({ name, defaultValue: values[name] ?? "", error: error(name) });
  const optional = t("posts.optional");
  return (
    <Disclosure summary={t("posts.manage.edit")} open={Boolean(answer)}>
      <form method="post" noValidate>
        <TextField {...field("title")} label={t("posts.what.words")} maxLength={120} />
        <TextArea {...field("details")} label={t("posts.what.more")} optional={optional} maxLength={2000} />
        <NumberField {...field("quantity")} label={t("posts.what.quantity")} />
        <RadioGroup
          name="when"
          legend={t("posts.page.when")}
          defaultValue={values["when"] ?? "keep"}
          error={error("when")}
          options={[
            { value: "keep", label: t("posts.manage.when_keep") },
            ...(["today", "days", "open"] as const).map((value) => ({
              value,
              label: t(`posts.when.${value}_choice_${kind}`),
            })),
          ]}
        />
        <FieldInputs kind={kind} fields={fields} answers={answer ? answersOf(fields, values) : answers} error={error} />
        <TextField {...field("place")} label={t(`posts.where.place_${kind}`)} optional={optional} maxLength={80} />
        <TextField {...field("address")} label={t("posts.where.address")} optional={optional} maxLength={300} />
        <TextArea {...field("privateNote")} label={t("posts.where.note")} optional={optional} maxLength={1000} />
        <Button name="act" value="edit">
          {t("posts.manage.save")}
        </Button>
      </form>
    </Disclosure>
  );
}
