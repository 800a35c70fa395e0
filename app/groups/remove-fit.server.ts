import type { PersonCtx } from "#app/core/ctx.ts";
import { coordinatedGroups } from "./membership.ts";

/** Takes back that the one can serve the other. Safe to repeat. For coordinators of the need's group. */
export async function removeFit(
  ctx: PersonCtx,
  input: { needCategoryId: string; offerCategoryId: string },
): Promise<void> {
  const groups = coordinatedGroups(ctx.person);
  await ctx.db.sql`
    delete from category_fits f using categories n
     where f.need_category_id = ${input.needCategoryId}::uuid and f.offer_category_id = ${input.offerCategoryId}::uuid
       and n.id = f.need_category_id
       and (${groups === "all"}::boolean or n.group_id = any(${groups === "all" ? [] : groups}::uuid[]))`;
}
