import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import type { GroupInView } from "../scope.server.ts";
import { keptQuery, LONGEST_VIEW_NAME } from "./view-query.ts";

/** More than a person finds their way in. */
const MOST_OWN = 30;

/**
 * Keeps a list's address under a name: for oneself, or for all coordinators of a group. One of the same name and owner is replaced.
 *
 * @param input `group`: as from `groupInView`; null for oneself.
 * @throws Problem `invalid-input` with `{ field: "name" }`, `too-many`.
 */
export async function saveView(
  ctx: PersonCtx,
  input: { name: string; query: string; group: GroupInView | null },
): Promise<void> {
  const name = input.name.trim();
  if (name === "" || name.length > LONGEST_VIEW_NAME) throw new Problem("invalid-input", { field: "name" });
  const group = input.group?.id ?? null;
  const rows = await ctx.db.sql`
    with same as (
      select id from saved_views where lower(name) = lower(${name}) and group_id is not distinct from ${group}::uuid
        and (group_id is not null or person_id = ${ctx.person.id}::uuid) limit 1
    ), replaced as (
      update saved_views v set name = ${name}, query = ${keptQuery(input.query)} from same where v.id = same.id returning v.id
    ), added as (
      insert into saved_views (id, person_id, group_id, name, query, created_at)
      select ${newId(ctx.now)}::uuid, ${ctx.person.id}::uuid, ${group}::uuid, ${name}, ${keptQuery(input.query)}, ${ctx.now}::timestamptz
      where not exists (select from same)
        and (select count(*) from saved_views where person_id = ${ctx.person.id}::uuid) < ${MOST_OWN}
      returning id
    )
    select id from replaced union all select id from added`;
  if (rows.length === 0) throw new Problem("too-many");
}
