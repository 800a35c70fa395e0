import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { isCoordinator } from "#app/groups/membership.ts";
import { isUuid } from "#app/people/uuid.ts";
import type { PlaceGiven } from "./places-input.ts";
import { snapToGrid } from "./post.ts";

export type KeptPlace = { id: string; name: string; lat: number; lng: number };

/** More would be no list to pick from. */
const MOST = 200;

function mustCoordinate(ctx: PersonCtx): void {
  if (!isCoordinator(ctx.person)) throw new Problem("not-allowed");
}

/** The places coordinators wrote down, A to Z. @throws Problem `not-allowed`. */
export async function listPlaces(ctx: PersonCtx): Promise<KeptPlace[]> {
  mustCoordinate(ctx);
  return ctx.db.sql<KeptPlace[]>`select id, name, lat, lng from places order by fold(name) limit ${MOST}`;
}

/**
 * Writes down where a place is; one of the same name, whatever its accents and capitals, is moved there. From then on posts
 * that name it are on the map. Only the middle of its grid cell is kept.
 *
 * @throws Problem `not-allowed`, or `too-many` when there are 200.
 */
export async function savePlace(ctx: PersonCtx, { name, at }: PlaceGiven): Promise<void> {
  mustCoordinate(ctx);
  const { sql } = ctx.db;
  const spot = snapToGrid(at);
  const [saved] = await sql`
    insert into places (id, name, lat, lng, created_at)
    select ${newId(ctx.now)}::uuid, ${name}, ${spot.lat}::float8, ${spot.lng}::float8, ${ctx.now}::timestamptz
    where (select count(*) from places) < ${MOST} or exists (select from places where fold(name) = fold(${name}))
    on conflict (fold(name)) do update set name = excluded.name, lat = excluded.lat, lng = excluded.lng
    returning id`;
  if (!saved) throw new Problem("too-many");
}

/** Forgets a place; posts that named it stay where they are. Safe to repeat. @throws Problem `not-allowed`. */
export async function removePlace(ctx: PersonCtx, id: string): Promise<void> {
  mustCoordinate(ctx);
  if (!isUuid(id)) return;
  await ctx.db.sql`delete from places where id = ${id}::uuid`;
}
