import type { PersonCtx } from "#app/core/ctx.ts";

/** Leaves a group, or takes back asking to join. Promises stay promised: handing one back is its own step. Safe to repeat. */
export async function leaveGroup(ctx: PersonCtx, { slug }: { slug: string }): Promise<void> {
  await ctx.db.sql`
    update memberships m set state = 'left', role = 'volunteer'
    from groups g
    where g.slug = ${slug} and m.group_id = g.id and m.person_id = ${ctx.person.id}::uuid and m.state <> 'left'`;
}
