import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";

/**
 * When a text may reach the person `p`, in SQL: now, or the end of the quiet hours it lies in. The same rule as
 * `afterQuietHours`, for statements that move more rows than may be fetched.
 */
export function afterQuiet(ctx: Ctx): PendingQuery<Row[]> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  if (ctx.wakesNobody) return now;
  const local = sql`(${now} at time zone p.time_zone)`;
  const hour = sql`extract(hour from ${local})`;
  const today = sql`(date_trunc('day', ${local}) + make_interval(hours => p.quiet_to))`;
  return sql`case
    when not (case when p.quiet_from <= p.quiet_to then ${hour} >= p.quiet_from and ${hour} < p.quiet_to
      else ${hour} >= p.quiet_from or ${hour} < p.quiet_to end) then ${now}
    when ${today} at time zone p.time_zone > ${now} then ${today} at time zone p.time_zone
    else (${today} + interval '1 day') at time zone p.time_zone end`;
}
