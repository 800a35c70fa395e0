import type { Text } from "#app/i18n/text.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took: "8 s", "45 min", "3 h 10 min", "2.5 days". @param seconds not negative */
export function spanWords(t: Text, seconds: number): string {
  if (seconds < MINUTE) return t("reach.seconds", { n: seconds });
  const minutes = Math.round(seconds / MINUTE);
  if (minutes < 60) return t("dashboard.span.minutes", { n: minutes });
  if (minutes < 48 * 60) return t("dashboard.span.hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
  return t("dashboard.span.days", { n: Math.round((seconds / DAY) * 10) / 10 });
}

/** How long somebody has waited, in whole steps already over: "5 hours", "3 days". Nobody has waited less than nothing. */
export function ageWords(t: Text, seconds: number): string {
  if (seconds < HOUR) return t("dashboard.for.minutes", { n: Math.max(0, Math.floor(seconds / MINUTE)) });
  if (seconds < 2 * DAY) return t("dashboard.for.hours", { n: Math.floor(seconds / HOUR) });
  return t("dashboard.for.days", { n: Math.floor(seconds / DAY) });
}
