import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import type { QuestionKind } from "#app/events/event.ts";
import { afterQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";

type Fragment = PendingQuery<Row[]>;

type Asking = {
  kind: QuestionKind;
  /** A select of `id` (of a claim or post) and `person_id`: what is due now and whom to ask. */
  candidates: Fragment;
  /**
   * The same again, locked, out of `given g(id, question_id, heard_at)`: `question_id, person_id, post_id, claim_id,
   * group_id, quantity, expires_at` and what `moved` needs. `heard_at` is when a text reaches the person: now, or when
   * their quiet hours end.
   */
  due: Fragment;
  /** The update that moves the clock of what was asked: joins `due` and `asked(id)`. */
  moved: Fragment;
};

const BATCH = 500;

/**
 * Puts a question to everybody for whom it is due: its row, the event that texts it, and the moved clock are one
 * statement. Safe to repeat and to run in several workers. Who has an open question about the same post is asked when
 * that one is closed.
 *
 * @returns how many were asked, at most 500.
 */
export async function ask(ctx: Ctx, { kind, candidates, due, moved }: Asking): Promise<number> {
  const { sql } = ctx.db;
  const people = await sql<(QuietHours & { id: string })[]>`
    select x.id, a.time_zone as "timeZone", a.quiet_from as "quietFrom", a.quiet_to as "quietTo"
    from (${candidates}) x join people a on a.id = x.person_id limit ${BATCH}`;
  if (people.length === 0) return 0;
  const given = people.map((person) => ({
    id: person.id,
    question_id: newId(ctx.now),
    heard_at: ctx.wakesNobody ? ctx.now : afterQuietHours(ctx.now, person),
  }));
  const asked = await sql`
    with given as (
      select * from jsonb_to_recordset(${sql.json(given as never)}) as g(id uuid, question_id uuid, heard_at timestamptz)
    ), due as (${due}), asked as (
      insert into questions (id, kind, person_id, post_id, claim_id, asked_at, expires_at)
      select question_id, ${kind}, person_id, post_id, claim_id, ${ctx.now}::timestamptz, expires_at from due order by post_id
      on conflict (person_id, post_id) where closed_at is null do nothing
      returning id
    ), moved as (${moved})
    insert into events (type, group_id, post_id, claim_id, data, at)
    select 'question.asked', due.group_id, due.post_id, due.claim_id, jsonb_strip_nulls(jsonb_build_object(
      'questionId', due.question_id, 'kind', ${kind}::text, 'quantity', due.quantity)), ${ctx.now}::timestamptz
    from due join asked on asked.id = due.question_id
    returning id`;
  return asked.length;
}

/** No question about post `p` is open for this person: at most one is, so that a bare answer has one meaning. */
export const noneOpen = ({ db: { sql } }: Ctx, personId: Fragment): Fragment => sql`
  not exists (select from questions o where o.person_id = ${personId} and o.post_id = p.id and o.closed_at is null)`;
