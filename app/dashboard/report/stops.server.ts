import type { Ctx } from "#app/core/ctx.ts";
import type { Stops } from "./report.ts";

/** By `consent_events_when`; whoever was erased since is not counted. */
export async function readStops(ctx: Ctx, ids: string[], { from, to }: { from: Date; to: Date }): Promise<Stops> {
  const [row] = await ctx.db.sql<Stops[]>`
    select count(*)::int as stopped, (count(*) filter (where last = 'in'))::int as back
    from (
      select h.id, (select l.action from consent_events l
        where l.phone_lookup = h.phone_lookup and l.at <= ${ctx.now}::timestamptz order by l.id desc limit 1) as last
      from consent_events c join people h on h.phone_lookup = c.phone_lookup
      where c.action = 'out' and c.at >= ${from}::timestamptz and c.at < ${to}::timestamptz
        and exists (select from outbox o
          where o.person_id = h.id and o.group_id = any(${ids}::uuid[]) and o.created_at <= c.at)
      group by h.id
    ) stopped`;
  return row!;
}
