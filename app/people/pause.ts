import { TZDate } from "@date-fns/tz";

/** The first moment of a day (`2026-11-30`) in a time zone; null when there is no such day. */
export function startOfDayIn(day: string, timeZone: string): Date | null {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const start = new TZDate(year, month - 1, date, timeZone);
  return start.getMonth() === month - 1 && start.getDate() === date ? new Date(start.getTime()) : null;
}

/** The day a moment lies in, as a date field wants it. */
export function dayIn(at: Date, timeZone: string): string {
  const local = new TZDate(at, timeZone);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(local.getFullYear()).padStart(4, "0")}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
}
