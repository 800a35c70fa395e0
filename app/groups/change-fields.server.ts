import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { CategoryField } from "./category-field.ts";
import { coordinatedGroups } from "./membership.ts";

type Change = (fields: CategoryField[], elsewhere: CategoryField[]) => CategoryField[];
const TRIES = 5;

/**
 * Changes what a category asks. What somebody else changed in between is not written over: then the change is made
 * again, to what is there now.
 *
 * @param change may throw to leave everything as it is; it may run several times.
 * @throws Problem `not-found` when there is no such category or the asker does not run its group; `too-busy`.
 */
export async function changeFields(ctx: PersonCtx, categoryId: string, change: Change): Promise<void> {
  const { sql } = ctx.db;
  const groups = coordinatedGroups(ctx.person);
  type Row = { fields: CategoryField[]; elsewhere: CategoryField[] };
  for (let tried = 0; tried < TRIES; tried++) {
    const [row] = await sql<Row[]>`
      select c.fields, (select coalesce(jsonb_agg(f), '[]') from categories o, jsonb_array_elements(o.fields) f
          where o.id <> c.id) as elsewhere
        from categories c
       where c.id = ${categoryId}::uuid
         and (${groups === "all"}::boolean or c.group_id = any(${groups === "all" ? [] : groups}::uuid[]))`;
    if (!row) throw new Problem("not-found");
    const fields = change(row.fields, row.elsewhere);
    const written = await sql`
      update categories set fields = ${sql.json(fields)}
       where id = ${categoryId}::uuid and fields = ${sql.json(row.fields)}::jsonb returning 1`;
    if (written.length > 0) return;
  }
  throw new Problem("too-busy");
}
