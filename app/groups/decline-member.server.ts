import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can } from "./membership.ts";

/**
 * A coordinator says no to somebody who asked, or takes a volunteer off the group. They are not texted about it.
 *
 * @throws Problem `not-allowed`; `wrong-step` when that person is not in the group or coordinates it.
 */
export async function declineMember(ctx: PersonCtx, input: { groupId: string; personId: string }): Promise<void> {
  if (!can(ctx.person, "accept-members", input)) throw new Problem("not-allowed");
  const declined = await ctx.db.sql`
    update memberships set state = 'left', vetted_at = null, vetted_by = null, paused_until = null
    where group_id = ${input.groupId}::uuid and person_id = ${input.personId}::uuid
      and state in ('asked', 'active') and role = 'volunteer'
    returning 1`;
  if (declined.length === 0) throw new Problem("wrong-step");
}
