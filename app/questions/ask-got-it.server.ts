import { RECEIPT_HOURS, SILENCE_HOURS, UNCONFIRMED_HOURS } from "#app/claims/claim.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { ask, noneOpen } from "./ask.server.ts";
import { LEAST_ANSWER_HOURS } from "./question.ts";

const [, AGAIN] = RECEIPT_HOURS;

/**
 * "Did you get it?" to the author of a need two hours after a delivery, and once more after a day. The second stays open
 * until silence counts as a yes; before that `tellUnconfirmed` tells the coordinators. @returns how many were asked.
 */
export function askGotIt(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const isDue = sql`
    c.ask_at <= ${ctx.now}::timestamptz and c.status = 'delivered' and c.receipt_asks < ${RECEIPT_HOURS.length}
    and p.status = 'open' and p.kind = 'need'`;
  const hours = (first: number, again: number) =>
    sql`make_interval(hours => case c.receipt_asks when 0 then ${first}::int else ${again}::int end)`;
  return ask(ctx, {
    kind: "got_it",
    candidates: sql`
      select c.id, p.author_id as person_id from claims c join posts p on p.id = c.post_id
      where ${isDue} and ${noneOpen(ctx, sql`p.author_id`)} order by c.ask_at`,
    due: sql`
      select c.id, g.question_id, p.author_id as person_id, c.post_id, c.id as claim_id, p.group_id,
        c.delivered_quantity as quantity,
        greatest(c.updated_at + ${hours(AGAIN, SILENCE_HOURS)}, g.heard_at + ${hours(LEAST_ANSWER_HOURS, 2 * LEAST_ANSWER_HOURS)})
          as expires_at,
        greatest(c.updated_at + ${hours(AGAIN, UNCONFIRMED_HOURS)}, g.heard_at + ${hours(LEAST_ANSWER_HOURS, LEAST_ANSWER_HOURS)})
          as next_at
      from given g join claims c on c.id = g.id join posts p on p.id = c.post_id
      where ${isDue} order by c.id for update of c skip locked`,
    moved: sql`
      update claims c set receipt_asks = c.receipt_asks + 1, ask_at = due.next_at
      from due join asked on asked.id = due.question_id where c.id = due.id`,
  });
}
