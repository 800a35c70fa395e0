import type { PersonCtx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { GroupInView } from "../scope.server.ts";
import type { BulkChoices } from "./bulk-bar.tsx";

type Row = { name: string; translations: Translations };

/** What chosen posts can be made: the categories of these groups, and every group they can be sent to. The groups must come from `groupsInView`. */
export async function bulkChoices(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  locale: Locale,
): Promise<BulkChoices> {
  const { sql } = ctx.db;
  const [categories, all] = await Promise.all([
    sql<(Row & { id: string; group_id: string })[]>`
      select id, group_id, name, translations from categories
      where group_id = any(${groups.map(({ id }) => id)}::uuid[]) and archived_at is null order by group_id, position, name`,
    sql<(Row & { slug: string })[]>`select slug, name, translations from groups order by position, name`,
  ]);
  return {
    categories: categories.map((row) => ({
      id: row.id,
      name: inLocale(row, "name", locale),
      group: groups.find(({ id }) => id === row.group_id)!.name,
    })),
    groups: all.map((row) => ({ slug: row.slug, name: inLocale(row, "name", locale) })),
  };
}
