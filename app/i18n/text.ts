import { setupI18n, type I18n } from "@lingui/core";
import type { MessageId } from "./compiled/message-id.ts";
import type { Locale } from "./locales.ts";

/** Says a message in one language: `t("claims.claimed", { quantity: 3 })`. Values are numbers, words or dates. */
export type Text = (id: MessageId, values?: Record<string, string | number | Date>) => string;

type Compiled = { messages: unknown };

/** One `I18n` for one language; never shared between languages, so requests cannot mix them up. */
export function makeI18n(locale: Locale, compiled: Compiled): I18n {
  return setupI18n({ locale, messages: { [locale]: compiled.messages as Record<string, string> } });
}

export const textOf =
  (i18n: I18n): Text =>
  (id, values) =>
    i18n._(id, values);
