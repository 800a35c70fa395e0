/** A worker as `scripts/worker.ts` runs it, with short waits, to be killed. Started by worker-processes.ts. */
import type { Ctx } from "#app/core/ctx.ts";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { workLoop } from "#app/notifications/work-loop.server.ts";
import { connectTwilio } from "#app/sms/twilio.server.ts";
import { connect } from "#db/client.server.ts";
import { naiveLoop } from "./naive-loop.ts";
import type { WorkerGiven } from "./worker-processes.ts";

const { DATABASE_URL, DATA_KEY, TWILIO_URL, ACCOUNT, TOKEN, GIVEN } = process.env as Record<string, string>;
const { naive, timeoutMs, ...given } = JSON.parse(GIVEN!) as WorkerGiven;
const ctx: Ctx = {
  db: connect(DATABASE_URL!, { max: 4, applicationName: "crash worker" }),
  seal: makeSeal(DATA_KEY!),
  log: makeLog("error"),
  person: null,
  publicUrl: TWILIO_URL!,
  get now() {
    return new Date();
  },
};
const twilio = await connectTwilio({
  accountSid: ACCOUNT!,
  authToken: TOKEN!,
  from: "+15005550006",
  apiBaseUrl: TWILIO_URL!,
  statusUrl: `${TWILIO_URL}/hooks/twilio/status`,
  timeoutMs: timeoutMs ?? 3_000,
  maxSockets: 50,
});
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());
const begun = new Promise((resolve) => process.once("message", resolve));
process.send?.("ready");
await begun;
const run = {
  ...twilio,
  worker: `crash:${process.pid}`,
  concurrency: 20,
  leaseSeconds: 2,
  submitSeconds: 5,
  checkAfterSeconds: [2, 3, 4],
  checkEveryMs: 500,
  pollMs: 100,
  ...given,
  signal: stopping.signal,
  onStuck: () => process.exit(1),
};
await (naive ? naiveLoop(ctx, run) : workLoop(ctx, run));
await ctx.db.end();
process.exit(0);
