import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";

/**
 * What a member wants to be texted about: `alerts` for new needs of the group, `hearsClaims` when somebody promises one.
 *
 * @throws Problem `wrong-step` when the asker is not in that group.
 */
export async function setAlerts(
  ctx: PersonCtx,
  input: { slug: string; alerts: boolean; hearsClaims: boolean },
): Promise<void> {
  const changed = await ctx.db.sql`
    update memberships m set alerts = ${input.alerts}, hears_claims = ${input.hearsClaims}
    from groups g
    where g.slug = ${input.slug} and m.group_id = g.id and m.person_id = ${ctx.person.id}::uuid and m.state <> 'left'
    returning 1`;
  if (changed.length === 0) throw new Problem("wrong-step");
}
