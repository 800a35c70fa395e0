import type { Ctx } from "#app/core/ctx.ts";
import { holdTexts } from "./hold-texts.server.ts";

/** Carriers blocked it (30007), or the provider holds a STOP we did not know of (21610). */
const FILTERED = ["30007", "21610"];
/** Of the last so many that are settled … */
const LOOKED_AT = 200;
/** … and not before there are so many, … */
const AT_LEAST = 50;
/** … more than this share stops a broadcast before it costs us the number. */
const MOST_SHARE = 0.02;

/**
 * Looks after broadcasts that are out: pauses one that carriers filter, calls one sent when nothing of it is left to
 * send, and repairs what a crash left between a state and its texts. Repeatable.
 *
 * Only texts settled since it was last let go count, so that a coordinator who looked into it can let it go on.
 *
 * @returns how many broadcasts changed.
 */
export async function watchBroadcasts(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  const paused = await sql`
    update broadcasts b set state = 'paused', paused_why = 'filtered', updated_at = ${now}
    where b.state = 'sending' and (
      select count(*) >= ${AT_LEAST}::int
        and count(*) filter (where error_code = any(${FILTERED})) > ${MOST_SHARE}::float8 * count(*)
      from (
        select o.error_code from outbox o
        where o.broadcast_id = b.id and o.done_at > b.updated_at
          and (o.state in ('delivered', 'undelivered', 'failed', 'dead') or o.error_code = any(${FILTERED}))
        order by o.done_at desc limit ${LOOKED_AT}::int
      ) last)
    returning b.id`;
  if (paused.length > 0) ctx.log.warn("broadcasts were paused: carriers filter them", { count: paused.length });
  await holdTexts(ctx);
  const ended = await sql`
    update broadcasts b set state = 'sent', ended_at = ${now}, updated_at = ${now}
    where b.state = 'sending' and b.expanded_at is not null and not exists (
      select from outbox o
      where o.broadcast_id = b.id and o.state in ('queued', 'claimed', 'submitting', 'uncertain'))
    returning b.id`;
  return paused.length + ended.length;
}
