import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can } from "./membership.ts";

/**
 * A coordinator lets somebody in who asked. From then on that coordinator stands for them, as `vetMember` has it.
 *
 * @throws Problem `not-allowed`; `wrong-step` when nobody by that id is asking (any more).
 */
export async function acceptMember(ctx: PersonCtx, input: { groupId: string; personId: string }): Promise<void> {
  if (!can(ctx.person, "accept-members", input)) throw new Problem("not-allowed");
  const accepted = await ctx.db.sql`
    with accepted as (
      update memberships set state = 'active', created_at = ${ctx.now}::timestamptz,
        vetted_at = coalesce(vetted_at, ${ctx.now}::timestamptz), vetted_by = coalesce(vetted_by, ${ctx.person.id}::uuid)
      where group_id = ${input.groupId}::uuid and person_id = ${input.personId}::uuid and state = 'asked'
      returning group_id, person_id
    )
    insert into events (type, group_id, actor_id, data, at)
    select 'group.joined', group_id, ${ctx.person.id}::uuid, jsonb_build_object('personId', person_id), ${ctx.now}::timestamptz
    from accepted
    returning id`;
  if (accepted.length === 0) throw new Problem("wrong-step");
}
