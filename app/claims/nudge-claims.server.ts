import type { Ctx } from "#app/core/ctx.ts";
import { afterQuietHours, type QuietHours } from "#app/people/quiet-hours.ts";

const BATCH = 500;

/**
 * Reminds whoever promised, half way to the due time and once. Not who is on the way already, and not where the text would
 * come only when they are asked anyway: at the end of their quiet hours. Safe to repeat.
 *
 * @returns how many promises it looked at, at most 500.
 */
export async function nudgeClaims(ctx: Ctx): Promise<number> {
  const { sql } = ctx.db;
  const due = await sql<(QuietHours & { id: string; askAt: Date | null })[]>`
    select c.id, c.ask_at as "askAt", a.time_zone as "timeZone", a.quiet_from as "quietFrom", a.quiet_to as "quietTo"
    from claims c join people a on a.id = c.person_id
    where c.nudge_at <= ${ctx.now}::timestamptz order by c.nudge_at limit ${BATCH}`;
  if (due.length === 0) return 0;
  const heardInTime = (claim: (typeof due)[number]) =>
    claim.askAt !== null && (ctx.wakesNobody ? ctx.now : afterQuietHours(ctx.now, claim)) < claim.askAt;
  const rows = await sql`
    with due as (
      select c.id, c.post_id, p.group_id,
        c.id = any(${due.filter(heardInTime).map(({ id }) => id)}::uuid[]) and c.status = 'promised' and p.status = 'open' as told
      from claims c join posts p on p.id = c.post_id
      where c.id = any(${due.map(({ id }) => id)}::uuid[]) and c.nudge_at <= ${ctx.now}::timestamptz
      order by c.id for update of c skip locked
    ), nudged as (
      insert into events (type, group_id, post_id, claim_id, at)
      select 'claim.nudged', group_id, post_id, id, ${ctx.now}::timestamptz from due where told
    )
    update claims c set nudge_at = null from due where c.id = due.id
    returning c.id`;
  return rows.length;
}
