import type { Ctx } from "#app/core/ctx.ts";
import { POST_CLOSED } from "./claim.ts";
import { openAgain } from "./open-again.server.ts";

const BATCH = 500;

/**
 * Ends what is still promised on closed posts, so that its people hear that there is nothing left to do, and offers that
 * backed it are free again. What was delivered stays, to be confirmed. The clock calls it and not the closing itself: a
 * promise made at that very moment is invisible to the statement that closes, and never to the next round of the clock.
 *
 * @returns how many promises ended, at most 500: call again while it is 500.
 */
export async function releaseClosed(ctx: Ctx): Promise<number> {
  const rows = await openAgain(ctx, {
    status: "released",
    event: "claim.released",
    reason: POST_CLOSED,
    closed: true,
    which: (sql) => sql`
      select c.id from claims c join posts p on p.id = c.post_id
      where c.status in ('promised', 'on_the_way') and p.status = 'closed'
        and not exists (select from events e
          where e.post_id = p.id and e.type = 'post.closed' and e.hold_until > ${ctx.now}::timestamptz)
      limit ${BATCH} for update of c, p skip locked`,
  });
  return rows.length;
}
