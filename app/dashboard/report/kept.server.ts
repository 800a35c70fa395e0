import type { Ctx } from "#app/core/ctx.ts";
import { loadOf, type Kept, type Load, type LoadCount } from "./kept.ts";

/** What became of the promises on the needs that were asked for in the period. */
export async function readKept(ctx: Ctx, ids: string[], { from, to }: { from: Date; to: Date }): Promise<Kept> {
  const [row] = await ctx.db.sql<Kept[]>`
    select (count(*) filter (where c.status = 'confirmed'))::int as confirmed,
      (count(*) filter (where c.status = 'delivered'))::int as delivered,
      (count(*) filter (where c.status in ('promised', 'on_the_way')))::int as live,
      (count(*) filter (where c.status = 'released'))::int as released,
      (count(*) filter (where c.status = 'lapsed'))::int as lapsed
    from posts p join claims c on c.post_id = p.id
    where p.group_id = any(${ids}::uuid[]) and p.kind = 'need' and p.closed_reason is distinct from 'declined'
      and p.created_at >= ${from}::timestamptz and p.created_at < ${to}::timestamptz`;
  return row!;
}

/** The live promises of these groups by how many a person has, as of now, by `claims_lapse`. */
export async function readLoad(ctx: Ctx, ids: string[]): Promise<Load> {
  const rows = await ctx.db.sql<LoadCount[]>`
    select live, count(*)::int as people from (
      select count(*)::int as live from claims c join posts p on p.id = c.post_id
      where c.status in ('promised', 'on_the_way') and p.group_id = any(${ids}::uuid[]) group by c.person_id
    ) held group by live order by live`;
  return loadOf(rows);
}
