/** The periods that the dashboard offers, in days. */
export const PERIODS = [7, 30, 90] as const;
export type Period = (typeof PERIODS)[number];

const USUAL: Period = 30;

export const parsePeriod = (text: string | null): Period => PERIODS.find((days) => String(days) === text) ?? USUAL;

/** The address of the dashboard for a group (all when empty) and a period; what is usual is left out. */
export function dashboardHref(group: string, days: Period): string {
  const query = new URLSearchParams({ ...(group && { group }), ...(days !== USUAL && { days: String(days) }) });
  return query.size > 0 ? `/coordinate/dashboard?${query}` : "/coordinate/dashboard";
}
