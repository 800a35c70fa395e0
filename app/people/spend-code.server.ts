import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { CODE_TRIES } from "./start-sign-in.server.ts";

/**
 * One try at a code, as the part of a statement that decides: it is counted, and a used, burnt, old or superseded code gives no row.
 * A row comes for a wrong try, too. Returns `person_id`.
 *
 * @param of what the code has to be besides, as a condition on the row `c`.
 */
export const spendCode = (
  { db: { sql }, now }: Pick<Ctx, "db" | "now">,
  { challengeId, right, of }: { challengeId: string; right: boolean; of: PendingQuery<Row[]> },
) => sql`
  update sign_in_codes c
  set tries = c.tries + 1, used_at = case when ${right}::boolean then ${now}::timestamptz end
  where c.id = ${challengeId}::uuid and ${of}
    and c.used_at is null and c.tries < ${CODE_TRIES}::int and c.expires_at > ${now}::timestamptz
    and not exists (
      select from sign_in_codes newer
      where newer.person_id = c.person_id and (newer.created_at, newer.id) > (c.created_at, c.id)
    )
  returning c.person_id`;
