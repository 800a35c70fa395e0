import type { Ctx } from "#app/core/ctx.ts";
import { lastsOf } from "#app/posts/expiry.server.ts";
import { ask, noneOpen } from "./ask.server.ts";
import { STILL_NEEDED_HOURS } from "./question.ts";

/**
 * "Do you still need it?" to the author of a post that is about to come off the board: a day before, or a tenth of its
 * time if that is less, and from when they can read it they have as long to answer. Asked once for each time it would
 * run out. Not while somebody is on it, because then it stays up anyway, and not about an offer that ends with its
 * window. @returns how many were asked.
 */
export function askStillNeeded(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const lead = sql`least(make_interval(hours => ${STILL_NEEDED_HOURS}), ${lastsOf(ctx, sql`p.category_id`)} / 10)`;
  const isDue = sql`
    p.status = 'open' and p.expires_at <= ${ctx.now}::timestamptz + make_interval(hours => ${STILL_NEEDED_HOURS})
    and p.expires_at <= ${ctx.now}::timestamptz + ${lead}
    and not (p.kind = 'offer' and p.window_end is not null)
    and not exists (select from questions q where q.post_id = p.id and q.kind = 'still_needed' and q.expires_at >= p.expires_at)
    and not exists (select from claims c where c.post_id = p.id and c.status in ('promised', 'on_the_way', 'delivered'))`;
  return ask(ctx, {
    kind: "still_needed",
    candidates: sql`
      select p.id, p.author_id as person_id from posts p
      where ${isDue} and ${noneOpen(ctx, sql`p.author_id`)} order by p.expires_at`,
    due: sql`
      select p.id, g.question_id, p.author_id as person_id, p.id as post_id, null::uuid as claim_id, p.group_id,
        null::int as quantity, greatest(p.expires_at, g.heard_at + ${lead}) as expires_at
      from given g join posts p on p.id = g.id
      where ${isDue} order by p.id for update of p skip locked`,
    moved: sql`
      update posts p set expires_at = due.expires_at
      from due join asked on asked.id = due.question_id where p.id = due.id`,
  });
}
