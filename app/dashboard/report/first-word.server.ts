import type { Ctx } from "#app/core/ctx.ts";
import { timesOf, type Tally, type Times } from "./survival-tally.ts";

/**
 * Time from asking until somebody had a word with the author (`first_words`), of the needs asked for in the period. Those nobody has
 * spoken with count for as long as they have waited, closed ones until they were closed. `posts_covering` gives all of them;
 * rows are read only of those that were spoken with.
 */
export async function readFirstWord(ctx: Ctx, ids: string[], { from, to }: { from: Date; to: Date }): Promise<Times> {
  const { sql } = ctx.db;
  const until = sql`case when p.status = 'closed' then p.closed_at else ${ctx.now}::timestamptz end`;
  const seconds = (end: typeof until) => sql`greatest(0, floor(extract(epoch from ${end} - p.created_at)))::int`;
  const asked = sql`p.group_id = any(${ids}::uuid[]) and p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz
    and p.kind = 'need' and p.closed_reason is distinct from 'declined'`;
  const rows = await sql<Tally[]>`
    with heard as (
      select ${seconds(sql`w.at`)} as took, ${seconds(until)} as watched
      from first_words w join posts p on p.id = w.post_id
      where w.at >= ${from}::timestamptz and w.at <= ${until} and ${asked}
    ), silent as (
      select ${seconds(until)} as watched from posts p where ${asked}
      except all select watched from heard
    )
    select true as happened, took as seconds, count(*)::int as count from heard group by took
    union all select false, watched, count(*)::int from silent group by watched`;
  return timesOf(rows);
}
