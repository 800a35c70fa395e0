import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";

/**
 * What a member wants to be texted about: `alerts` for new needs of the group, `hearsClaims` when somebody promises one. `categories` (slugs) narrows the needs to those; none or all of them mean
 * every need of the group, and left out it stays.
 *
 * @throws Problem `wrong-step` when the asker is not in that group.
 */
export async function setAlerts(
  ctx: PersonCtx,
  input: { slug: string; alerts: boolean; hearsClaims: boolean; categories?: string[] | undefined },
): Promise<void> {
  const changed = await ctx.db.sql`
    update memberships m set alerts = ${input.alerts}, hears_claims = ${input.hearsClaims},
      category_ids = case when ${input.categories !== undefined}::boolean then coalesce((
        select case when count(*) filter (where c.slug = any(${input.categories ?? []}::text[])) < count(*)
          then array_agg(c.id) filter (where c.slug = any(${input.categories ?? []}::text[])) end
        from categories c where c.group_id = g.id), '{}') else m.category_ids end
    from groups g
    where g.slug = ${input.slug} and m.group_id = g.id and m.person_id = ${ctx.person.id}::uuid and m.state <> 'left'
    returning 1`;
  if (changed.length === 0) throw new Problem("wrong-step");
}
