/**
 * The worker process: tells people what happened and does what the clock brings about. Crash-only: killed at any point
 * it loses nothing, and several may run. SIGTERM lets what is in flight finish.
 */
import { hostname } from "node:os";
import { join } from "node:path";
import { keepHead } from "#app/audit/keep-head.server.ts";
import { backUpDaily } from "#app/backup/keep-backups.server.ts";
import { expandBroadcasts } from "#app/broadcasts/expand-broadcasts.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { openClock } from "#app/core/clock.server.ts";
import { loadEnv } from "#app/core/env.server.ts";
import { errorFields, makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { brokenAlarm } from "#app/core/sealing/broken-alarm.server.ts";
import { enrolSenders } from "#app/notifications/enrol-senders.server.ts";
import { workLoop } from "#app/notifications/work-loop.server.ts";
import { providerOf, sendersOf } from "#app/sms/provider.server.ts";
import { forgetProviderCopies } from "#app/retention/provider-copies.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { connectTwilio } from "#app/sms/twilio.server.ts";
import { handleTexts } from "#app/texting/handle-texts.server.ts";
import { sweepInbound } from "#app/texting/sweep-inbound.server.ts";
import { connect } from "#db/client.server.ts";
import { CLOCK_JOBS } from "./worker-jobs.ts";

const STOP_WITHIN_MS = 10_000;
const SWEEP_EVERY_MS = 5 * 60_000;
const env = loadEnv(process.env);
if (!env.DATABASE_URL) throw new Error("DATABASE_URL is not set: start through npm start");
const log = makeLog(env.LOG_LEVEL);
const db = connect(env.DATABASE_URL, { applicationName: "manyhands worker" });
const clock = openClock(env, db);
const ctx: Ctx = {
  db,
  seal: makeSeal(env.DATA_KEY, brokenAlarm(log)),
  log,
  person: null,
  publicUrl: env.PUBLIC_URL,
  wakesNobody: env.SMS_PROVIDER === "local",
  rateLimits: env.RATE_LIMITS === "on",
  get now() {
    return clock.now();
  },
};
const worker = `${hostname()}:${process.pid}:${Date.now().toString(36)}`;

function crash(error: unknown): void {
  log.error("crashed", { worker, ...errorFields(error) });
  process.exit(1);
}
// The driver can throw where nobody can catch it when its connection is killed. A new process starts clean.
process.on("uncaughtException", crash);
process.on("unhandledRejection", crash);

const COPIES_EVERY_MS = 10 * 60_000;
const HEAD_EVERY_MS = 60 * 60_000;
const BACKUP_CHECK_MS = 10 * 60_000;
const { BACKUP_RECIPIENT: recipient, BACKUP_DIR: folder = join(env.DATA_DIR, "backups"), DATABASE_URL: url } = env;
/** A backup that fails is tried again ten minutes later, and said in the log each time. */
const backUp = () =>
  recipient
    ? backUpDaily(ctx, { url: url!, recipient, folder }).catch((error: unknown) =>
        log.error("backup failed", errorFields(error)),
      )
    : Promise.resolve();

const stopping = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    stopping.abort();
  });
}

log.info("working", { worker, pid: process.pid });
while (!stopping.signal.aborted && !(await enrolled())) await new Promise((resume) => setTimeout(resume, 500));

/** Tried again while the database is away: a process that ends over it comes back later than the database does. */
function enrolled(): Promise<boolean> {
  return enrolSenders(ctx, sendersOf(env)).then(
    () => true,
    (error: unknown) => {
      log.warn("could not enrol the senders", errorFields(error));
      return false;
    },
  );
}

/** Asked again only after five minutes when the provider does not answer. */
const sweep = () =>
  sweepInbound(ctx, twilio).catch((error: unknown) => log.warn("could not look for missed texts", errorFields(error)));
const twilio = await connectTwilio(providerOf(env));
const forgetCopies = () => forgetProviderCopies(ctx, twilio.forgetCopy);
await workLoop(ctx, {
  ...twilio,
  worker,
  clockJobs: CLOCK_JOBS,
  also: [
    { what: "texts", everyMs: 1_000, woken: true, work: () => handleTexts(ctx, { worker }) },
    { what: "missed texts", everyMs: SWEEP_EVERY_MS, woken: false, work: sweep },
    { what: "broadcasts", everyMs: 1_000, woken: true, work: () => expandBroadcasts(ctx) },
    { what: "backup", everyMs: BACKUP_CHECK_MS, woken: false, work: backUp },
    { what: "provider's copies", everyMs: COPIES_EVERY_MS, woken: false, work: forgetCopies },
    {
      what: "audit head",
      everyMs: HEAD_EVERY_MS,
      woken: false,
      work: () => keepHead(ctx, env.DATA_DIR).catch(() => undefined),
    },
    { what: "waves", everyMs: 1_000, woken: true, work: () => sendWaves(ctx) },
  ],
  signal: stopping.signal,
  onStuck: () => crash(new Error("the database does not answer")),
});
await ctx.db.end();
process.exit(0);
