import { WORK_CHANNEL } from "#app/events/wake-worker.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import type { ListTexts, SendSms } from "#app/sms/sms.ts";
import { checkUncertain } from "./check-uncertain.server.ts";
import { deliver, newPace } from "./deliver.server.ts";
import { fanOut } from "./fan-out.server.ts";
import { moveTexts } from "./move-texts.server.ts";
import { beat, runClockJobs, type ClockJobs } from "./worker.server.ts";

export type WorkLoop = {
  sendSms: SendSms;
  listTexts: ListTexts;
  worker: string;
  concurrency?: number;
  leaseSeconds?: number;
  submitSeconds?: number;
  checkAfterSeconds?: number[];
  checkEveryMs?: number;
  /** Work is looked for at least this often, should a wake-up be lost. */
  pollMs?: number;
  clockJobs?: ClockJobs;
  /** Further loops beside the others, from features this one does not know. `woken`: also when the
   * bell rings, which it does for the others when `work` answers with how much it did. */
  also?: { what: string; everyMs: number; woken: boolean; work: () => Promise<unknown> }[];
  /** Ends the loop: what is in flight is waited for. */
  signal: AbortSignal;
  /** Called when the database has neither answered nor refused for ten seconds: the process should start afresh. */
  onStuck: () => void;
};

const CLOCK_JOBS_EVERY_MS = 10_000;
const BEAT_EVERY_MS = 2_000;
const STUCK_AFTER_MS = 10_000;

/**
 * Works until the signal: loops side by side, so that a slow provider holds up neither the fan-out nor the clock.
 * An error (the database is away) is logged and tried again within half a second.
 *
 * @param ctx its `now` must be the present whenever it is read.
 */
export async function workLoop(ctx: Ctx, run: WorkLoop): Promise<void> {
  const bell = makeBell(run.signal);
  const stuckEvents = new Set<number>();
  const pace = newPace(run.concurrency);
  const pollMs = run.pollMs ?? 1_000;
  // The driver listens again by itself after the connection was lost; until then the poll finds the work.
  ctx.db.sql.listen(WORK_CHANNEL, bell.ring, bell.ring).catch(() => undefined);

  const loop = async (what: string, everyMs: number, work: () => Promise<unknown>, woken = false) => {
    while (!run.signal.aborted) {
      const failed = await work().then(
        () => false,
        (error: unknown) => {
          ctx.log.error(`${what} failed`, errorFields(error));
          return true;
        },
      );
      if (!run.signal.aborted) await bell.wait(failed ? 500 : everyMs, woken && !failed);
    }
  };
  await Promise.all([
    loop("fan-out", pollMs, async () => (await fanOut(ctx, { stuck: stuckEvents })) > 0 && bell.ring(), true),
    loop("deliver", pollMs, () => deliver(ctx, { ...run, pace, wake: (ms) => bell.wait(ms, true) }), true),
    loop("check", run.checkEveryMs ?? 5_000, async () => (await checkUncertain(ctx, run)) + (await moveTexts(ctx))),
    loop("clock", CLOCK_JOBS_EVERY_MS, () => runClockJobs(ctx, run.clockJobs ?? {})),
    ...(run.also ?? []).map(({ what, everyMs, work, woken }) =>
      loop(what, everyMs, async () => Number(await work()) > 0 && bell.ring(), woken),
    ),
    loop("heartbeat", BEAT_EVERY_MS, () => orStuck(beat(ctx, run.worker), run.onStuck)),
  ]);
}

/** Lets several wait for the same ring, for the time to pass, or for the end. */
function makeBell(signal: AbortSignal) {
  const waiting = new Map<() => void, { wakes: boolean }>();
  const ring = () => waiting.forEach(({ wakes }, done) => wakes && done());
  signal.addEventListener("abort", () => waiting.forEach((_how, done) => done()), { once: true });
  return {
    ring,
    wait: (ms: number, wakes: boolean) =>
      new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        waiting.set(done, { wakes });
      }),
  };
}

async function orStuck(work: Promise<void>, onStuck: () => void): Promise<void> {
  const timer = setTimeout(onStuck, STUCK_AFTER_MS);
  try {
    await work;
  } finally {
    clearTimeout(timer);
  }
}
