/** The needs first asked for in a week that begins on a Monday (midnight UTC), and what had become of them in time. */
export type Cohort = {
  /** The Monday: `2026-11-23`. */
  week: string;
  asked: number;
  /** Met within 7 and 14 days of asking. Null while that much time has not passed for all of them. */
  met7: number | null;
  met14: number | null;
};

export const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** The Unix epoch was a Thursday; the Monday before it. */
const A_MONDAY = -3 * DAY_MS;

export const mondayOf = (moment: Date): Date =>
  new Date(Math.floor((moment.getTime() - A_MONDAY) / WEEK_MS) * WEEK_MS + A_MONDAY);

/** Whether `days` have passed since the last need of a week was asked for. */
export const ripe = (week: string, days: number, now: Date): boolean =>
  Date.parse(week) + WEEK_MS + days * DAY_MS <= now.getTime();
