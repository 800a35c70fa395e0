import type { Ctx } from "#app/core/ctx.ts";
import { timesOf, type Tally } from "./survival-tally.ts";
import type { TextTimes } from "./report.ts";

/** By `outbox_group`. A text that waits for quiet hours to end is not late, so its time begins when it might go. */
export async function readTextTimes(ctx: Ctx, ids: string[], period: { from: Date; to: Date }): Promise<TextTimes> {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  const rows = await sql<(Tally & { leg: "ours" | "theirs" })[]>`
    with texts as (
      select state, submit_started_at as handed, done_at as done, greatest(created_at, not_before) as due from outbox
      where group_id = any(${ids}::uuid[])
        and created_at >= ${period.from}::timestamptz and created_at < ${period.to}::timestamptz
        and state not in ('suppressed', 'expired', 'canceled')
    ), legs as (
      select 'ours' as leg, handed >= due as happened, case when handed >= due then handed else ${now} end - due as took
      from texts where due <= ${now} and (handed >= due or state in ('queued', 'claimed'))
      union all
      select 'theirs', state = 'delivered', case when state in ('delivered', 'undelivered', 'failed') then done else ${now} end - handed
      from texts where handed is not null and state in ('submitted', 'sent', 'delivered', 'undelivered', 'failed', 'unknown')
    )
    select leg, coalesce(happened, false) as happened, greatest(0, floor(extract(epoch from took)))::int as seconds, count(*)::int as count
    from legs where took is not null group by 1, 2, 3`;
  const of = (leg: string) => timesOf(rows.filter((row) => row.leg === leg));
  return { ours: of("ours"), theirs: of("theirs") };
}
