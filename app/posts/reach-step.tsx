import { LOCALE_NAMES, LOCALES } from "#app/i18n/locales.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import type { StepProps } from "#app/posts/step-props.ts";
import { useErrors } from "#app/posts/use-errors.ts";
import { CheckboxField, Notice, SelectField, TextField } from "#app/ui/index.ts";

/** How to tell them: by text, or not at all. What was typed is shown back as typed. */
export function ReachStep(props: StepProps) {
  const t = useText();
  const locale = useLocale();
  const { kind, answers, know } = props;
  const error = useErrors(props);
  return (
    <>
      <h1>{t("posts.reach.title")}</h1>
      {know && <Notice>{t("posts.reach.known")}</Notice>}
      <TextField
        name="phone"
        type="tel"
        autoComplete="tel"
        label={t("posts.reach.phone")}
        hint={t(`posts.reach.phone_hint_${kind}`)}
        optional={know ? t("posts.optional") : undefined}
        defaultValue={answers.phone}
        maxLength={40}
        error={error("phone")}
      />
      {!know && (
        <CheckboxField name="noPhone" label={t("posts.reach.no_phone")} defaultChecked={Boolean(answers.noPhone)} />
      )}
      <TextField
        name="name"
        autoComplete="nickname"
        label={t("posts.reach.name")}
        hint={t("posts.reach.name_hint")}
        optional={t("posts.optional")}
        defaultValue={answers.name}
        maxLength={80}
        error={error("name")}
      />
      <CheckboxField
        name="discreet"
        label={t("discreet.label")}
        hint={t("discreet.hint")}
        defaultChecked={Boolean(answers.discreet)}
      />
      <SelectField
        name="textLocale"
        label={t("posts.reach.language")}
        defaultValue={answers.textLocale || locale}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        error={error("textLocale")}
      />
    </>
  );
}
