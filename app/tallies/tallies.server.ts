import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

type Fragment = PendingQuery<Row[]>;

/**
 * What posts count as, as a table `group_id, category_id, kind, eyes, state, n`: sum `n`. Exact at every moment, as what is not
 * folded yet is in it. The order of conditions is of no matter: they reach the index.
 *
 * @param where about its columns.
 */
export const postTally = ({ db: { sql } }: Ctx, where: Fragment): Fragment => sql`(
  select group_id, category_id, kind, eyes, state, n from post_tallies where ${where} and n <> 0
  union all select group_id, category_id, kind, eyes, state, n from post_deltas where ${where})`;

/** Needs that miss something by the hour they were asked for in: `group_id, hour, n`. */
export const hourTally = ({ db: { sql } }: Ctx, where: Fragment): Fragment => sql`(
  select group_id, hour, n from hour_tallies where ${where} and n <> 0
  union all select group_id, hour, n from post_deltas where ${where} and kind = 'need' and state in ('open', 'partly'))`;

/** What can be promised on by the spot of the grid it lies in: `lat, lng, group_id, category_id, kind, eyes, n`. */
export const cellTally = ({ db: { sql } }: Ctx, where: Fragment): Fragment => sql`(
  select lat, lng, group_id, category_id, kind, eyes, n from cell_tallies where ${where} and n <> 0
  union all select lat, lng, group_id, category_id, kind, eyes, n from post_deltas
  where ${where} and state in ('open', 'partly'))`;

/** What of a tally the asker may see, as `mayBeSeen` has it of posts, but for their own. @param eyes SQL of who may see it */
export function forEyes({ db: { sql }, person }: Ctx, eyes: Fragment): Fragment {
  if (!person) return sql`${eyes} = 'everyone'`;
  if (person.isAdmin) return sql`true`;
  const shared = Object.keys(person.roles).length > 0 ? ["everyone", "volunteers"] : ["everyone"];
  const coordinated = Object.keys(person.roles).filter((id) => person.roles[id] === "coordinator");
  return sql`(${eyes} = any(${shared}::text[]) or group_id = any(${coordinated}::uuid[]))`;
}
