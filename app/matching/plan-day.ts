import { dateFormat } from "#app/i18n/date-format.ts";
import type { Locale } from "#app/i18n/locales.ts";

/** The calendar day at a moment, as `2026-11-24`, in a time zone (IANA name). */
export const dayAt = (at: Date, zone: string): string =>
  dateFormat("sv-SE", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);

/** The day so many days later. */
export function daysLater(day: string, days: number): string {
  const at = noonOf(day);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** A day that is one, or null. */
export function parseDay(text: string | null): string | null {
  if (!text || !/^20\d\d-\d\d-\d\d$/.test(text)) return null;
  const at = noonOf(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : null;
}

/** "Tuesday, November 24" */
export const dayName = (locale: Locale, day: string): string =>
  dateFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" }).format(noonOf(day));

/** "Tue, Nov 24" */
export const shortDayName = (locale: Locale, day: string): string =>
  dateFormat(locale, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" }).format(noonOf(day));

const noonOf = (day: string): Date => new Date(`${day}T12:00:00Z`);
