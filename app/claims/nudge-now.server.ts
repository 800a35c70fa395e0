import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { stillLive } from "./why-not-moved.server.ts";
import { movable } from "./scope.server.ts";
import type { ClaimView } from "./claim.ts";

/** Whoever was reminded so lately is left in peace. */
const PEACE_HOURS = 2;

/**
 * A coordinator reminds whoever promised something, by text: the same words the clock uses half way. Within two hours of
 * the last reminder it changes nothing, so two coordinators at once are one reminder.
 *
 * @throws Problem `not-found` where it is not their group's, `wrong-step` where nothing is promised any more.
 */
export async function nudgeNow(ctx: PersonCtx, { id }: { id: string }): Promise<ClaimView> {
  if (!isUuid(id)) throw new Problem("not-found");
  const { sql } = ctx.db;
  const scope = movable(sql, ctx);
  await sql`
    with before as (
      select id, nudge_at, nudged_at from claims where id = ${id}::uuid
    ), reminded as (
      update claims c set nudge_at = null, nudged_at = ${ctx.now}::timestamptz
      from posts p, before
      where before.id = c.id and c.id = ${id}::uuid and p.id = c.post_id and ${scope} and p.status = 'open'
        and c.status in ('promised', 'on_the_way')
        and (c.nudged_at is null or c.nudged_at <= ${ctx.now}::timestamptz - make_interval(hours => ${PEACE_HOURS}))
      returning c.id, c.post_id, p.group_id, before.nudge_at, before.nudged_at
    )
    insert into events (type, group_id, post_id, claim_id, actor_id, data, at, hold_until)
    select 'claim.nudged', group_id, post_id, id, ${ctx.person.id}::uuid,
      jsonb_build_object('nudge_at', nudge_at, 'nudged_at', nudged_at), ${ctx.now}::timestamptz, ${ctx.holdUntil ?? null}::timestamptz
    from reminded`;
  return stillLive(ctx, id, scope);
}
