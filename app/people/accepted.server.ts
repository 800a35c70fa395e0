import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

/**
 * Whether somebody who answers for others has accepted this person as a helper, as a condition: a coordinator let them in or
 * checked who they are, in any group, or they coordinate one; or whoever runs the installation vouched for them. Who joined
 * an open group by themselves, or only asked to join, is not accepted yet.
 *
 * @param who SQL of a person's id.
 */
export const isAccepted = ({ db: { sql } }: Pick<Ctx, "db">, who: PendingQuery<Row[]>): PendingQuery<Row[]> => sql`(
  exists (select from people known where known.id = ${who} and (known.is_admin or known.vouched_at is not null))
  or exists (select from memberships known where known.person_id = ${who} and known.state = 'active'
    and (known.role = 'coordinator' or known.vetted_at is not null)))`;
