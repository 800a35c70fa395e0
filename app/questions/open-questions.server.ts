import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import type { OpenQuestion } from "./question.ts";

/** What this person is asked and may answer now, the oldest first; at most one a post. */
export async function openQuestions(ctx: Ctx, personId: string): Promise<OpenQuestion[]> {
  const { sql } = ctx.db;
  return [
    ...(await sql<OpenQuestion[]>`
      select q.id, q.kind, p.code, p.kind as "postKind", p.title, q.claim_id as "claimId"
      from questions q join posts p on p.id = q.post_id left join claims c on c.id = q.claim_id
      where q.person_id = ${personId}::uuid and q.closed_at is null and q.answer is null
        and q.expires_at > ${ctx.now}::timestamptz and ${isMeant(ctx)}
      order by q.asked_at, q.id`),
  ];
}

/** Something would come of an answer to question `q` (its post `p`, its claim `c` if any): nothing has settled it meanwhile. */
export const isMeant = ({ db: { sql } }: Ctx): PendingQuery<Row[]> => sql`
  case q.kind
    when 'still_good' then c.status in ('promised', 'on_the_way') and p.status = 'open'
    when 'got_it' then c.status = 'delivered' and p.status = 'open'
    when 'need_again' then p.status = 'closed' and p.closed_reason = 'met_for_now' and p.reopens_at is not null
    else p.status = 'open' end`;
