import { useLingui } from "@lingui/react";
import { useMemo } from "react";
import type { Locale } from "./locales.ts";
import { textOf, type Text } from "./text.ts";

/** The reader's language in a view: `const t = useText()`. */
export function useText(): Text {
  const { i18n } = useLingui();
  return useMemo(() => textOf(i18n), [i18n]);
}

export function useLocale(): Locale {
  return useLingui().i18n.locale as Locale;
}
