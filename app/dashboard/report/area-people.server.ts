import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { areaOf } from "#app/matching/area.server.ts";
import type { AreaPeople, KnownArea } from "./area-people.ts";

/** How many people coordinators say live where. */
export const readAreaPeople = (ctx: Ctx) => ctx.db.sql<AreaPeople[]>`
  select area, name, people from area_people order by name, area`;

/** Of posts that old their areas are still listed. */
const LISTED_DAYS = 365;
const MOST_AREAS = 100;

/** Every area that posts of these groups were in, or about which something was said. The groups must come from `groupsInView`. */
export const listAreas = (ctx: PersonCtx, groups: readonly { id: string }[]) => {
  const { sql } = ctx.db;
  return sql<KnownArea[]>`
    with posted as (
      select ${areaOf(ctx, sql`lat`, sql`lng`)} as area, mode() within group (order by place) as place, count(*)::int as posts
      from posts where group_id = any(${groups.map(({ id }) => id)}::uuid[]) and lat is not null
        and created_at >= ${ctx.now}::timestamptz - make_interval(days => ${LISTED_DAYS})
      group by 1
    )
    select coalesce(posted.area, said.area) as area, said.name, said.people, posted.place, coalesce(posted.posts, 0) as posts
    from posted full join area_people said on said.area = posted.area
    order by posts desc, area limit ${MOST_AREAS}`;
};

/** Keeps what was said; an area without people is no longer spoken of. One statement. */
export async function saveAreaPeople(
  ctx: PersonCtx,
  said: readonly { area: string; name: string; people: number | null }[],
): Promise<void> {
  const { sql } = ctx.db;
  const kept = said.filter(({ people }) => people !== null);
  await sql`
    with gone as (
      delete from area_people where area = any(${said.filter(({ people }) => people === null).map(({ area }) => area)}::text[])
    )
    insert into area_people (area, name, people, said_by, said_at)
    select area, name, people, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz
    from unnest(${kept.map(({ area }) => area)}::text[], ${kept.map(({ name }) => name)}::text[],
      ${kept.map(({ people }) => people)}::int[]) as said (area, name, people)
    on conflict (area) do update set name = excluded.name, people = excluded.people, said_by = excluded.said_by,
      said_at = excluded.said_at
    where (area_people.name, area_people.people) is distinct from (excluded.name, excluded.people)`;
}
