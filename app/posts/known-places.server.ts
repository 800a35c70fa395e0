import type { Ctx } from "#app/core/ctx.ts";

/** A place that neighbours named on a post everybody may see, and the grid cell it lies in. */
export type KnownPlace = { name: string; lat: number; lng: number };

const LOOKS_AT = 2_000;
const MOST = 40;

/** The places named most often of late, A to Z: to pick one's own area from without giving an address. */
export async function knownPlaces(ctx: Ctx): Promise<KnownPlace[]> {
  const rows = await ctx.db.sql<KnownPlace[]>`
    select min(place) as name, lat, lng from (
      select place, lat, lng, visibility, unapproved from posts order by created_at desc, id desc limit ${LOOKS_AT}
    ) latest
    where lat is not null and place is not null and visibility = 'everyone' and not unapproved
    group by lower(place), lat, lng order by count(*) desc, min(place) limit ${MOST}`;
  return [...rows].sort((a, b) => a.name.localeCompare(b.name));
}
