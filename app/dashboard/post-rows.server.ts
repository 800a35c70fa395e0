import type { PendingQuery, Row } from "postgres";
import type { PersonCtx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { openName } from "#app/people/person.server.ts";
import { shownState, type PostView } from "#app/posts/post.ts";
import { MIN_AGES, MOST_ROWS, STATE_SETS, statesOf, type ListView, type PostRow } from "./post-list.ts";
import { groupInView, type GroupInView } from "./scope.server.ts";

/** The part of a view that the database narrows by; words, sorting and pages are for whoever holds the rows. */
export type Narrow = Pick<ListView, "state" | "kind" | "group" | "age"> & Partial<Pick<ListView, "answer">>;

/** `complete` is false when there were more than `MOST_ROWS`; then the longest waiting (of closed ones the newest) are here. */
export type PostRows = { rows: PostRow[]; complete: boolean; groups: GroupInView[]; countedAt: Date };

type Found = Pick<
  PostView,
  "code" | "kind" | "status" | "closedReason" | "urgency" | "title" | "quantity" | "remaining"
> & {
  groupId: string;
  categoryId: string | null;
  place: string | null;
  createdAt: Date;
  promisedBy: string[] | null;
  revision: number;
};
type Category = { id: string; name: string; unit: string; unit_one: string; translations: Translations };

/** By code where two are equally old, so that a row does not jump between pages. */
const oldestFirst = (a: Found, b: Found): number =>
  a.createdAt.getTime() - b.createdAt.getTime() || (a.code < b.code ? -1 : 1);

/**
 * Posts of the groups that the person coordinates (admins: all), the longest waiting first.
 *
 * @param codes only these posts.
 * @throws Problem sign-in-needed, not-allowed (also for a group that is not theirs).
 */
export async function postRows(
  ctx: PersonCtx,
  narrow: Narrow,
  locale: Locale,
  codes?: readonly string[],
): Promise<PostRows> {
  const { groups, chosen } = await groupInView(ctx, narrow.group || null, locale);
  const ids = (chosen ? [chosen] : groups).map((group) => group.id);
  const [found, categories] = await Promise.all([
    findPosts(ctx, ids, narrow, codes),
    ctx.db.sql<Category[]>`
      select id, name, unit, unit_one, translations from categories where group_id = any(${ids}::uuid[])`,
  ]);
  const kept = found.slice(0, MOST_ROWS).sort(oldestFirst);
  const names = await firstNames(ctx, [...new Set(kept.flatMap((row) => row.promisedBy ?? []))]);
  const groupOf = new Map(groups.map((group) => [group.id, group]));
  const categoryOf = new Map(categories.map((row) => [row.id, row]));
  const rows = kept.map((row): PostRow => {
    const category = row.categoryId ? categoryOf.get(row.categoryId) : undefined;
    const group = groupOf.get(row.groupId)!;
    return {
      code: row.code,
      createdAt: row.createdAt.getTime(),
      kind: row.kind,
      state: shownState(row),
      urgency: row.urgency,
      title: row.title,
      quantity: row.quantity,
      remaining: row.remaining,
      unit: category ? inLocale(category, row.quantity === 1 ? "unit_one" : "unit", locale) : null,
      group: group.slug,
      groupName: group.name,
      category: category ? inLocale(category, "name", locale) : null,
      place: row.place,
      promisedBy: (row.promisedBy ?? []).flatMap((id) => names.get(id) ?? []),
      revision: row.revision,
    };
  });
  return { rows, complete: found.length <= MOST_ROWS, groups, countedAt: ctx.now };
}

/**
 * One row more than is shown, to know whether there are more. What is open is little and comes oldest first. What was
 * closed over the years is much: where it begins is found in `posts_covering` alone, before any row is read.
 */
function findPosts(ctx: PersonCtx, ids: string[], { state, kind, age, answer }: Narrow, codes?: readonly string[]) {
  const { sql } = ctx.db;
  const before = age && new Date(ctx.now.getTime() - MIN_AGES[age]);
  const wanted = sql`${whereState(ctx, state)}
    ${kind ? sql`and kind = ${kind}` : sql``}
    ${before ? sql`and created_at <= ${before}::timestamptz` : sql``}
    ${answer ? sql`and ${whereAnswered(ctx, answer)}` : sql``}
    ${codes ? sql`and code = any(${[...codes]}::text[])` : sql``}`;
  const stillOpen = codes !== undefined || statesOf(state).every((one) => STATE_SETS.current.includes(one as never));
  return sql<Found[]>`
    select code, kind, status, closed_reason as "closedReason", urgency, title, quantity, remaining,
      group_id as "groupId", category_id as "categoryId", place, created_at as "createdAt", revision,
      (select array_agg(person_id order by claims.created_at) from claims
        where post_id = posts.id and claims.status in ('promised', 'on_the_way', 'delivered')) as "promisedBy"
    from posts
    where group_id = any(${ids}::uuid[]) and ${wanted}
      ${stillOpen ? sql`` : sql`and created_at >= ${whereNewestBegin(ctx, ids, wanted)}`}
    order by created_at ${stillOpen ? sql`` : sql`desc`}
    limit ${MOST_ROWS + 1}`;
}

/** What the category asks is answered so; `*`: at all. */
function whereAnswered({ db: { sql } }: PersonCtx, answer: string) {
  const [key = "", value = ""] = answer.split("=");
  return value === "*" ? sql`answers ? ${key}` : sql`answers @> ${sql.json({ [key]: [value] })}`;
}

const whereNewestBegin = ({ db: { sql } }: PersonCtx, ids: string[], wanted: PendingQuery<Row[]>) => sql`
  coalesce((
    select newest.created_at from unnest(${ids}::uuid[]) as one (group_id)
    cross join lateral (
      select created_at from posts where posts.group_id = one.group_id and ${wanted}
      order by created_at desc limit ${MOST_ROWS + 1}
    ) as newest
    order by newest.created_at desc offset ${MOST_ROWS} limit 1
  ), '-infinity')`;

function whereState({ db: { sql } }: PersonCtx, state: Narrow["state"]) {
  switch (state) {
    case "all":
      return sql`true`;
    case "current":
      return sql`status <> 'closed'`;
    case "waiting":
      return sql`claimable`;
    case "open":
      return sql`claimable and remaining = quantity`;
    case "partly_covered":
      return sql`claimable and remaining < quantity`;
    case "covered":
      return sql`status = 'open' and not claimable`;
    case "in_review":
      return sql`status = 'in_review'`;
    default:
      return sql`status = 'closed' and closed_reason = ${state}`;
  }
}

/** Only what a person is called in the hall: the first word of their name. */
async function firstNames(ctx: PersonCtx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.sql<{ id: string; name_sealed: string | null }[]>`
    select id, name_sealed from people where id = any(${ids}::uuid[])`;
  return new Map(
    rows.flatMap((row) => {
      const first = openName(ctx.seal, row)?.trim().split(/\s+/)[0];
      return first ? [[row.id, first] as const] : [];
    }),
  );
}
