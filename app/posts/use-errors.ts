import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { useText } from "#app/i18n/use-text.ts";

/** The sentence of a field's error in the reader's language, for the field itself. */
export function useErrors({ errors }: { errors: Partial<Record<string, MessageId>> }) {
  const t = useText();
  return (field: string) => {
    const message = errors[field];
    return message && t(message);
  };
}
