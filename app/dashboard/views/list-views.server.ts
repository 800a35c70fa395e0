import type { PersonCtx } from "#app/core/ctx.ts";
import type { GroupInView } from "../scope.server.ts";
import { keptQuery, type SavedView } from "./view-query.ts";

const MOST_VIEWS = 50;

/** The reader's own views and those of the groups they run, by name. The groups must come from `groupsInView`. */
export async function listViews(ctx: PersonCtx, groups: readonly GroupInView[]): Promise<SavedView[]> {
  const rows = await ctx.db.sql<{ id: string; name: string; query: string; group_id: string | null }[]>`
    select id, name, query, group_id from saved_views
    where group_id is null and person_id = ${ctx.person.id}::uuid or group_id = any(${groups.map(({ id }) => id)}::uuid[])
    order by lower(name), id limit ${MOST_VIEWS}`;
  return rows.map(({ id, name, query, group_id }) => ({
    id,
    name,
    query: keptQuery(query),
    group: groups.find((group) => group.id === group_id)?.name ?? null,
  }));
}
