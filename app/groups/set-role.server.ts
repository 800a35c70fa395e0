import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { signOutAll } from "#app/people/sessions.server.ts";
import { can } from "./membership.ts";
import type { Role } from "./group.ts";

/**
 * Makes a member of a group its coordinator, or a volunteer again. The last coordinator stays one. Whom a coordinator gave
 * the role is known to them from then on, also as a volunteer again. With another role they sign in anew, on each of their devices.
 *
 * All coordinators are locked, in one order, before it is looked at who is left: two who end each other's role at once do not leave none.
 *
 * @throws Problem `not-allowed`; `wrong-step` when that person is not an active member or is the last coordinator.
 */
export async function setRole(ctx: PersonCtx, input: { groupId: string; personId: string; role: Role }): Promise<void> {
  if (!can(ctx.person, "accept-members", input)) throw new Problem("not-allowed");
  const changed = await ctx.db.sql`
    with coordinators as materialized (
      select person_id from memberships
      where group_id = ${input.groupId}::uuid and role = 'coordinator' and state = 'active' order by person_id for update
    ), changed as (
    update memberships set role = ${input.role},
      vetted_at = case when ${input.role} = 'coordinator' then coalesce(vetted_at, ${ctx.now}::timestamptz) else vetted_at end,
      vetted_by = case when ${input.role} = 'coordinator' then coalesce(vetted_by, ${ctx.person.id}::uuid) else vetted_by end
    where group_id = ${input.groupId}::uuid and person_id = ${input.personId}::uuid and state = 'active'
      and (${input.role} = 'coordinator' or exists (
        select from coordinators other where other.person_id <> ${input.personId}::uuid))
    returning person_id
    ), moved as (
      select m.person_id from memberships m join changed using (person_id)
      where m.group_id = ${input.groupId}::uuid and m.role <> ${input.role}
    ), signed_out as (${signOutAll(ctx, ctx.db.sql`moved`)})
    insert into events (type, group_id, actor_id, data, at)
    select 'member.role', ${input.groupId}::uuid, ${ctx.person.id}::uuid,
      jsonb_build_object('personId', person_id, 'role', ${input.role}::text), ${ctx.now}::timestamptz
    from changed
    returning id`;
  if (changed.length === 0) throw new Problem("wrong-step");
}
