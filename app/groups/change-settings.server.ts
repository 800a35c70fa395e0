import type { z } from "zod";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { isUuid } from "#app/people/uuid.ts";
import { can } from "./membership.ts";
import type { CategoryGiven, GroupInput } from "./settings-input.ts";
import { MOST_CATEGORIES, type GroupSettings } from "./settings.ts";
import { worded } from "./worded.server.ts";
import type { Joining, Visibility } from "./group.ts";

/** A fingerprint of what a form shows, of the row's own columns: it is looked at again on the row as it is when it is changed. */
const GROUP_SEEN = "md5(row(name, blurb, translations, joining, moderates, weekly_cap)::text)";
const CATEGORY_SEEN =
  "md5(row(name, unit, unit_one, translations, expiry_hours, default_visibility, needed_within_hours)::text)";

/** A group's settings, for its coordinators. @throws Problem `not-allowed`, `not-found`. */
export async function readSettings(ctx: PersonCtx, groupId: string, locale: Locale): Promise<GroupSettings> {
  if (!can(ctx.person, "coordinate", { groupId })) throw new Problem("not-allowed");
  type Row = {
    slug: string;
    name: string;
    blurb: string;
    translations: Translations;
    joining: Joining;
    moderates: boolean;
    weekly_cap: number | null;
    quiet_from: number | null;
    quiet_to: number | null;
    retention_days: number;
    keywords: string[];
    welcome: string | null;
    seen: string;
  };
  type Category = {
    id: string;
    name: string;
    unit: string;
    unit_one: string;
    translations: Translations;
    expiry_hours: number;
    default_visibility: Visibility;
    needed_within_hours: number | null;
    archived: boolean;
    seen: string;
  };
  const { sql } = ctx.db;
  const [[row], categories] = await Promise.all([
    sql<
      Row[]
    >`select slug, name, blurb, translations, joining, moderates, weekly_cap, quiet_from, quiet_to, retention_days, keywords,
        welcome, ${sql.unsafe(GROUP_SEEN)} as seen from groups where id = ${groupId}::uuid`,
    sql<Category[]>`
      select id, name, unit, unit_one, translations, expiry_hours, default_visibility, needed_within_hours, archived_at is not null as archived,
        ${sql.unsafe(CATEGORY_SEEN)} as seen
      from categories where group_id = ${groupId}::uuid order by archived_at is not null, position, slug`,
  ]);
  if (!row) throw new Problem("not-found");
  return {
    id: groupId,
    slug: row.slug,
    name: inLocale(row, "name", locale),
    blurb: inLocale(row, "blurb", locale),
    joining: row.joining,
    moderates: row.moderates,
    weeklyCap: row.weekly_cap,
    seen: row.seen,
    habits: {
      quietFrom: row.quiet_from,
      quietTo: row.quiet_to,
      retentionDays: row.retention_days,
      keywords: row.keywords,
      welcome: row.translations[locale]?.["welcome"] ?? (locale === "en" ? (row.welcome ?? "") : ""),
    },
    categories: categories.map((one) => ({
      id: one.id,
      name: inLocale(one, "name", locale),
      unit: inLocale(one, "unit", locale),
      unitOne: inLocale(one, "unit_one", locale),
      expiryDays: Math.max(1, Math.round(one.expiry_hours / 24)),
      visibility: one.default_visibility,
      neededWithinHours: one.needed_within_hours,
      archived: one.archived,
      seen: one.seen,
    })),
  };
}

/**
 * Changes what a group says of itself and how it works.
 *
 * @throws Problem `not-allowed`, `changed-meanwhile` where it is not any more what was `seen`.
 */
