import type { Ctx } from "#app/core/ctx.ts";
import { asksFirst } from "#app/posts/reopen-post.server.ts";
import { ask, noneOpen } from "./ask.server.ts";
import { NEED_AGAIN_HOURS } from "./question.ts";

/**
 * "Do you need it again?" to the author of what was met for now, on the day it would come back. Without an answer within
 * a day it does. Who cannot be texted is not asked. @returns how many were asked.
 */
export function askNeedAgain(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const isDue = sql`p.reopens_at <= ${ctx.now}::timestamptz and p.status = 'closed' and ${asksFirst(ctx)}`;
  return ask(ctx, {
    kind: "need_again",
    candidates: sql`
      select p.id, p.author_id as person_id from posts p
      where ${isDue} and ${noneOpen(ctx, sql`p.author_id`)} order by p.reopens_at`,
    due: sql`
      select p.id, g.question_id, p.author_id as person_id, p.id as post_id, null::uuid as claim_id, p.group_id,
        null::int as quantity, g.heard_at + make_interval(hours => ${NEED_AGAIN_HOURS}) as expires_at
      from given g join posts p on p.id = g.id
      where ${isDue} order by p.id for update of p skip locked`,
    moved: sql`
      update posts p set reopens_at = due.expires_at
      from due join asked on asked.id = due.question_id where p.id = due.id`,
  });
}
