import { spawn, type ChildProcess } from "node:child_process";
import { resolve } from "node:path";
import postgres from "postgres";
import { afterAll, expect, inject, test } from "vitest";
import { DATA_KEY, SESSION_SECRET, until } from "#scripts/torture/installation.ts";
import { freePort } from "#db/embedded-process.server.ts";

const INSTANCES = 5;
const running: ChildProcess[] = [];
const names: string[] = [];
afterAll(async () => {
  await Promise.all(running.map(ended));
  const admin = postgres(inject("server"), { max: 1, onnotice: () => undefined });
  for (const name of names) await admin`drop database if exists ${admin(name)} with (force)`;
  await admin.end();
});

test(`${INSTANCES} start at once on an empty database, and the one that migrates is killed: the others finish it and all serve`, async () => {
  const url = await emptyDatabase();
  const ports = await Promise.all(Array.from({ length: INSTANCES }, freePort));
  const instances = ports.map((port) => start(url, port));
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  // Whoever holds the lock of the migrations, by its connection, is the first to die.
  await until("one migrates", async () => (await holders(sql)) > 0, 60);
  await sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted and pid <> pg_backend_pid()`;
  const ready = (port: number) =>
    fetch(`http://localhost:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  const dead = () => instances.filter(({ exitCode }) => exitCode !== null).length;
  await until(
    "the rest serve",
    async () => (await Promise.all(ports.map(ready))).filter(Boolean).length >= INSTANCES - dead() && dead() <= 1,
    120,
  );
  const [row] =
    await sql`select count(*)::int as n, count(distinct hash)::int as different from drizzle.__drizzle_migrations`;
  expect(row!["n"]).toBe(row!["different"]);
  expect(dead()).toBeLessThanOrEqual(1);
  console.info(`${INSTANCES} starts at once: ${row!["n"]} migrations, ${INSTANCES - dead()} serve`);
  await sql.end();
});

const holders = async (sql: postgres.Sql) =>
  (
    await sql`select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`
  ).length;

async function emptyDatabase(): Promise<string> {
  const name = `failure_${Math.random().toString(36).slice(2, 10)}`;
  names.push(name);
  const admin = postgres(inject("server"), { max: 1, onnotice: () => undefined });
  await admin`create database ${admin(name)}`;
  await admin.end();
  return Object.assign(new URL(inject("server")), { pathname: `/${name}` }).href;
}

function start(url: string, port: number): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      DATABASE_URL: url,
      DATA_KEY,
      SESSION_SECRET,
      SMS_PROVIDER: "local",
      DEMO: "false",
      LOG_LEVEL: "error",
      BUILD_DIR: resolve("build"),
    } as NodeJS.ProcessEnv,
    stdio: "ignore",
  });
  running.push(child);
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 12_000);
  await gone;
  clearTimeout(hard);
}
