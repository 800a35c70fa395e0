import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { PostKind } from "#app/posts/post.ts";

/**
 * Where to look for what fits, as a CTE body out of `probes` (posts with `id`, `category_id` and `group_id`): one row for each
 * probe and shelf, with how well (`FIT`) what is there fits. A shelf holds what `coalesce(category_id, group_id)` of the posts on it says:
 *
 * - its own category;
 * - by the table of what can serve what, of any group;
 * - where a category is missing on either side, the rest of its group.
 *
 * `own` is the one the probe itself would stand on. `must` are the fields of the need's category without which nothing fits, where the shelf decides that category.
 */
export function shelvesOf({ db: { sql } }: Ctx, kind: PostKind): PendingQuery<Row[]> {
  const [mine, theirs] = kind === "need" ? ["need", "offer"] : ["offer", "need"];
  const own = sql(`f.${mine}_category_id`);
  const other = sql(`f.${theirs}_category_id`);
  return sql`
    select s.probe, s.shelf, s.fit, s.own, coalesce(array(
      select field ->> 'key' from categories c, jsonb_array_elements(c.fields) field
      where c.id = s.shelf and field ->> 'weighs' = 'must'), '{}') as must
    from (
      select id as probe, category_id as shelf, 'same' as fit, true as own from probes where category_id is not null
      union all
      select x.id, ${other}, f.fit, false
      from probes x join category_fits f on ${own} = x.category_id
      union all
      select id, group_id, 'loose', category_id is null from probes
      union all
      select x.id, c.id, 'loose', false from probes x join categories c on c.group_id = x.group_id and x.category_id is null
    ) s`;
}
