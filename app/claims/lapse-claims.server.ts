import type { Ctx } from "#app/core/ctx.ts";
import { openAgain } from "./open-again.server.ts";

const BATCH = 500;
/** Where several workers run, one may come by between the end of a question and the next one. */
const TURN_MINUTES = 10;

/**
 * Opens again what was promised and not kept by its due time and the time of grace after it. Who
 * could not be asked yet because another question about the post is open has until that one is closed and theirs could be put. The clock calls it; safe to repeat and to run twice at once.
 *
 * @returns how many promises lapsed, at most 500: call again while it is 500.
 */
export async function lapseClaims(ctx: Ctx): Promise<number> {
  const rows = await openAgain(ctx, {
    status: "lapsed",
    event: "claim.lapsed",
    reason: null,
    which: (sql) => sql`
      select c.id from claims c join posts p on p.id = c.post_id
      where c.status in ('promised', 'on_the_way') and c.lapses_at < ${ctx.now}::timestamptz and p.status = 'open'
        and not (c.ask_at is not null and exists (select from questions q
          where q.person_id = c.person_id and q.post_id = c.post_id
            and (q.closed_at is null or q.closed_at > ${ctx.now}::timestamptz - make_interval(mins => ${TURN_MINUTES}))))
      order by c.lapses_at limit ${BATCH} for update of c skip locked`,
  });
  return rows.length;
}
