import { useText } from "#app/i18n/use-text.ts";
import type { StepProps } from "#app/posts/step-props.ts";
import { CheckboxField } from "#app/ui/index.ts";

/** Where something private seems to stand in words that everybody reads: they were told, and may leave it there. */
export function KeepWords({ errors }: Pick<StepProps, "errors">) {
  const t = useText();
  const asked = Object.values(errors).some((id) => id?.startsWith("concerns."));
  return asked && <CheckboxField name="keepWords" label={t("concerns.keep")} />;
}
