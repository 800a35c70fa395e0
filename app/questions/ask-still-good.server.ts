import { GRACE_HOURS } from "#app/claims/claim.ts";
import { byUrgency } from "#app/claims/scope.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { ask, noneOpen } from "./ask.server.ts";

/**
 * "Still good?" to whoever promised, at the due time. From when they can read it they have the time of grace to answer,
 * so quiet hours never cost anybody a promise. @returns how many were asked.
 */
export function askStillGood(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const isDue = sql`c.ask_at <= ${ctx.now}::timestamptz and c.status in ('promised', 'on_the_way') and p.status = 'open'`;
  return ask(ctx, {
    kind: "still_good",
    candidates: sql`
      select c.id, c.person_id from claims c join posts p on p.id = c.post_id
      where ${isDue} and ${noneOpen(ctx, sql`c.person_id`)} order by c.ask_at`,
    due: sql`
      select c.id, g.question_id, c.person_id, c.post_id, c.id as claim_id, p.group_id, c.quantity,
        greatest(c.lapses_at, g.heard_at + ${byUrgency(sql, GRACE_HOURS)}) as expires_at
      from given g join claims c on c.id = g.id join posts p on p.id = c.post_id
      where ${isDue} order by c.id for update of c skip locked`,
    moved: sql`
      update claims c set ask_at = null, nudge_at = null, lapses_at = due.expires_at
      from due join asked on asked.id = due.question_id where c.id = due.id`,
  });
}
