import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { coordinatedGroups } from "#app/groups/membership.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";

export type GroupInView = { id: string; slug: string; name: string };

/**
 * The groups whose figures and posts a person may see here: those they coordinate, all for admins.
 *
 * @param only a group's id to narrow down to, or null for all of them.
 * @throws Problem sign-in-needed, or not-allowed when nothing is left to see.
 */
export async function groupsInView(ctx: Ctx, only: string | null, locale?: Locale): Promise<GroupInView[]> {
  const { person } = ctx;
  if (!person) throw new Problem("sign-in-needed");
  const mine = coordinatedGroups(person);
  const allowed = mine === "all" ? only && [only] : mine.filter((id) => !only || id === only);
  if (allowed?.length === 0) throw new Problem("not-allowed");
  const rows = await ctx.db.sql<{ id: string; slug: string; name: string; translations: Translations }[]>`
    select id, slug, name, translations from groups
    where ${allowed}::uuid[] is null or id = any(${allowed}::uuid[]) order by position, name`;
  if (rows.length === 0 && only) throw new Problem("not-allowed");
  return rows.map((row) => ({
    id: row.id,
    slug: row.slug,
    name: inLocale(row, "name", locale ?? person.locale),
  }));
}

/** The same by a group's short name, as URLs have it; a name that is not in view is not found. */
export async function groupInView(
  ctx: PersonCtx,
  slug: string | null,
  locale: Locale,
): Promise<{ groups: GroupInView[]; chosen: GroupInView | null }> {
  const groups = await groupsInView(ctx, null, locale);
  const chosen = slug ? (groups.find((group) => group.slug === slug) ?? null) : null;
  if (slug && !chosen) throw new Problem("not-allowed");
  return { groups, chosen };
}
