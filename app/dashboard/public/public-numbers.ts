/** What one group was asked for in one week, and what of it was met within 14 days. */
export type WeekCount = { group: string; week: string; asked: number; met: number };

/** Null: not shown, because it, or what could be worked out from it, is too small. */
export type ShownCount = { asked: number | null; met: number | null };

/** A sum of what is shown. `all` is false where something was left out of it: then it says "or more". */
export type ShownSum = { asked: number; met: number; all: boolean };

export type PublicNumbers = {
  weeks: number;
  total: ShownSum;
  byGroup: (ShownSum & { group: string })[];
  /** The newest first. */
  byWeek: (ShownSum & { week: string })[];
};

/** A count of fewer could point to somebody: Washington State's Department of Health hides below 10 as well. */
export const SMALLEST_SHOWN = 10;

/**
 * One count as the public may see it. What was met is also hidden where asked less met would be small: it could be subtracted.
 * Nothing shown depends on what exactly a hidden number is.
 */
export function hideSmall({ asked, met }: Pick<WeekCount, "asked" | "met">): ShownCount {
  if (asked < SMALLEST_SHOWN) return { asked: null, met: null };
  const safe = met >= SMALLEST_SHOWN && asked - met >= SMALLEST_SHOWN;
  return { asked, met: safe ? met : null };
}

/**
 * The public's view of the newest `weeks` of a table of whole weeks. Sums are made of what is shown alone, so that no sum, and
 * no difference of sums of two periods, tells more than the shown counts themselves. PURE.
 *
 * @param counts every group in every week: one that is missing counts as 0.
 * @param all the Mondays, the newest first, and the groups in their order.
 */
export function publicNumbers(
  counts: readonly WeekCount[],
  all: { weeks: readonly string[]; groups: readonly string[] },
  weeks: number,
): PublicNumbers {
  const shownWeeks = all.weeks.slice(0, weeks);
  const found = new Map(counts.map((count) => [`${count.group} ${count.week}`, count]));
  const shownOf = (group: string, week: string) => hideSmall(found.get(`${group} ${week}`) ?? { asked: 0, met: 0 });
  const byWeek = shownWeeks.map((week) => ({ week, ...sumOf(all.groups.map((group) => shownOf(group, week))) }));
  const byGroup = all.groups.map((group) => ({ group, ...sumOf(shownWeeks.map((week) => shownOf(group, week))) }));
  const total = sumOf(all.groups.flatMap((group) => shownWeeks.map((week) => shownOf(group, week))));
  return { weeks: shownWeeks.length, total, byGroup, byWeek };
}

function sumOf(shown: readonly ShownCount[]): ShownSum {
  return {
    asked: shown.reduce((sum, { asked }) => sum + (asked ?? 0), 0),
    met: shown.reduce((sum, { met }) => sum + (met ?? 0), 0),
    all: shown.every(({ asked, met }) => asked !== null && met !== null),
  };
}
