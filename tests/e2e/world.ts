import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import postgres, { type Sql } from "postgres";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal, type Seal } from "#app/core/seal.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { NODE_FLAGS } from "#scripts/supervisor/node-flags.ts";
import { connect, type Db } from "#db/client.server.ts";

/** A whole installation for one test file: its own database, web and worker as real processes, the phone simulator. */
export type World = {
  url: string;
  port: number;
  databaseUrl: string;
  db: Db;
  seal: Seal;
  /** A second way into the database, for looking and for breaking things. */
  sql: Sql;
  /** Where standard output and error of both processes go. */
  logs: string;
  web: () => ChildProcess;
  worker: () => ChildProcess;
  ctx(): Ctx;
  /** Waits until it is true, or fails after `seconds`. */
  until<T>(what: string, ask: () => Promise<T | null | false | undefined>, seconds?: number): Promise<T>;
  stop(): Promise<void>;
};

type Options = {
  env?: Record<string, string>;
  roles?: ("web" | "worker")[];
  /** Another address of the same database for web and worker; the test's own ways in stay direct. */
  through?: (address: string) => string;
};

const DATA_KEY = Buffer.alloc(32, 7).toString("base64");
const BUILD = resolve("build");

/** @param template the migrated database to clone, from `inject("template")`; @param server from `inject("server")` */
export async function makeWorld(server: string, template: string, options: Options = {}): Promise<World> {
  const name = `e2e_${Math.random().toString(36).slice(2, 10)}`;
  const admin = postgres(server, { max: 1, onnotice: () => undefined });
  await admin`create database ${admin(name)} template ${admin(template)}`;
  const databaseUrl = Object.assign(new URL(server), { pathname: `/${name}` }).href;

  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), "manyhands-e2e-"));
  const logs = resolve("tests/output", `${name}.log`);
  mkdirSync(resolve("tests/output"), { recursive: true });
  const env = {
    PATH: process.env["PATH"],
    NODE_ENV: "production",
    PORT: String(port),
    HOST: "127.0.0.1",
    DATABASE_URL: options.through?.(databaseUrl) ?? databaseUrl,
    DATA_DIR: dataDir,
    DATA_KEY,
    SESSION_SECRET: "e".repeat(40),
    SMS_PROVIDER: "local",
    BUILD_DIR: BUILD,
    LOG_LEVEL: "debug",
    RATE_LIMITS: "off",
    ...options.env,
  };
  const keeper = keepRunning(options.roles ?? ["web", "worker"], env as NodeJS.ProcessEnv, logs);
  const db = connect(databaseUrl, { max: 4, applicationName: "e2e" });
  const seal = makeSeal(DATA_KEY);
  const world: World = {
    url: `http://localhost:${port}`,
    port,
    databaseUrl,
    db,
    seal,
    sql: postgres(databaseUrl, { max: 2, onnotice: () => undefined }),
    logs,
    web: () => keeper.child("web"),
    worker: () => keeper.child("worker"),
    ctx: () => ({
      db,
      seal,
      log: makeLog("silent"),
      now: new Date(),
      person: null,
      publicUrl: `http://localhost:${port}`,
    }),
    until,
    async stop() {
      await keeper.stop();
      await Promise.all([db.end(), world.sql.end({ timeout: 1 })]);
      await admin`drop database if exists ${admin(name)} with (force)`;
      await admin.end({ timeout: 1 });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  if ((options.roles ?? ["web"]).includes("web")) {
    const probe = options.roles && !options.roles.includes("worker") ? "/healthz" : "/readyz";
    await until(
      "the installation is ready",
      () =>
        fetch(world.url + probe).then(
          (answer) => answer.ok,
          () => false,
        ),
      30,
    );
  }
  return world;
}

/** Starts each role as its own process and, as the supervisor does, starts it again when it dies. */
function keepRunning(roles: ("web" | "worker")[], env: NodeJS.ProcessEnv, logs: string) {
  const out = createWriteStream(logs, { flags: "a" });
  const children = new Map<string, ChildProcess>();
  let stopping = false;
  const start = (role: "web" | "worker") => {
    const script = role === "web" ? "scripts/server.ts" : "scripts/worker.ts";
    const child = spawn(process.execPath, [...NODE_FLAGS, script], { env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout!.pipe(out, { end: false });
    child.stderr!.pipe(out, { end: false });
    child.on("exit", () => stopping || setTimeout(() => stopping || start(role), 100));
    children.set(role, child);
  };
  for (const role of roles) start(role);
  return {
    child: (role: string) => children.get(role)!,
    async stop() {
      stopping = true;
      await Promise.all(
        [...children.values()].map((child) => {
          if (child.exitCode !== null || child.signalCode !== null) return null;
          const gone = new Promise((done) => child.once("exit", done));
          child.kill("SIGTERM");
          const hard = setTimeout(() => child.kill("SIGKILL"), 12_000);
          return gone.then(() => clearTimeout(hard));
        }),
      );
      out.end();
    },
  };
}

async function until<T>(what: string, ask: () => Promise<T | null | false | undefined>, seconds = 15): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer().once("error", failed);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}
