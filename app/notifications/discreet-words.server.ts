import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { plainLetters } from "#app/sms/segments.ts";

/** A text that tells whoever else reads this phone nothing: there is news, and a link to it. */
export function discreetWords(
  { locale = "en", first = false }: { locale?: Locale; first?: boolean },
  link: string,
): string {
  const t = textFor(locale);
  const text = t("discreet.text", { link });
  const whole = first ? `${text} ${t("notifications.stop")}` : text;
  return locale === "ar" ? whole : plainLetters(whole);
}
