import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

type Fragment = PendingQuery<Row[]>;

/**
 * Whether a number is blocked by a group, or everywhere, as a condition.
 *
 * @param phoneLookup,groupId SQL of the fingerprint of a number, and of a group's id.
 */
export const isPhoneBlocked = ({ db: { sql } }: Ctx, phoneLookup: Fragment, groupId: Fragment): Fragment =>
  sql`exists (select from blocked_phones bl
    where bl.phone_lookup = ${phoneLookup} and bl.scope in ('all', (${groupId})::text))`;

/** The same of a person, by id. */
export const isPersonBlocked = (ctx: Ctx, personId: Fragment, groupId: Fragment): Fragment => {
  const { sql } = ctx.db;
  return sql`exists (select from people bp where bp.id = ${personId}
    and ${isPhoneBlocked(ctx, sql`bp.phone_lookup`, groupId)})`;
};

/** Is this number blocked everywhere? Then what it writes gets no answer. */
export async function isShutOut(ctx: Pick<Ctx, "db">, phoneLookup: string): Promise<boolean> {
  const rows = await ctx.db.sql`
    select from blocked_phones where phone_lookup = ${phoneLookup} and scope = 'all'`;
  return rows.length > 0;
}
