import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { FitView } from "./fit.ts";
import { can } from "./membership.ts";

/**
 * What can serve the needs of a group beside their own kind, and whether the group learns from what came of asking.
 * For its coordinators.
 *
 * @throws Problem `not-allowed`.
 */
export async function readFits(
  ctx: PersonCtx,
  groupId: string,
  locale: Locale,
): Promise<{ learns: boolean; fits: FitView[] }> {
  if (!can(ctx.person, "coordinate", { groupId })) throw new Problem("not-allowed");
  const { sql } = ctx.db;
  type Named = { name: string; translations: Translations };
  type Row = { need_id: string; need: Named; offer_id: string; offer: Named; group: Named | null; fit: FitView["fit"] };
  const [[group], rows] = await Promise.all([
    sql<{ learns: boolean }[]>`select learns from groups where id = ${groupId}::uuid`,
    sql<Row[]>`
      select n.id as need_id, to_jsonb(n) as need, o.id as offer_id, to_jsonb(o) as offer, f.fit,
        case when g.id <> n.group_id then to_jsonb(g) end as group
      from category_fits f join categories n on n.id = f.need_category_id
        join categories o on o.id = f.offer_category_id join groups g on g.id = o.group_id
      where n.group_id = ${groupId}::uuid
      order by n.position, n.slug, f.fit desc, g.position, o.position`,
  ]);
  const fits = rows.map((row) => ({
    need: { id: row.need_id, name: inLocale(row.need, "name", locale) },
    offer: { id: row.offer_id, name: inLocale(row.offer, "name", locale) },
    group: row.group && inLocale(row.group, "name", locale),
    fit: row.fit,
  }));
  return { learns: group?.learns ?? true, fits };
}