export async function changeGroup(
  ctx: PersonCtx,
  groupId: string,
  given: z.infer<typeof GroupInput>,
  locale: Locale,
): Promise<void> {
  if (!can(ctx.person, "coordinate", { groupId })) throw new Problem("not-allowed");
  const { sql } = ctx.db;
  const { name, blurb, joining, moderates, weeklyCap, seen = null } = given;
  const others = { joining, moderates, weekly_cap: weeklyCap };
  const { columns, translated } = worded(ctx, locale, { name, blurb }, others);
  const [changed] = await sql`
    with changed as (
    update groups set ${sql(columns)}${translated}
    where id = ${groupId}::uuid and ${sql.unsafe(GROUP_SEEN)} = coalesce(${seen}::text, ${sql.unsafe(GROUP_SEEN)}) returning id
    )
    insert into events (type, group_id, actor_id, at)
    select 'group.changed', id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz from changed
    returning id`;
  if (!changed) throw new Problem("changed-meanwhile");
}

/**
 * Adds a category to a group, or changes one of its own. Hours that are no whole days stay, unless the days are changed.
 *
 * @throws Problem `not-allowed`, `not-found`, `changed-meanwhile` where it is not any more what was `seen`, `too-many` when there are 40.
 */
export async function saveCategory(
  ctx: PersonCtx,
  groupId: string,
  given: CategoryGiven,
  locale: Locale,
): Promise<void> {
  if (!can(ctx.person, "coordinate", { groupId })) throw new Problem("not-allowed");
  const { sql } = ctx.db;
  const { id, name, unit, unitOne, expiryDays, visibility, neededWithinHours, seen = null } = given;
  if (id !== "") {
    if (!isUuid(id)) throw new Problem("not-found");
    const others = { default_visibility: visibility, needed_within_hours: neededWithinHours };
    const { columns, translated } = worded(ctx, locale, { name, unit, unit_one: unitOne }, others);
    const [changed] = await sql`
      update categories set ${sql(columns)}${translated},
        expiry_hours = case when greatest(1, round(expiry_hours / 24.0)) = ${expiryDays}::int then expiry_hours else ${expiryDays * 24}::int end
      where id = ${id}::uuid and group_id = ${groupId}::uuid
        and ${sql.unsafe(CATEGORY_SEEN)} = coalesce(${seen}::text, ${sql.unsafe(CATEGORY_SEEN)}) returning id`;
    if (changed) return;
    const [there] = await sql`select id from categories where id = ${id}::uuid and group_id = ${groupId}::uuid`;
    throw new Problem(there ? "changed-meanwhile" : "not-found");
  }
  const categoryId = newId(ctx.now);
  const [added] = await sql`
    insert into categories (id, group_id, slug, name, unit, unit_one, expiry_hours, default_visibility, needed_within_hours,
      position)
    select ${categoryId}::uuid, ${groupId}::uuid, ${slugOf(name, categoryId)}, ${name}, ${unit}, ${unitOne}, ${expiryDays * 24}::int, ${visibility},
      ${neededWithinHours}::int, 1 + coalesce(max(position), 0)
    from categories where group_id = ${groupId}::uuid having count(*) < ${MOST_CATEGORIES}
    returning id`;
  if (!added) throw new Problem("too-many", { seconds: 0 });
}

/** Takes a category out of what can be posted, or back in. Its posts stay as they are. */
export async function shelveCategory(
  ctx: PersonCtx,
  groupId: string,
  { id, archived }: { id: string; archived: boolean },
): Promise<void> {
  if (!can(ctx.person, "coordinate", { groupId })) throw new Problem("not-allowed");
  if (!isUuid(id)) throw new Problem("not-found");
  const [row] = await ctx.db.sql`
    update categories set archived_at = case when ${archived}::boolean then coalesce(archived_at, ${ctx.now}::timestamptz) end
    where id = ${id}::uuid and group_id = ${groupId}::uuid returning id`;
  if (!row) throw new Problem("not-found");
}

/** Letters of the name for the URL, and a few of the id, so that no two are alike in any alphabet. */
const slugOf = (name: string, id: string): string => {
  const letters = name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 30);
  return `${letters || "things"}-${id.slice(-4)}`;
};
