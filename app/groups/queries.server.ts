import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { openName } from "#app/people/person.server.ts";
import { forEyes, postTally } from "#app/tallies/tallies.server.ts";
import type { CategoryField } from "./category-field.ts";
import { fieldViews } from "./field-answers.ts";
import type { GroupView, Joining, MemberView, MyMembership, Visibility } from "./group.ts";
import { can } from "./membership.ts";

type CategoryRow = {
  id: string;
  slug: string;
  name: string;
  unit: string;
  unit_one: string;
  translations: Translations;
  expiry_hours: number;
  default_visibility: Visibility;
  needed_within_hours: number | null;
  fields: CategoryField[];
};
type GroupRow = {
  id: string;
  slug: string;
  name: string;
  blurb: string;
  translations: Translations;
  joining: Joining;
  moderates: boolean;
  categories: CategoryRow[];
  open_needs: number;
  open_offers: number;
  mine: MyMembership | null;
};

/** Where no number is shown, `uncounted` saves summing them up: both counts are then 0. */
type Counting = "counted" | "uncounted";

/** Every working group in its own order. */
export const listGroups = (ctx: Ctx, locale: Locale, counting: Counting = "counted"): Promise<GroupView[]> =>
  readGroups(ctx, null, locale, counting);

/** One group by its slug, or null. */
export async function getGroup(
  ctx: Ctx,
  slug: string,
  locale: Locale,
  counting: Counting = "counted",
): Promise<GroupView | null> {
  const [group] = await readGroups(ctx, slug, locale, counting);
  return group ?? null;
}

async function readGroups(ctx: Ctx, slug: string | null, locale: Locale, counting: Counting): Promise<GroupView[]> {
  const { sql } = ctx.db;
  const openPosts = (kind: "need" | "offer") =>
    counting === "uncounted"
      ? sql`0`
      : sql`(
    select coalesce(sum(n), 0)::int from ${postTally(ctx, sql`group_id = g.id and kind = ${kind} and state in ('open', 'partly')`)} p
    where ${forEyes(ctx, sql`p.eyes`)})`;
  const rows = await sql<GroupRow[]>`
    select g.id, g.slug, g.name, g.blurb, g.translations, g.joining, g.moderates,
      coalesce((select jsonb_agg(to_jsonb(c) order by c.position, c.slug) from categories c where c.group_id = g.id and c.archived_at is null), '[]') as categories,
      ${openPosts("need")} as open_needs, ${openPosts("offer")} as open_offers,
      (select jsonb_build_object('role', m.role, 'state', m.state, 'alerts', m.alerts, 'hearsClaims', m.hears_claims,
          'categoryIds', m.category_ids)
        from memberships m
        where m.group_id = g.id and m.person_id = ${ctx.person?.id ?? null}::uuid and m.state <> 'left') as mine
    from groups g
    where ${slug}::text is null or g.slug = ${slug}::text
    order by g.position, g.slug`;
  return rows.map((row) => viewOf(row, locale));
}

const viewOf = (row: GroupRow, locale: Locale): GroupView => ({
  id: row.id,
  slug: row.slug,
  name: inLocale(row, "name", locale),
  blurb: inLocale(row, "blurb", locale),
  joining: row.joining,
  moderates: row.moderates,
  categories: row.categories.map((category) => ({
    id: category.id,
    slug: category.slug,
    name: inLocale(category, "name", locale),
    unit: inLocale(category, "unit", locale),
    unitOne: inLocale(category, "unit_one", locale),
    expiryHours: category.expiry_hours,
    defaultVisibility: category.default_visibility,
    neededWithinHours: category.needed_within_hours,
    fields: fieldViews(category.fields, locale),
  })),
  openNeeds: row.open_needs,
  openOffers: row.open_offers,
  mine: row.mine,
});

/**
 * Who is in a group and who asked to be, those who asked first. For its coordinators.
 *
 * @throws Problem `not-allowed`.
 */
export async function listMembers(ctx: PersonCtx, groupId: string): Promise<MemberView[]> {
  if (!can(ctx.person, "accept-members", { groupId })) throw new Problem("not-allowed");
  type Row = Omit<MemberView, "personId" | "name" | "hearsClaims" | "since"> & {
    id: string;
    name_sealed: string | null;
    hears_claims: boolean;
    created_at: Date;
  };
  const rows = await ctx.db.sql<Row[]>`
    select p.id, p.name_sealed, m.role, m.state, m.alerts, m.hears_claims, m.created_at
    from memberships m join people p on p.id = m.person_id
    where m.group_id = ${groupId}::uuid and m.state <> 'left'
    order by m.state desc, m.role, m.created_at limit 1000`;
  return rows.map((row) => ({
    personId: row.id,
    name: openName(ctx.seal, row),
    role: row.role,
    state: row.state,
    alerts: row.alerts,
    hearsClaims: row.hears_claims,
    since: row.created_at,
  }));
}

/** How many ask to join a group. For its coordinators; the caller has checked. */
export async function countAsking(ctx: Ctx, groupId: string): Promise<number> {
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from memberships where group_id = ${groupId}::uuid and state = 'asked'`;
  return row!.n;
}
