import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";

/** By name, what time alone brings about: each is one repeatable statement that returns how much it changed. */
export type ClockJobs = Record<string, (ctx: Ctx) => Promise<number>>;

/** What time has brought about. Every job is repeatable; one that fails is logged and does not stop the rest. */
export async function runClockJobs(ctx: Ctx, jobs: ClockJobs): Promise<void> {
  for (const [name, job] of Object.entries(jobs)) await attempt(ctx, name, () => job(ctx));
}

/** Says that this worker lives; `/readyz` looks at it. Rows of workers that have been silent for a day go. */
export async function beat(ctx: Ctx, worker: string): Promise<void> {
  await ctx.db.sql`
    with gone as (delete from workers where seen_at < ${ctx.now}::timestamptz - interval '1 day')
    insert into workers (id, started_at, seen_at) values (${worker}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz)
    on conflict (id) do update set seen_at = excluded.seen_at`;
}

async function attempt(ctx: Ctx, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    ctx.log.error(`${what} failed`, errorFields(error));
  }
}
