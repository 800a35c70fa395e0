import type { Ctx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { DAY_MS, mondayOf } from "../report/cohorts.ts";
import { dayOf } from "../period.ts";
import { publicNumbers, type PublicNumbers, type WeekCount } from "./public-numbers.ts";

/** How many weeks back a page may look. */
export const SPANS = [4, 12] as const;
export type Span = (typeof SPANS)[number];

const WEEK_MS = 7 * DAY_MS;

/**
 * The numbers everybody may see: whole weeks that have been over for 14 days, so that a number never changes once it is
 * out, and nothing can be learned from the difference between two days.
 *
 * @returns groups under their names in the reader's language; `last` is the last day that is counted.
 */
export async function readPublicNumbers(
  ctx: Ctx,
  span: Span,
  locale: Locale,
): Promise<PublicNumbers & { last: string }> {
  const end = mondayOf(new Date(ctx.now.getTime() - 14 * DAY_MS));
  const first = new Date(end.getTime() - Math.max(...SPANS) * WEEK_MS);
  const [groups, counts] = await Promise.all([
    ctx.db.sql<{ id: string; name: string; translations: Translations }[]>`
      select id, name, translations from groups order by position, name`,
    readWeeks(ctx, first, end),
  ]);
  const weeks = mondaysBefore(end, Math.max(...SPANS));
  const numbers = publicNumbers(counts, { weeks, groups: groups.map(({ id }) => id) }, span);
  const names = new Map(groups.map((group) => [group.id, inLocale(group, "name", locale)]));
  return {
    ...numbers,
    byGroup: numbers.byGroup.map((row) => ({ ...row, group: names.get(row.group)! })),
    last: dayOf(new Date(end.getTime() - DAY_MS)),
  };
}

const mondaysBefore = (end: Date, count: number): string[] =>
  Array.from({ length: count }, (_, at) => dayOf(new Date(end.getTime() - (at + 1) * WEEK_MS)));

/** By `posts_covering` alone. What was declined later than 14 days after stays counted: the numbers are out by then. */
const readWeeks = (ctx: Ctx, first: Date, end: Date) => ctx.db.sql<WeekCount[]>`
  select p.group_id as "group", to_char(date_trunc('week', p.created_at at time zone 'UTC'), 'YYYY-MM-DD') as week,
    count(*)::int as asked,
    (count(*) filter (where p.closed_reason in ('fulfilled', 'met_for_now') and p.closed_at <= p.created_at + interval '14 days'))::int as met
  from posts p
  where p.group_id in (select id from groups) and p.kind = 'need'
    and p.created_at >= ${first}::timestamptz and p.created_at < ${end}::timestamptz
    and (p.closed_reason is distinct from 'declined' or p.closed_at > p.created_at + interval '14 days')
  group by p.group_id, week`;
