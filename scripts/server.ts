/** The web process: opens the services, listens, and stops gracefully. The supervisor starts it again if it dies. */
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Express } from "express";
import { mountApi } from "#app/api/mount-api.server.ts";
import { openClock } from "#app/core/clock.server.ts";
import { loadEnv } from "#app/core/env.server.ts";
import { errorFields, makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { brokenAlarm } from "#app/core/sealing/broken-alarm.server.ts";
import { askingAddress } from "#app/people/asking-address.ts";
import { mountSimulator, simulatorFor } from "#app/sms/simulator/mount.server.ts";
import { mountTwilioHooks } from "#app/sms/webhooks.server.ts";
import { makeApp } from "#app/web/http/app.server.ts";
import { boundWaiting } from "#app/web/http/bound-waiting.server.ts";
import { feelLag } from "#app/web/http/event-loop.server.ts";
import { mountLive } from "#app/web/http/live-stream.server.ts";
import { connect } from "#db/client.server.ts";
import { feelPulse } from "#db/pulse.server.ts";

const STOP_WITHIN_MS = 9_000;
const env = loadEnv(process.env);
if (!env.DATABASE_URL) throw new Error("DATABASE_URL is not set: start through npm start");
const log = makeLog(env.LOG_LEVEL);
const db = connect(env.DATABASE_URL, { applicationName: "manyhands web" });
const clock = openClock(env, db);
const services = {
  env,
  log,
  db,
  pulse: feelPulse(env.DATABASE_URL),
  clock: clock.now,
  seal: makeSeal(env.DATA_KEY, brokenAlarm(log)),
  simulator: simulatorFor(env, clock.now),
};

const buildDir = resolve(process.env.BUILD_DIR ?? "build");
const build = await import(pathToFileURL(join(buildDir, "server/index.js")).href);
let stopping = false;
let endStreams = () => {};

/** What lives beside Remix. */
function mount(app: Express): void {
  mountApi(app, services);
  mountTwilioHooks(app, services);
  mountSimulator(app, services.simulator);
  endStreams = mountLive(app, services).close;
}

const app = makeApp(services, { build, buildDir, isStopping: () => stopping, mount, lag: feelLag() });
const patience = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 };
const server = createServer({ ...patience, connectionsCheckingInterval: 1_000 }, app);
server.maxHeadersCount = 100;
const isProxy = app.get("trust proxy fn") as (address: string | undefined, hop: number) => boolean;
boundWaiting(server, { askerOf: (address) => (isProxy(address, 0) ? null : askingAddress(address)) });
server.listen(env.PORT, env.HOST, () => log.info("listening", { port: env.PORT, pid: process.pid }));

function stop(): void {
  if (stopping) return;
  stopping = true;
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  services.pulse.close();
  server.close(() => void services.db.end().then(() => process.exit(0)));
  endStreams();
  server.closeIdleConnections();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

// The driver can throw where nobody can catch it when its connection is killed in mid-query. A half-broken process
// helps nobody: say so and let the supervisor start a new one.
process.on("uncaughtException", (error) => {
  log.error("crashed", errorFields(error));
  process.exit(1);
});
