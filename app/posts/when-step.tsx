import { useText } from "#app/i18n/use-text.ts";
import { FieldInputs } from "#app/posts/field-inputs.tsx";
import type { StepProps } from "#app/posts/step-props.ts";
import { useErrors } from "#app/posts/use-errors.ts";
import { Disclosure, RadioGroup, TextArea, TextField } from "#app/ui/index.ts";

/** When and where. Not being sure where is fine; a street is asked for only apart, and kept sealed. */
export function WhenStep(props: StepProps) {
  const t = useText();
  const { kind, answers } = props;
  const error = useErrors(props);
  return (
    <>
      <RadioGroup
        heading
        name="when"
        legend={t(`posts.when.title_${kind}`)}
        defaultValue={answers.when}
        error={error("when")}
        options={(["today", "days", "open"] as const).map((value) => ({
          value,
          label: t(`posts.when.${value}_choice_${kind}`),
        }))}
      />
      <TextField
        name="place"
        label={t(`posts.where.place_${kind}`)}
        hint={t("posts.where.hint")}
        optional={t("posts.optional")}
        choices={props.places}
        defaultValue={answers.place}
        maxLength={80}
        error={error("place")}
      />
      <FieldInputs kind={kind} fields={props.fields} answers={answers.fields ?? {}} error={error} />
      <Disclosure
        summary={t("posts.where.private")}
        open={Boolean(answers.address || answers.privateNote || error("address") || error("privateNote"))}
      >
        <TextField
          name="address"
          label={t("posts.where.address")}
          hint={t(`posts.where.private_hint_${kind}`)}
          optional={t("posts.optional")}
          autoComplete="street-address"
          defaultValue={answers.address}
          maxLength={300}
          error={error("address")}
        />
        <TextArea
          name="privateNote"
          label={t("posts.where.note")}
          hint={t("posts.where.note_hint")}
          optional={t("posts.optional")}
          defaultValue={answers.privateNote}
          maxLength={1000}
          error={error("privateNote")}
        />
      </Disclosure>
    </>
  );
}
