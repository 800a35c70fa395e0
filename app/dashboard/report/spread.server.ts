import type { Ctx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { areaOf } from "#app/matching/area.server.ts";
import type { SpreadCell } from "./spread.ts";

/**
 * The needs of a period, and those that wait now, by area, category and the language they are written in: one reading for
 * everything that compares these. Declined ones are left out, as everywhere here.
 */
export function readSpread(ctx: Ctx, ids: string[], { from, to }: { from: Date; to: Date }): Promise<SpreadCell[]> {
  const { sql } = ctx.db;
  return sql<SpreadCell[]>`
    with needs as (
      select ${areaOf(ctx, sql`p.lat`, sql`p.lng`)} as area, p.place, p.category_id, p.locale, p.claimable, p.closed_reason,
        p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz as counts,
        p.first_claimed_at is not null as answered,
        greatest(0, floor(extract(epoch from coalesce(p.first_claimed_at,
          case when p.status = 'closed' then p.closed_at else ${ctx.now}::timestamptz end) - p.created_at)))::int as seconds
      from posts p
      where p.group_id = any(${ids}::uuid[]) and p.kind = 'need' and p.closed_reason is distinct from 'declined'
        and (p.claimable or p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz)
    )
    select area, category_id as "categoryId", locale, mode() within group (order by place) as place,
      (count(*) filter (where counts))::int as needs,
      (count(*) filter (where counts and answered))::int as answered,
      (count(*) filter (where counts and closed_reason in ('fulfilled', 'met_for_now')))::int as met,
      (count(*) filter (where counts and (claimable or closed_reason = 'expired')))::int as unmet,
      (count(*) filter (where claimable))::int as waiting,
      coalesce(array_agg(seconds) filter (where counts and answered), '{}') as claimed,
      coalesce(array_agg(seconds) filter (where counts and not answered), '{}') as unclaimed
    from needs group by area, category_id, locale`;
}

/** What the groups' categories are called, by id. */
export async function categoryNames(ctx: Ctx, ids: string[], locale: Locale): Promise<Map<string, string>> {
  const rows = await ctx.db.sql<{ id: string; name: string; translations: Translations }[]>`
    select id, name, translations from categories where group_id = any(${ids}::uuid[]) order by group_id, position, name`;
  return new Map(rows.map((row) => [row.id, inLocale(row, "name", locale)]));
}
