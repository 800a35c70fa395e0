import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can } from "./membership.ts";

/**
 * Marks that a coordinator checked who somebody is, or takes the mark off: only who is marked sees the name and the address of
 * somebody they promised something (`isAccepted`).
 *
 * @throws Problem `not-allowed`; `wrong-step` when that person is not in the group.
 */
export async function vetMember(
  ctx: PersonCtx,
  input: { groupId: string; personId: string; vetted: boolean },
): Promise<void> {
  if (!can(ctx.person, "accept-members", input)) throw new Problem("not-allowed");
  const changed = await ctx.db.sql`
    update memberships set vetted_at = ${input.vetted ? ctx.now : null}::timestamptz,
      vetted_by = ${input.vetted ? ctx.person.id : null}::uuid
    where group_id = ${input.groupId}::uuid and person_id = ${input.personId}::uuid and state <> 'left' returning 1`;
  if (changed.length === 0) throw new Problem("wrong-step");
}
