/**
 * `npm start`: the small supervisor. Database, migrations, key check, demo; then web and worker as child processes that
 * are started again when they crash. SIGTERM or SIGINT stops everything in order; SIGHUP restarts the children.
 */
import { parseArgs } from "node:util";
import type { Ctx } from "#app/core/ctx.ts";
import { dataKeyFits } from "#app/core/data-key-check.server.ts";
import { isLoopback, type Env } from "#app/core/env.server.ts";
import { connect } from "#db/client.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { demoCoordinator, seedDemo } from "#scripts/demo.ts";
import { asCommand, readEnvironment, Trouble } from "#scripts/environment.ts";
import { operatorCtx } from "#scripts/operator.ts";
import { step } from "#scripts/steps.mjs";
import { borrowDatabase, ownDatabase, type Database } from "#scripts/supervisor/database.ts";
import { keepRunning, type Kept } from "#scripts/supervisor/keep-running.ts";
import { NODE_FLAGS } from "#scripts/supervisor/node-flags.ts";
import { needPort } from "#scripts/supervisor/port.ts";

/** Children finish within this; PostgreSQL needs the rest of the 10 s that a service manager waits. */
const CHILDREN_MS = 7_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

let children: Kept[] = [];
let database: Database | undefined;
let stopping: Promise<void> | undefined;

function stop(): Promise<void> {
  stopping ??= (async () => {
    await Promise.all(children.map((child) => child.stop(CHILDREN_MS)));
    await database?.close();
  })();
  return stopping;
}

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    if (!stopping) say("Stopping …");
    void stop().then(() => process.exit(0));
  });
}
leaveWithNpm();
process.on("SIGHUP", () => children.forEach((child) => child.restart()));

await asCommand(async () => {
  const { values } = parseArgs({ options: { roles: { type: "string" } } });
  if (values.roles) process.env["ROLES"] = values.roles;
  const env = await readEnvironment();
  if (env.ROLES.includes("web")) await needPort(env.PORT, env.HOST);
  try {
    const coordinator = await prepare(env);
    if (stopping) return;
    children = env.ROLES.map((role) => launch(role, env));
    await greet(env, coordinator);
  } catch (error) {
    await stop();
    throw error;
  }
});

/** npm passes SIGTERM to the shell between us, which dies without passing it on. Losing that parent means: stop. */
function leaveWithNpm(): void {
  const parent = process.ppid;
  if (!process.env["npm_lifecycle_event"]) return;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, "SIGTERM"), 300).unref();
}

type Coordinator = Awaited<ReturnType<typeof demoCoordinator>>;

async function prepare(env: Env): Promise<Coordinator> {
  const name = env.DATABASE_URL ? "Reaching PostgreSQL" : "Starting PostgreSQL";
  // A worker alone goes along with whoever runs the pages; it must not claim the database for itself.
  const open = () => (env.ROLES.includes("web") ? ownDatabase(env, say) : borrowDatabase(env));
  const opened = await step(name, open);
  database = opened;
  if (opened.adopted && !env.DATABASE_URL) say("  (it was running already; its data are kept)");
  await step("Migrating the database", () => migrate(opened.url));
  const db = connect(opened.url, { max: 4, applicationName: "manyhands start" });
  try {
    const ctx = operatorCtx(db, env);
    await checkKeys(ctx);
    if (!env.DEMO) return null;
    await step("Looking after the demo neighbourhood", () => seedDemo(ctx));
    return await demoCoordinator(ctx);
  } finally {
    await db.end();
  }
}

async function checkKeys({ db, seal }: Ctx): Promise<void> {
  const fit = await dataKeyFits(db.sql, seal);
  if (fit.fits) return;
  const back = "Put the old one back (it is in secrets.json of its DATA_DIR, or wherever you kept it).";
  throw new Trouble(
    fit.why === "other"
      ? `DATA_KEY is not the key this database was written with. ${back}`
      : `DATA_KEY lacks ${fit.keys.join(", ")}, which something in this database is still sealed with. ${back} \`npm run keys\` says when it can go.`,
  );
}

function launch(role: "web" | "worker", env: Env): Kept {
  const script = role === "web" ? "scripts/server.ts" : "scripts/worker.ts";
  return keepRunning({
    name: role,
    args: [...NODE_FLAGS, "--import", "./scripts/supervisor/leave-with-parent.mjs", script],
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: database?.url,
      DATA_KEY: env.DATA_KEY,
      SESSION_SECRET: env.SESSION_SECRET,
      PORT: String(env.PORT),
      PUBLIC_URL: env.PUBLIC_URL,
      DEMO: String(env.DEMO),
    },
    say,
  });
}

async function greet(env: Env, coordinator: Coordinator): Promise<void> {
  if (!env.ROLES.includes("web")) {
    say("The worker runs. Ctrl-C stops it.");
    return;
  }
  await step("Opening the doors", () => answering(env));
  if (stopping) return;
  say(`\nManyhands is at  ${env.PUBLIC_URL}`);
  if (coordinator)
    say(`Sign in as       ${coordinator.name}, ${coordinator.phone} (runs a group; the code arrives in the simulator)`);
  if (env.SMS_PROVIDER === "local") say(`Phone simulator  ${env.PUBLIC_URL}/dev/phones`);
  if (env.SMS_PROVIDER === "local" && !isLoopback(env.HOST)) {
    say(
      "Careful: HOST lets others in, and the simulator shows everybody's texts and sign-in codes. For a try-out only.",
    );
  }
  say("Ctrl-C stops it.\n");
}

/** Waits until the web process answers, at most half a minute; after that its own words on standard error explain. */
async function answering(env: Env): Promise<void> {
  const host = { "0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]" }[env.HOST] ?? env.HOST;
  for (let tries = 0; tries < 300 && !stopping; tries += 1) {
    const response = await fetch(`http://${host}:${env.PORT}/healthz`, {
      headers: { host: new URL(env.PUBLIC_URL).host },
      signal: AbortSignal.timeout(2_000),
    }).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!stopping) say("  The web process does not answer yet; it is tried again and again.");
}
