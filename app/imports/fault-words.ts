import type { Text } from "#app/i18n/text.ts";
import type { Fault } from "./import.ts";

/** What is wrong and how to mend it: "Phone: write one number, such as 555 010 0199." PURE. */
export function faultWords(t: Text, { field, reason, other }: Fault): string {
  const words = t(`in.why.${reason}`, { other: other ?? "" });
  return field ? t("in.why", { field: t(`in.field.${field}`), words }) : words;
}
