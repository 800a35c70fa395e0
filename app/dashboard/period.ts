/** The periods that the dashboard offers, in days. */
export const PERIODS = [7, 30, 90] as const;
export type Period = (typeof PERIODS)[number];

/** The last so many days, or from one day to another, both included. Days are `2026-11-23` and begin at midnight UTC. */
export type Chosen = Period | { from: string; to: string };

export const USUAL_DAYS: Period = 30;
const DAY_MS = 86_400_000;

/** The days where both are days and in order, else the last so many days. */
export function parseChosen(query: URLSearchParams): Chosen {
  const { from, to } = { from: query.get("from") ?? "", to: query.get("to") ?? "" };
  if (isDay(from) && isDay(to) && from <= to) return { from, to };
  return PERIODS.find((days) => String(days) === query.get("days")) ?? USUAL_DAYS;
}

/** Its first moment, always a midnight, and the one it no longer includes: now at the latest. */
export function momentsOf(chosen: Chosen, now: Date): { from: Date; to: Date } {
  if (typeof chosen === "number") {
    return { from: new Date((Math.floor(now.getTime() / DAY_MS) - chosen) * DAY_MS), to: now };
  }
  const to = new Date(Date.parse(chosen.to) + DAY_MS);
  return { from: new Date(chosen.from), to: to < now ? to : now };
}

/** The last moment that a page about this period speaks of, as a day. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

function isDay(text: string): boolean {
  const moment = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : null;
  return moment !== null && !Number.isNaN(moment.getTime()) && dayOf(moment) === text;
}

/** The dashboard's query for a group (all when empty) and a period; what is usual is left out. */
export function chosenQuery(group: string, chosen: Chosen, more: Record<string, string> = {}): string {
  const period = typeof chosen === "number" ? { ...(chosen !== USUAL_DAYS && { days: String(chosen) }) } : chosen;
  const query = new URLSearchParams({ ...(group && { group }), ...period, ...more });
  return query.size > 0 ? `?${query}` : "";
}

export const dashboardHref = (group: string, chosen: Chosen, more?: Record<string, string>): string =>
  `/coordinate/dashboard${chosenQuery(group, chosen, more)}`;
