import { TZDate } from "@date-fns/tz";
import { addDays, addHours, set } from "date-fns";
import { dateFormat } from "#app/i18n/date-format.ts";
import type { Locale } from "#app/i18n/locales.ts";

/** A moment as a reader says it: which day it is from where they stand, the hour, and the date for days further off. */
export type Said = { day: "yesterday" | "today" | "tomorrow" | "other"; time: string; date: string };

/** @param timeZone of the reader, an IANA name such as `America/New_York` */
export function said(at: Date, now: Date, locale: Locale, timeZone: string): Said {
  const format = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, { timeZone, ...options }).format(at);
  const days = { yesterday: addDays(now, -1), today: now, tomorrow: addDays(now, 1) };
  const dayOf = (moment: Date) => new TZDate(moment, timeZone).toDateString();
  const day = (Object.keys(days) as (keyof typeof days)[]).find((key) => dayOf(days[key]) === dayOf(at));
  return {
    day: day ?? "other",
    time: format({ hour: "numeric", minute: "2-digit" }),
    date: format({ weekday: "long", day: "numeric", month: "long" }),
  };
}

/** A time to name without typing one: `value` is the instant (ISO 8601). */
export type EtaChoice = { value: string } & Said;

/** Round times in the reader's next days, the soonest first: in two hours, this evening, tomorrow, the day after. */
export function etaChoices(now: Date, locale: Locale, timeZone: string): EtaChoice[] {
  const here = new TZDate(now, timeZone);
  const at = (days: number, hours: number) =>
    set(addDays(here, days), { hours, minutes: 0, seconds: 0, milliseconds: 0 });
  const soon = set(addHours(here, 2), { minutes: 0, seconds: 0, milliseconds: 0 });
  const moments = [soon, at(0, 12), at(0, 18), at(0, 21), at(1, 12), at(1, 18), at(2, 18), at(3, 18)]
    .map((moment) => moment.getTime())
    .filter((moment) => moment >= soon.getTime());
  return [...new Set(moments)]
    .toSorted((a, b) => a - b)
    .map((moment) => {
      const value = new Date(moment);
      return { value: value.toISOString(), ...said(value, now, locale, timeZone) };
    });
}
