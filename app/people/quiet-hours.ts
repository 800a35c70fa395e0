import { tzOffset } from "@date-fns/tz";

export type QuietHours = {
  /** IANA name. */
  timeZone: string;
  /** Whole local hours 0 to 23: from `quietFrom` until `quietTo` nothing arrives that can wait. Equal: never quiet. */
  quietFrom: number;
  quietTo: number;
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Every zone's clocks stand, and change, at a whole quarter of an hour. */
const QUARTER = 15 * MINUTE;

/**
 * `now`, or the first instant outside the quiet hours `now` lies in: at most 25 hours later, on the night of a change too.
 * (Unless one hour a day is open and spring leaves it out: then a day later.)
 */
export function afterQuietHours(now: Date, { timeZone, quietFrom, quietTo }: QuietHours): Date {
  const offsetAt = (ms: number) => tzOffset(timeZone, new Date(ms)) * MINUTE;
  const hourAt = (ms: number, offset = offsetAt(ms)) => Math.floor((ms + offset) / HOUR) % 24;
  const isQuiet = (hour: number) =>
    quietFrom <= quietTo ? hour >= quietFrom && hour < quietTo : hour >= quietFrom || hour < quietTo;

  const offset = offsetAt(now.getTime());
  const hour = hourAt(now.getTime(), offset);
  if (!isQuiet(hour)) return now;
  const thisHour = now.getTime() - ((now.getTime() + offset) % HOUR);
  const end = thisHour + ((quietTo - hour + 24) % 24) * HOUR;
  if (offsetAt(end) === offset) return new Date(end);

  let at = Math.ceil(now.getTime() / QUARTER) * QUARTER;
  while (isQuiet(hourAt(at))) at += QUARTER;
  return new Date(at);
}

/** As `afterQuietHours`, where several say when it is quiet; where they leave no hour at all, each has its night once. */
export function afterAllQuietHours(now: Date, all: readonly QuietHours[]): Date {
  let at = now;
  for (let round = 0; round <= all.length; round++) {
    const later = all.reduce((until, hours) => afterQuietHours(until, hours), at);
    if (later.getTime() === at.getTime()) break;
    at = later;
  }
  return at;
}

/** The hour of the day in a zone, 0 to 23. */
export const localHour = (now: Date, timeZone: string): number =>
  Math.floor((now.getTime() + tzOffset(timeZone, now) * MINUTE) / HOUR) % 24;
