import type { PersonCtx } from "#app/core/ctx.ts";
import { isUuid } from "#app/people/uuid.ts";
import type { GroupInView } from "../scope.server.ts";

/** Forgets a view of the reader's own, or of a group they run; another's stays, and one that is gone is no fault. The groups must come from `groupsInView`. */
export async function deleteView(ctx: PersonCtx, groups: readonly GroupInView[], id: string): Promise<void> {
  if (!isUuid(id)) return;
  await ctx.db.sql`
    delete from saved_views where id = ${id}::uuid
      and (group_id is null and person_id = ${ctx.person.id}::uuid or group_id = any(${groups.map((group) => group.id)}::uuid[]))`;
}
