import type { Ctx } from "#app/core/ctx.ts";
import { whyOf } from "../why-undelivered.ts";
import { funnelOf, type TextFunnel } from "./text-funnel.ts";

/** The texts about these groups that were written in the period. */
export async function readTextFunnel(
  ctx: Ctx,
  ids: string[],
  { from, to }: { from: Date; to: Date },
): Promise<TextFunnel> {
  const rows = await ctx.db.sql<{ state: string; error_code: string | null; count: number; segments: number }[]>`
    select state, error_code, count(*)::int as count, sum(segments)::int as segments from outbox
    where group_id = any(${ids}::uuid[]) and created_at >= ${from}::timestamptz and created_at < ${to}::timestamptz
    group by state, error_code`;
  return funnelOf(rows.map(({ error_code, ...row }) => ({ ...row, why: whyOf(error_code) })));
}
