import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { KM_PER_DEGREE, KM_PER_DEGREE_EAST } from "#app/core/grid.ts";
import { mayBeSeen } from "#app/posts/post-rows.server.ts";
import type { CountedCell } from "./cells.ts";
import type { MapView } from "./map-view.ts";
import type { Box } from "./projection.ts";

type Filter = Pick<MapView, "kind" | "group" | "category">;

/** What the board shows with the same filter, as far as it says where it is. */
function shown(ctx: Ctx, { kind, group, category }: Filter): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const conditions = [sql`p.claimable`, mayBeSeen(ctx)];
  if (kind) conditions.push(sql`p.kind = ${kind}`);
  if (group) conditions.push(sql`p.group_id = (select id from groups where slug = ${group})`);
  if (group && category) {
    conditions.push(sql`p.category_id = (
      select c.id from categories c join groups g on g.id = c.group_id where g.slug = ${group} and c.slug = ${category})`);
  }
  return conditions.reduce((all, next) => sql`${all} and ${next}`);
}

/** Posts with the row and the column of the square of `km` they lie in, by the arithmetic of `cellAt`. */
const placed = ({ db: { sql } }: Ctx, where: PendingQuery<Row[]>, km: number) => sql`(
  select s.*, floor(s.lng * ${KM_PER_DEGREE_EAST}::float8
      * greatest(0.01, cos(radians((s.r + 0.5) * ${km}::float8 / ${KM_PER_DEGREE}::float8))) / ${km}::float8)::int as c
  from (
    select p.kind, p.lat, p.lng, floor(p.lat * ${KM_PER_DEGREE}::float8 / ${km}::float8)::int as r
    from posts p where p.lat is not null and p.lng is not null and ${where}
  ) s)`;

/**
 * Open needs and offers counted by squares of `km`. Only what the asker may see is counted, and a place is known no
 * finer than the grid, so neither is a square.
 *
 * @param box squares whose middle of the grid lies in it; give whole squares (`wholeCells`).
 */
export async function countCells(ctx: Ctx, filter: Filter, km: number, box: Box): Promise<CountedCell[]> {
  const { sql } = ctx.db;
  const where = sql`${shown(ctx, filter)}
    and p.lat between ${box.south}::float8 and ${box.north}::float8
    and p.lng between ${box.west}::float8 and ${box.east}::float8`;
  return sql<CountedCell[]>`
    select ${km}::float8 as km, r as "row", c as "column", count(*) filter (where kind = 'need')::int as needs,
      count(*) filter (where kind = 'offer')::int as offers
    from ${placed(ctx, where, km)} placed group by r, c order by count(*) desc, r, c`;
}

/** Neighbourhoods are looked for in squares of this side. */
const WIDE_KM = 64;

/** The box around most of what there is: the fullest wide square and those beside it. Null when nothing says where it is. */
export async function whereMostIs(ctx: Ctx, filter: Filter): Promise<Box | null> {
  const { sql } = ctx.db;
  const [box] = await sql<(Box | { west: null })[]>`
    with wide as materialized (
      select r, c, count(*) as n, min(lat) as south, max(lat) as north, min(lng) as west, max(lng) as east
      from ${placed(ctx, shown(ctx, filter), WIDE_KM)} placed group by r, c
    ), fullest as (select * from wide order by n desc, r, c limit 1)
    select min(w.west) as west, min(w.south) as south, max(w.east) as east, max(w.north) as north
    from wide w, fullest f where abs(w.r - f.r) <= 1 and w.west <= f.east + 1 and w.east >= f.west - 1`;
  return box && box.west !== null ? box : null;
}

const STOPS_AT = 1000;

/** How many do not say where they are; stops at 1,000. */
export async function countUnplaced(ctx: Ctx, filter: Filter): Promise<number> {
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from (
      select from posts p where p.lat is null and ${shown(ctx, filter)} limit ${STOPS_AT}) unplaced`;
  return row!.n;
}
