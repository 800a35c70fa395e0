const HOUR = 3600;

/** How long an open need has waited, in the steps the bars show. `from` and `to` are seconds, `to` not included. */
export const AGES = [
  { id: "h4", from: 0, to: 4 * HOUR },
  { id: "d1", from: 4 * HOUR, to: 24 * HOUR },
  { id: "d2", from: 24 * HOUR, to: 48 * HOUR },
  { id: "d4", from: 48 * HOUR, to: 96 * HOUR },
  { id: "more", from: 96 * HOUR, to: null },
] as const;

export type AgeId = (typeof AGES)[number]["id"];

/** From here on a wait is called late on every screen; the headline counts them. */
export const LATE_SECONDS = 48 * HOUR;

/** Counts of needs by how long they have waited, all steps present. */
export type AgeCounts = Record<AgeId, number>;

/** How many have waited at least `LATE_SECONDS`. */
export const lateOf = (ages: AgeCounts): number =>
  AGES.filter((age) => age.from >= LATE_SECONDS).reduce((sum, age) => sum + ages[age.id], 0);
