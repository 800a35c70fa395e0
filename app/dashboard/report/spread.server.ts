import type { Ctx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { areaOf } from "#app/matching/area.server.ts";
import { readDays } from "../days/read-days.server.ts";
import { cellsOfDays } from "./spread-days.ts";
import type { SpreadCell } from "./spread.ts";

/**
 * The needs of a period, and those that wait now, by area, category and the language they are written in: one reading for
 * everything that compares these. Declined ones are left out, as everywhere here.
 */
export async function readSpread(ctx: Ctx, ids: string[], period: { from: Date; to: Date }): Promise<SpreadCell[]> {
  const [days, waiting] = await Promise.all([
    readDays(ctx, "spread", ids, period),
    readWaitingElsewhen(ctx, ids, period),
  ]);
  return [...cellsOfDays(days, ctx.now), ...waiting];
}

/** What waits now and was not asked for in the period, by `posts_board_group`. */
function readWaitingElsewhen(ctx: Ctx, ids: string[], { from, to }: { from: Date; to: Date }): Promise<SpreadCell[]> {
  const { sql } = ctx.db;
  return sql<SpreadCell[]>`
    select ${areaOf(ctx, sql`p.lat`, sql`p.lng`)} as area, p.category_id as "categoryId", p.locale,
      mode() within group (order by p.place) as place, 0 as needs, 0 as answered, 0 as met, 0 as unmet,
      count(*)::int as waiting, '{}'::int[] as claimed, '{}'::int[] as unclaimed
    from posts p
    where p.group_id = any(${ids}::uuid[]) and p.kind = 'need' and p.claimable
      and (p.created_at < ${from}::timestamptz or p.created_at >= ${to}::timestamptz)
    group by 1, 2, 3`;
}

/** What the groups' categories are called, by id. */
export async function categoryNames(ctx: Ctx, ids: string[], locale: Locale): Promise<Map<string, string>> {
  const rows = await ctx.db.sql<{ id: string; name: string; translations: Translations }[]>`
    select id, name, translations from categories where group_id = any(${ids}::uuid[]) order by group_id, position, name`;
  return new Map(rows.map((row) => [row.id, inLocale(row, "name", locale)]));
}
