import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

type Fragment = PendingQuery<Row[]>;

/**
 * Whether two people must not be brought together, as a condition: a coordinator keeps them apart, or one of them blocked the
 * other in a conversation.
 *
 * @param one,other SQL of two people's ids.
 */
export function areKeptApart({ db: { sql } }: Ctx, one: Fragment, other: Fragment): Fragment {
  return sql`(
    exists (select from kept_apart k
      where k.person_id = least(${one}, ${other}) and k.other_id = greatest(${one}, ${other}))
    or exists (select from relay_parties a join relay_parties b on b.relay_id = a.relay_id and b.side <> a.side
      join relays r on r.id = a.relay_id
      where a.person_id = ${one} and b.person_id = ${other} and r.closed_why = 'blocked'))`;
}

/** Everybody whom `areKeptApart` keeps from this person, as an array of ids: to be worked out once and compared with many. */
export function keptApartFrom({ db: { sql } }: Ctx, one: Fragment): Fragment {
  return sql`array(
    select other_id from kept_apart where person_id = ${one}
    union select person_id from kept_apart where other_id = ${one}
    union select b.person_id from relay_parties a join relay_parties b on b.relay_id = a.relay_id and b.side <> a.side
      join relays r on r.id = a.relay_id
      where a.person_id = ${one} and r.closed_why = 'blocked')`;
}
