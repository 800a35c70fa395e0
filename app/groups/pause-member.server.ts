import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can } from "./membership.ts";

/**
 * Gives a member a rest: nothing new of this group reaches them until then. Texts about their own promises still come.
 *
 * @param input `until` null ends it now.
 * @throws Problem `not-allowed`; `wrong-step` when that person is not an active member.
 */
export async function pauseMember(
  ctx: PersonCtx,
  input: { groupId: string; personId: string; until: Date | null },
): Promise<void> {
  if (!can(ctx.person, "accept-members", input)) throw new Problem("not-allowed");
  const changed = await ctx.db.sql`
    update memberships set paused_until = ${input.until}::timestamptz
    where group_id = ${input.groupId}::uuid and person_id = ${input.personId}::uuid and state = 'active' returning 1`;
  if (changed.length === 0) throw new Problem("wrong-step");
}
