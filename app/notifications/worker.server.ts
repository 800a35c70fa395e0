import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import type { ListTexts, SendSms } from "#app/sms/sms.ts";
import { checkUncertain } from "./check-uncertain.server.ts";
import { CLOCK_JOBS } from "./clock-jobs.server.ts";
import { deliver } from "./deliver.server.ts";
import { fanOut } from "./fan-out.server.ts";

export type Working = { sendSms: SendSms; listTexts: ListTexts; worker: string; checkAfterSeconds?: number[] };

/**
 * All of the worker's work, once: what time has brought about, whom to tell, sending, what is unclear, a sign of life.
 * Every part is repeatable; one that fails is logged and does not stop the rest.
 */
export async function runOnce(ctx: Ctx, { sendSms, listTexts, worker, checkAfterSeconds }: Working): Promise<void> {
  const checks = checkAfterSeconds ? { checkAfterSeconds } : {};
  await runClockJobs(ctx);
  await attempt(ctx, "fan-out", () => fanOut(ctx));
  await attempt(ctx, "deliver", () => deliver(ctx, { sendSms, worker, ...checks }));
  await attempt(ctx, "check", () => checkUncertain(ctx, { listTexts, ...checks }));
  await attempt(ctx, "heartbeat", () => beat(ctx, worker));
}

export async function runClockJobs(ctx: Ctx): Promise<void> {
  for (const [name, job] of Object.entries(CLOCK_JOBS)) await attempt(ctx, name, () => job(ctx));
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
