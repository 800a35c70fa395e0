import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { hide } from "#app/people/hiding/hide.ts";
import { shorten } from "#app/notifications/wording.ts";
import { plainLetters, segmentsOf } from "#app/sms/segments.ts";

/** What every text of a conversation is made of. `who`: the other side as the reader knows them. */
export type Frame = {
  group: { name: string; translations: Translations };
  who: string | null;
  code: string;
  title: string;
  /** The first text this person ever gets from us says how to stop them. */
  stop: boolean;
};

/** A text is paid by the piece; what is longer is cut, and the page has all of it. */
const MOST_SEGMENTS = 3;

export type Framing = { t: Text; locale: Locale };

/**
 * Somebody's words as a text to the other side: the first names who writes, about what, and how to answer or end it.
 *
 * @param said already without what must be hidden.
 * @param link the reader's own page, for what does not fit.
 */
export function wordsText(
  { t, locale }: Framing,
  frame: Frame,
  { said, first, link }: { said: string; first: boolean; link: string },
): string {
  const line = said.replace(/\s+/g, " ").trim();
  const framed = (words: string) =>
    finish({ t, locale }, frame, t(`relay.text.${first ? "first" : "next"}`, { ...valuesOf(t, locale, frame), words }));
  const whole = framed(line);
  if (segmentsOf(whole).count <= MOST_SEGMENTS) return whole;
  const letters = [...line];
  const cut = (n: number) => framed(`${letters.slice(0, n).join("").trimEnd()}.. ${t("relay.text.more", { link })}`);
  let fits = 0;
  for (let step = letters.length; step >= 1; step = Math.floor(step / 2)) {
    while (fits + step <= letters.length && segmentsOf(cut(fits + step)).count <= MOST_SEGMENTS) fits += step;
  }
  return cut(fits);
}

/** A sentence of ours about the conversation. */
export function noticeText(
  { t, locale }: Framing,
  frame: Frame,
  what: "asks_share" | "number" | "no_number" | "ended",
  number = "",
): string {
  return finish({ t, locale }, frame, t(`relay.text.${what}`, { ...valuesOf(t, locale, frame), number }));
}

function valuesOf(t: Text, locale: Locale, { group, who, code, title }: Frame) {
  return {
    group: shorten(inLocale(group, "name", locale), 16),
    who: who ? shorten(who, 14) : t("notifications.someone"),
    code,
    title: shorten(hide(title, { word: t("relay.hidden") }), 26),
  };
}

function finish({ t, locale }: Framing, { stop }: Frame, text: string): string {
  const whole = stop ? `${text} ${t("notifications.stop")}` : text;
  return locale === "ar" ? whole : plainLetters(whole);
}
