import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

/** What stands where somebody's words stood. */
export const ERASED = "—";

/** The `set` list that leaves of a post `p` what is counted, and nothing that anybody said. It never opens again. */
export const emptied = ({ db: { sql }, now }: Ctx): PendingQuery<Row[]> => sql`
  title = ${ERASED}, details = null, answers = '{}', address_sealed = null, note_sealed = null, contact_name_sealed = null,
  reopens_at = null, revision = p.revision + 1, updated_at = ${now}::timestamptz`;
