import type { Ctx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { DAY_MS } from "../report/cohorts.ts";
import { dayOf } from "../period.ts";
import { endOfWeeks, MOST_WEEKS, WEEK_MS, type Span } from "./keep-weeks.server.ts";
import { publicNumbers, type PublicNumbers, type WeekCount } from "./public-numbers.ts";

/**
 * The numbers everybody may see: whole weeks that have been over for 14 days, as `keepWeeks` wrote them down then. A number never
 * changes once it is out, and nothing can be learned from the difference between two days.
 *
 * @returns groups under their names in the reader's language; `last` is the last day that is counted.
 */
export async function readPublicNumbers(
  ctx: Ctx,
  span: Span,
  locale: Locale,
): Promise<PublicNumbers & { last: string }> {
  const settled = endOfWeeks(ctx.now);
  const first = new Date(settled.getTime() - MOST_WEEKS * WEEK_MS);
  const [groups, counts] = await Promise.all([
    ctx.db.sql<{ id: string; name: string; translations: Translations }[]>`
      select id, name, translations from groups order by position, name`,
    ctx.db.sql<WeekCount[]>`
      select group_id as "group", to_char(week, 'YYYY-MM-DD') as week, asked, met from public_weeks
      where week >= ${dayOf(first)}::date and week < ${dayOf(settled)}::date`,
  ]);
  const end = endOf(counts) ?? settled;
  const weeks = mondaysBefore(end, MOST_WEEKS);
  const numbers = publicNumbers(counts, { weeks, groups: groups.map(({ id }) => id) }, span);
  const names = new Map(groups.map((group) => [group.id, inLocale(group, "name", locale)]));
  return {
    ...numbers,
    byGroup: numbers.byGroup.map((row) => ({ ...row, group: names.get(row.group)! })),
    last: dayOf(new Date(end.getTime() - DAY_MS)),
  };
}

/** A week that is out but not written down yet is not spoken of. */
function endOf(counts: readonly WeekCount[]): Date | null {
  const newest = counts.reduce((latest, { week }) => (week > latest ? week : latest), "");
  return newest ? new Date(Date.parse(newest) + WEEK_MS) : null;
}

const mondaysBefore = (end: Date, count: number): string[] =>
  Array.from({ length: count }, (_, at) => dayOf(new Date(end.getTime() - (at + 1) * WEEK_MS)));
