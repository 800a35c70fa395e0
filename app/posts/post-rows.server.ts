import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { coordinatedGroups, knowsAnswers } from "#app/groups/membership.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { ClosedReason } from "#app/events/event.ts";
import type { PostKind, PostStatus, PostView, Urgency, Visibility } from "#app/posts/post.ts";

/** A post with the names of its group and category, as `postColumns` selects it. */
export type PostRow = {
  id: string;
  code: string;
  kind: PostKind;
  title: string;
  details: string | null;
  quantity: number;
  remaining: number;
  urgency: Urgency;
  window_start: Date | null;
  window_end: Date | null;
  place: string | null;
  lat: number | null;
  lng: number | null;
  visibility: Visibility;
  status: PostStatus;
  closed_reason: ClosedReason | null;
  reopens_at: Date | null;
  languages: string[];
  answers: FieldAnswers;
  created_at: Date;
  expires_at: Date;
  group_id: string;
  group_slug: string;
  group_name: string;
  group_translations: Translations;
  category_slug: string | null;
  category_name: string;
  category_unit: string;
  category_unit_one: string;
  category_translations: Translations;
};

/**
 * The columns of `PostRow` out of `posts p`, `groups g` and (outer joined) `categories c`.
 *
 * @param alsoKnows a condition under which the asker may know the answers, beside what `knowsTheirs` says.
 */
export const postColumns = (ctx: Ctx, alsoKnows?: PendingQuery<Row[]>) => ctx.db.sql`
  p.id, p.code, p.kind, p.title, p.details, p.quantity, p.remaining, p.urgency, p.window_start, p.window_end, p.place,
  p.lat, p.lng, p.visibility, p.status, p.closed_reason, p.reopens_at, p.languages,
  case when ${knowsTheirs(ctx)} or ${alsoKnows ?? ctx.db.sql`false`} then p.answers else '{}' end as answers, p.created_at, p.expires_at,
  p.group_id, g.slug as group_slug, g.name as group_name, g.translations as group_translations,
  c.slug as category_slug, c.name as category_name, c.unit as category_unit, c.unit_one as category_unit_one,
  c.translations as category_translations`;

/**
 * A diet or a skill is nobody's business but the author's, the group's coordinators' and, until the post is closed, of those
 * who may help: accepted members of any group.
 */
function knowsTheirs({ db: { sql }, person }: Ctx): PendingQuery<Row[]> {
  if (!person) return sql`false`;
  const groups = coordinatedGroups(person);
  if (groups === "all") return sql`true`;
  return sql`(p.author_id = ${person.id}::uuid or p.group_id = any(${groups}::uuid[])
    or ${knowsAnswers(person)} and p.status <> 'closed')`;
}

/**
 * Who may see a post `p`, as a condition, by the rules of `groups/membership.ts`: everybody what is for everybody,
 * volunteers of any group what is for volunteers, coordinators all of their groups, admins all, and authors their own.
 * What no coordinator of a moderating group has let up (in review, declined, taken back before) is for the last three.
 */
export function mayBeSeen(ctx: Ctx): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const { person } = ctx;
  if (!person) return sql`(p.visibility = 'everyone' and not p.unapproved)`;
  if (person.isAdmin) return sql`true`;
  const shared = Object.keys(person.roles).length > 0 ? ["everyone", "volunteers"] : ["everyone"];
  const coordinated = Object.keys(person.roles).filter((id) => person.roles[id] === "coordinator");
  return sql`(
    (p.visibility = any(${shared}::text[]) and not p.unapproved)
    or p.group_id = any(${coordinated}::uuid[])
    or p.author_id = ${person.id}::uuid)`;
}

/** The names of group, category and unit in the reader's language; "1 meal" takes the unit's singular. */
export function toView(row: PostRow, locale: Locale): PostView {
  const category = row.category_slug && {
    slug: row.category_slug,
    name: row.category_name,
    unit: row.category_unit,
    unit_one: row.category_unit_one,
    translations: row.category_translations,
  };
  return {
    id: row.id,
    code: row.code,
    kind: row.kind,
    group: {
      slug: row.group_slug,
      name: inLocale({ name: row.group_name, translations: row.group_translations }, "name", locale),
    },
    category: category ? { slug: category.slug, name: inLocale(category, "name", locale) } : null,
    title: row.title,
    details: row.details,
    quantity: row.quantity,
    remaining: row.remaining,
    unit: category ? inLocale(category, row.quantity === 1 ? "unit_one" : "unit", locale) : null,
    units: category ? { one: inLocale(category, "unit_one", locale), many: inLocale(category, "unit", locale) } : null,
    urgency: row.urgency,
    windowStart: row.window_start,
    windowEnd: row.window_end,
    place: row.place,
    lat: row.lat,
    lng: row.lng,
    visibility: row.visibility,
    status: row.status,
    closedReason: row.closed_reason,
    reopensAt: row.reopens_at,
    languages: row.languages,
    answers: row.answers,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
