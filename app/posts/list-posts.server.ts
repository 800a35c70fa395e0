import type { PendingQuery, Row, Sql } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { boxAround, readCursor, writeCursor, type BoardFilter, type BoardState } from "#app/posts/board-filter.ts";
import { mayBeSeen, postColumns, toView, type PostRow } from "#app/posts/post-rows.server.ts";
import type { PostView } from "#app/posts/post.ts";

const PAGE = 20;
const NEAR_KM = 5;
/** Up to so many hits near a point are fetched and sorted; past that, walking the board in order finds a page sooner. */
const FEW = 1_000;

type PageRow = PostRow & { created_exact: string };

/**
 * One page of the board, only what the asker may see. Open and covered posts come waiting longest first, closed ones
 * and `all` newest first. Keyset paging over an index in that order, so page 1,000 costs what page 1 does.
 */
export async function listPosts(
  ctx: Ctx,
  filter: BoardFilter,
  locale: Locale,
): Promise<{ items: PostView[]; nextCursor: string | null }> {
  const { sql } = ctx.db;
  const limit = Math.min(Math.max(1, Math.trunc(filter.limit ?? PAGE)), 100);
  const state = filter.status ?? "open";
  const newestFirst = state === "closed" || state === "all";
  const order = newestFirst ? sql`created_at desc, id desc` : sql`created_at, id`;
  const conditions = [
    inState(ctx, state),
    ...inPlace(ctx, filter),
    ...inWords(ctx, filter),
    ...isNear(ctx, filter, await areFewNear(ctx, filter)),
    ...behind(ctx, filter, newestFirst),
    mayBeSeen(ctx),
  ];
  const rows = await sql<PageRow[]>`
    with page as materialized (
      select * from posts p where ${conditions.reduce((all, next) => sql`${all} and ${next}`)}
       order by ${order} limit ${limit + 1}
    )
    select ${postColumns(ctx)},
           to_char(p.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_exact
      from page p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
     order by ${newestFirst ? sql`p.created_at desc, p.id desc` : sql`p.created_at, p.id`}`;
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map((row) => toView(row, locale)),
    nextCursor: last ? writeCursor({ createdAt: last.created_exact, id: last.id }) : null,
  };
}

type Condition = PendingQuery<Row[]>;

function inState({ db: { sql } }: Ctx, state: BoardState): Condition {
  if (state === "open") return sql`p.claimable`;
  if (state === "covered") return sql`p.status = 'open' and not p.claimable`;
  if (state === "closed") return sql`p.status = 'closed'`;
  return sql`p.status in ('open', 'closed')`;
}

function inPlace({ db: { sql } }: Ctx, { kind, group, category }: BoardFilter): Condition[] {
  const conditions: Condition[] = [];
  if (kind) conditions.push(sql`p.kind = ${kind}`);
  if (group) conditions.push(sql`p.group_id = (select id from groups where slug = ${group})`);
  if (group && category) {
    conditions.push(sql`p.category_id = (
      select c.id from categories c join groups g on g.id = c.group_id where g.slug = ${group} and c.slug = ${category})`);
  } else if (category) {
    conditions.push(sql`p.category_id = any(array(select id from categories where slug = ${category}))`);
  }
  return conditions;
}

/** PostgreSQL keeps no NUL in text, and a search for one finds nothing anyway. */
const searchable = (words: string | null | undefined) => words?.replaceAll("\0", " ").trim().slice(0, 200);

function inWords({ db: { sql } }: Ctx, filter: BoardFilter): Condition[] {
  const words = searchable(filter.q);
  const place = searchable(filter.place);
  const conditions: Condition[] = [];
  if (words) conditions.push(sql`p.search @@ websearch_to_tsquery('simple', fold(${words}))`);
  if (place) {
    conditions.push(sql`p.search @@ plainto_tsquery('simple', fold(${place}))
      and strpos(fold(coalesce(p.place, '')), fold(${place})) > 0`);
  }
  if (filter.languages?.length) {
    conditions.push(sql`(p.languages = '{}' or p.languages && ${filter.languages}::text[])`);
  }
  return conditions;
}

function behind({ db: { sql } }: Ctx, filter: BoardFilter, newestFirst: boolean): Condition[] {
  const cursor = readCursor(filter.cursor);
  if (!cursor) return [];
  const key = sql`(${cursor.createdAt}::text::timestamptz, ${cursor.id}::uuid)`;
  return [newestFirst ? sql`(p.created_at, p.id) < ${key}` : sql`(p.created_at, p.id) > ${key}`];
}

/**
 * Within so many km (equirectangular, good to 0.1 % at these distances) of a point. Where few posts lie in the box
 * around it, the index on points finds them; where many do, the condition is written so that only the board's order is
 * walked. The planner cannot tell the two apart: it has no statistics for boxes.
 */
function isNear({ db: { sql } }: Ctx, { near, withinKm }: BoardFilter, few: boolean): Condition[] {
  if (!near) return [];
  const circle = sql`(
    power((p.lat - ${near.lat}::float8) * 110.57, 2)
    + power((p.lng - ${near.lng}::float8) * 111.32 * cos(radians(${near.lat}::float8)), 2))
    <= power(${withinKm ?? NEAR_KM}::float8, 2)`;
  return few ? [inBox(sql, near, withinKm), circle] : [circle];
}

function inBox(sql: Sql, near: { lat: number; lng: number }, km: number | null | undefined): Condition {
  const [west, south, east, north] = boxAround(near, km ?? NEAR_KM);
  return sql`point(p.lng, p.lat) <@
    box(point(${west}::float8, ${south}::float8), point(${east}::float8, ${north}::float8))`;
}

async function areFewNear({ db: { sql } }: Ctx, { near, withinKm, status }: BoardFilter): Promise<boolean> {
  if (!near || (status && status !== "open")) return false;
  const [found] = await sql<{ n: number }[]>`
    select count(*)::int as n from (
      select 1 from posts p where p.claimable and ${inBox(sql, near, withinKm)} limit ${FEW + 1}) few`;
  return found !== undefined && found.n <= FEW;
}
