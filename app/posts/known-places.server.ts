import type { Ctx } from "#app/core/ctx.ts";

/** A place people here know by its name, and the grid cell it lies in. */
export type KnownPlace = { name: string; lat: number; lng: number };

const LOOKS_AT = 2_000;
const MOST = 40;

/** Places neighbours named of late on posts everybody may see, where those came with coordinates: most named first. */
const named = ({ db: { sql } }: Ctx) => sql`
  select min(place) as name, lat, lng, count(*) as times from (
    select place, lat, lng, visibility, unapproved from posts order by created_at desc, id desc limit ${LOOKS_AT}
  ) latest
  where lat is not null and place is not null and visibility = 'everyone' and not unapproved
  group by lower(place), lat, lng`;

/** The places a name can be picked from without giving an address: those the coordinators wrote down, then those named most often. A to Z. */
export async function knownPlaces(ctx: Ctx): Promise<KnownPlace[]> {
  const rows = await ctx.db.sql<KnownPlace[]>`
    select name, lat, lng from (
      select distinct on (fold(name)) name, lat, lng, times from (
        select name, lat, lng, null::bigint as times from places union all ${named(ctx)}
      ) every_place order by fold(name), times desc nulls first
    ) once order by times desc nulls first, name limit ${MOST}`;
  return [...rows].sort((a, b) => a.name.localeCompare(b.name));
}

/** Where a place lies that people here know by this name, whatever its accents and capitals; null where nobody has said. */
export async function findPlace(ctx: Ctx, name: string): Promise<KnownPlace | null> {
  const { sql } = ctx.db;
  const [place] = await sql<KnownPlace[]>`
    select name, lat, lng from (
      select name, lat, lng, null::bigint as times from places where fold(name) = fold(${name.trim()})
      union all select * from (${named(ctx)}) n where fold(n.name) = fold(${name.trim()})
    ) found order by times desc nulls first limit 1`;
  return place ?? null;
}
