import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { KM_PER_DEGREE, KM_PER_DEGREE_EAST } from "#app/core/grid.ts";
import { forEyes, cellTally } from "#app/tallies/tallies.server.ts";
import type { CountedCell } from "./cells.ts";
import type { MapView } from "./map-view.ts";
import type { Box } from "./projection.ts";

type Filter = Pick<MapView, "kind" | "group" | "category">;

/** What the board shows with the same filter, by where it is: `kind, lat, lng, n`. From tallies; a person's own posts that only they see are added. */
function shown(ctx: Ctx, { kind, group, category }: Filter, box: PendingQuery<Row[]>): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const conditions = [box];
  if (kind) conditions.push(sql`kind = ${kind}`);
  if (group) conditions.push(sql`group_id = (select id from groups where slug = ${group})`);
  if (group && category) {
    conditions.push(sql`category_id = (
      select c.id from categories c join groups g on g.id = c.group_id where g.slug = ${group} and c.slug = ${category})`);
  }
  const where = conditions.reduce((all, next) => sql`${all} and ${next}`);
  const own = ctx.person && !ctx.person.isAdmin;
  return sql`(
    select kind, lat, lng, n from ${cellTally(ctx, where)} tallied where ${forEyes(ctx, sql`eyes`)}
    ${
      own
        ? sql`union all select kind, lat, lng, 1 from posts where author_id = ${ctx.person!.id}::uuid and claimable and ${where}
      and not ${forEyes(ctx, sql`post_eyes(visibility, unapproved)`)}`
        : sql``
    }
  )`;
}

/** Posts with the row and the column of the square of `km` they lie in, by the arithmetic of `cellAt`. */
const placed = ({ db: { sql } }: Ctx, posts: PendingQuery<Row[]>, km: number) => sql`(
  select s.*, floor(s.lng * ${KM_PER_DEGREE_EAST}::float8
      * greatest(0.01, cos(radians((s.r + 0.5) * ${km}::float8 / ${KM_PER_DEGREE}::float8))) / ${km}::float8)::int as c
  from (select p.*, floor(p.lat * ${KM_PER_DEGREE}::float8 / ${km}::float8)::int as r from ${posts} p) s)`;

/**
 * Open needs and offers counted by squares of `km`. Only what the asker may see is counted, and a place is known no
 * finer than the grid, so neither is a square.
 *
 * @param box squares whose middle of the grid lies in it; give whole squares (`wholeCells`).
 */
export async function countCells(ctx: Ctx, filter: Filter, km: number, box: Box): Promise<CountedCell[]> {
  const { sql } = ctx.db;
  const where = sql`lat between ${box.south}::float8 and ${box.north}::float8
    and lng between ${box.west}::float8 and ${box.east}::float8`;
  return sql<CountedCell[]>`
    select ${km}::float8 as km, r as "row", c as "column", coalesce(sum(n) filter (where kind = 'need'), 0)::int as needs,
      coalesce(sum(n) filter (where kind = 'offer'), 0)::int as offers
    from ${placed(ctx, shown(ctx, filter, where), km)} placed group by r, c having sum(n) > 0 order by sum(n) desc, r, c`;
}

/** Neighbourhoods are looked for in squares of this side. */
const WIDE_KM = 64;

/** The box around most of what there is: the fullest wide square and those beside it. Null when nothing says where it is. */
export async function whereMostIs(ctx: Ctx, filter: Filter): Promise<Box | null> {
  const { sql } = ctx.db;
  const spots = sql`(select lat, lng, sum(n) as n from ${shown(ctx, filter, sql`lat is not null`)} s group by lat, lng having sum(n) > 0)`;
  const [box] = await sql<(Box | { west: null })[]>`
    with wide as materialized (
      select r, c, sum(n) as n, min(lat) as south, max(lat) as north, min(lng) as west, max(lng) as east
      from ${placed(ctx, spots, WIDE_KM)} placed group by r, c
    ), fullest as (select * from wide order by n desc, r, c limit 1)
    select min(w.west) as west, min(w.south) as south, max(w.east) as east, max(w.north) as north
    from wide w, fullest f where abs(w.r - f.r) <= 1 and w.west <= f.east + 1 and w.east >= f.west - 1`;
  return box && box.west !== null ? box : null;
}

/** How many do not say where they are. */
export async function countUnplaced(ctx: Ctx, filter: Filter): Promise<number> {
  const { sql } = ctx.db;
  const [row] = await sql<{ n: number }[]>`
    select coalesce(sum(n), 0)::int as n from ${shown(ctx, filter, sql`lat is null`)} unplaced`;
  return row!.n;
}
