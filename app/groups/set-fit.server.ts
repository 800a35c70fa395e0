import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { FitView } from "./fit.ts";
import { coordinatedGroups } from "./membership.ts";

type Pair = { needCategoryId: string; offerCategoryId: string };

/**
 * Says that offers of one category can serve needs of another, and how well; saying it again changes how well. For
 * coordinators of the need's group.
 *
 * @throws Problem `not-found` when one of them is not there, or they are the same, or the asker does not run the group.
 */
export async function setFit(ctx: PersonCtx, input: Pair & { fit: FitView["fit"] }): Promise<void> {
  const groups = coordinatedGroups(ctx.person);
  const set = await ctx.db.sql`
    insert into category_fits (need_category_id, offer_category_id, fit)
    select n.id, o.id, ${input.fit} from categories n, categories o
     where n.id = ${input.needCategoryId}::uuid and o.id = ${input.offerCategoryId}::uuid and n.id <> o.id
       and (${groups === "all"}::boolean or n.group_id = any(${groups === "all" ? [] : groups}::uuid[]))
    on conflict (need_category_id, offer_category_id) do update set fit = excluded.fit
    returning 1`;
  if (set.length === 0) throw new Problem("not-found");
}
