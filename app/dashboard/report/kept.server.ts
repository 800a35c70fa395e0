import type { Ctx } from "#app/core/ctx.ts";
import { readDays } from "../days/read-days.server.ts";
import { loadOf, type Kept, type Load, type LoadCount } from "./kept.ts";

/** What became of the promises on the needs that were asked for in the period. */
export async function readKept(ctx: Ctx, ids: string[], period: { from: Date; to: Date }): Promise<Kept> {
  const days = await readDays(ctx, "promises", ids, period);
  const sum = (key: keyof Kept) => days.reduce((total, day) => total + day[key], 0);
  return {
    confirmed: sum("confirmed"),
    delivered: sum("delivered"),
    live: sum("live"),
    released: sum("released"),
    lapsed: sum("lapsed"),
  };
}

/** The live promises of these groups by how many a person has, as of now, from `claims_lapse` and `posts_current` alone. */
export async function readLoad(ctx: Ctx, ids: string[]): Promise<Load> {
  const rows = await ctx.db.sql<LoadCount[]>`
    select live, count(*)::int as people from (
      select count(*)::int as live from claims c join posts p on p.id = c.post_id
      where c.status in ('promised', 'on_the_way') and p.status <> 'closed'
        and p.group_id = any((select ${ids}::uuid[])::uuid[]) group by c.person_id
    ) held group by live order by live`;
  return loadOf(rows);
}
