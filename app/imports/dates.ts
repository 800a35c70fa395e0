import { TZDate } from "@date-fns/tz";

/** What `1/2/2026` means: the month or the day first. */
export type DateOrder = "mdy" | "dmy";

/** A moment, or a whole day of the installation's zone. */
export type ReadDate = { at: Date; wholeDay: boolean };

const MONTHS = [
  ["jan", "ene", "يناير"],
  ["feb", "feb", "فبراير"],
  ["mar", "mar", "مارس"],
  ["apr", "abr", "أبريل"],
  ["may", "may", "مايو"],
  ["jun", "jun", "يونيو"],
  ["jul", "jul", "يوليو"],
  ["aug", "ago", "أغسطس"],
  ["sep", "sep", "سبتمبر"],
  ["oct", "oct", "أكتوبر"],
  ["nov", "nov", "نوفمبر"],
  ["dec", "dic", "ديسمبر"],
];
/** Day 0 of Excel's calendar, as it counts from March 1900 on (its February 29 of that year never was). */
const EXCEL_ZERO = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;
/** Of Excel's days: 1954 to 2119. */
const [FIRST_SERIAL, LAST_SERIAL] = [20_000, 80_000];
const NUMBERS = /^(\d{1,4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})$/;
const TIME = /[\sT,]+(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*(am|pm|a\.\s?m\.|p\.\s?m\.)?$/i;

/**
 * A date as people and spreadsheets write one: ISO 8601, `1/2/2026`, `3.11.26` (with dots the day is first), `Nov 3, 2026`, `3 de noviembre de 2026`, Excel's
 * count of days (`45123` or `45123.5`), each maybe with a time. Of the zone unless it says its own. PURE.
 *
 * @returns null for anything else, also for days that are none (`31/2/2026`).
 */
export function readDate(text: string, { order, zone }: { order: DateOrder; zone: string }): ReadDate | null {
  const typed = text.trim();
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/.test(typed)) {
    const at = new Date(typed);
    return Number.isNaN(at.getTime()) ? null : { at, wholeDay: false };
  }
  if (/^\d{5}([.,]\d+)?$/.test(typed)) return fromSerial(Number(typed.replace(",", ".")), zone);
  const time = TIME.exec(typed);
  const hasTime = time !== null && (time[2] !== undefined || time[3] !== undefined);
  const day = dayOf(hasTime ? typed.slice(0, time.index) : typed, order);
  if (!day) return null;
  const clock = hasTime ? clockOf(time) : [0, 0];
  return clock && moment([...day, ...clock] as Parts, zone, !hasTime);
}

type Parts = [year: number, month: number, day: number, hour: number, minute: number];

function fromSerial(serial: number, zone: string): ReadDate | null {
  if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return null;
  const wall = new Date(EXCEL_ZERO + Math.round(serial * DAY));
  const parts: Parts = [
    wall.getUTCFullYear(),
    wall.getUTCMonth() + 1,
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
  ];
  return moment(parts, zone, Number.isInteger(serial));
}

function dayOf(text: string, order: DateOrder): [number, number, number] | null {
  const found = NUMBERS.exec(text.trim());
  if (found) {
    const [first, second, third] = found.slice(1).map(Number) as [number, number, number];
    if (found[1]!.length === 4) return [first, second, third];
    const dayFirst = order === "dmy" || text.includes(".") || first > 12;
    const year = found[3]!.length <= 2 ? 2000 + third : third;
    return dayFirst && second <= 12 ? [year, second, first] : [year, first, second];
  }
  const words = text
    .toLowerCase()
    .split(/[\s,./-]+/)
    .filter((word) => word !== "" && word !== "de" && word !== "del" && word !== "of");
  const month = MONTHS.findIndex((names) => words.some((word) => names.some((name) => word.startsWith(name)))) + 1;
  const numbers = words.map((word) => /^(\d{1,4})(st|nd|rd|th)?$/.exec(word)?.[1]).filter((word) => word !== undefined);
  if (month === 0 || numbers.length !== 2) return null;
  const [a, b] = numbers.map(Number) as [number, number];
  if (numbers[0]!.length === 4) return [a, month, b];
  return [numbers[1]!.length === 4 ? b : 2000 + b, month, a];
}

function clockOf([, hours = "0", minutes = "0", half]: RegExpExecArray): [number, number] | null {
  const hour = Number(hours);
  if (hour > 23 || Number(minutes) > 59 || (half && (hour === 0 || hour > 12))) return null;
  if (!half) return [hour, Number(minutes)];
  return [(hour % 12) + (/^p/i.test(half) ? 12 : 0), Number(minutes)];
}

function moment([year, month, day, hour, minute]: Parts, zone: string, wholeDay: boolean): ReadDate | null {
  const at = new TZDate(year, month - 1, day, hour, minute, zone);
  if (year < 1970 || at.getFullYear() !== year || at.getMonth() !== month - 1 || at.getDate() !== day) return null;
  return { at: new Date(at.getTime()), wholeDay };
}

/** By the dates that can be read in one way only; null where there is none. PURE. */
export function guessOrder(texts: readonly string[]): DateOrder | null {
  let [mdy, dmy] = [0, 0];
  for (const text of texts) {
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}/.exec(text.trim());
    if (!found) continue;
    if (Number(found[1]) > 12) dmy += 1;
    if (Number(found[2]) > 12) mdy += 1;
  }
  return mdy === dmy ? null : mdy > dmy ? "mdy" : "dmy";
}
