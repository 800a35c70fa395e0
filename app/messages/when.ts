import { dateFormat, relativeFormat } from "#app/i18n/date-format.ts";
import type { Locale } from "#app/i18n/locales.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** "5 minutes ago", "yesterday"; after a week the day. */
export function agoWords(at: Date, now: Date, locale: Locale, timeZone: string): string {
  const ago = Math.max(0, now.getTime() - at.getTime());
  const words = relativeFormat(locale);
  if (ago < MINUTE) return words.format(0, "second");
  if (ago < HOUR) return words.format(-Math.floor(ago / MINUTE), "minute");
  if (ago < DAY) return words.format(-Math.floor(ago / HOUR), "hour");
  if (ago < 7 * DAY) return words.format(-Math.floor(ago / DAY), "day");
  return dateFormat(locale, { timeZone, day: "numeric", month: "short", year: "numeric" }).format(at);
}

/** The moment itself: "Mon, Nov 23, 2:14 AM". */
export const momentWords = (at: Date, locale: Locale, timeZone: string): string =>
  dateFormat(locale, {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
  }).format(at);
