import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can } from "./membership.ts";
import type { Role } from "./group.ts";

/**
 * Makes a member of a group its coordinator, or a volunteer again. The last coordinator stays one.
 *
 * @throws Problem `not-allowed`; `wrong-step` when that person is not an active member or is the last coordinator.
 */
export async function setRole(ctx: PersonCtx, input: { groupId: string; personId: string; role: Role }): Promise<void> {
  if (!can(ctx.person, "accept-members", input)) throw new Problem("not-allowed");
  const changed = await ctx.db.sql`
    update memberships set role = ${input.role}
    where group_id = ${input.groupId}::uuid and person_id = ${input.personId}::uuid and state = 'active'
      and (${input.role} = 'coordinator' or exists (
        select from memberships other
        where other.group_id = ${input.groupId}::uuid and other.person_id <> ${input.personId}::uuid
          and other.role = 'coordinator' and other.state = 'active'
      ))
    returning 1`;
  if (changed.length === 0) throw new Problem("wrong-step");
}
