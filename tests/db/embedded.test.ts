import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEmbedded, type Embedded } from "#db/embedded.server.ts";
import { holdInstallation } from "#db/hold-installation.server.ts";

let dataDir: string;
let running: Embedded[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), `manyhands-test-${process.pid}-`));
  chmodSync(dataDir, 0o755);
  running = [];
});
afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Embedded> {
  const server = await startEmbedded({ dataDir, throwaway: true });
  running.push(server);
  return server;
}

async function ask(url: string, work: (sql: postgres.Sql) => Promise<postgres.Row[]>): Promise<postgres.Row[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const cluster = () =>
  join(
    dataDir,
    readdirSync(dataDir).find((name) => /^postgres-\d+$/.test(name))!,
  );

test("the data outlive a stop, and a server that a killed start left running is taken over", async () => {
  const first = await start();
  await ask(first.url, (sql) => sql`create table kept as select 42 as answer`);
  const orphan = await start();
  expect(orphan).toMatchObject({ adopted: true, port: first.port });
  await orphan.stop();
  expect(orphan.isAlive()).toBe(false);

  const again = await start();
  expect(again.adopted).toBe(false);
  expect(await ask(again.url, (sql) => sql`select answer from kept`)).toEqual([{ answer: 42 }]);
});

test("a postmaster.pid that names a process which is no PostgreSQL does not keep it from starting", async () => {
  const first = await start();
  await first.stop();
  writeFileSync(
    join(cluster(), "postmaster.pid"),
    `${process.pid}\n${cluster()}\n0\n${first.port}\n\n127.0.0.1\n0 0\nready\n`,
  );
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, (sql) => sql`select 1 as one`)).toEqual([{ one: 1 }]);
});

test("only the password opens it, only we can read that, and a value that broke a rule is not in the log", async () => {
  const { url } = await start();
  const wrong = Object.assign(new URL(url), { password: "guess" }).href;
  await expect(ask(wrong, (sql) => sql`select 1`)).rejects.toMatchObject({ code: "28P01" });
  const none = Object.assign(new URL(url), { password: "" }).href;
  await expect(ask(none, (sql) => sql`select 1`)).rejects.toThrow();
  expect(statSync(join(dataDir, "postgres-password")).mode & 0o777).toBe(0o600);

  await ask(url, (sql) => sql`create table numbers (phone text primary key)`);
  const twice = ask(url, (sql) => sql`insert into numbers select ${"+15550109999"} from generate_series(1, 2)`);
  await expect(twice).rejects.toMatchObject({ code: "23505" });
  const logs = readdirSync(join(cluster(), "log")).map((name) => readFileSync(join(cluster(), "log", name), "utf8"));
  expect(logs.join("")).toContain("duplicate key");
  expect(logs.join("")).not.toContain("5550109999");
});

test("whoever holds the installation keeps others out until it lets go", async () => {
  const { url } = await start();
  const hold = await holdInstallation(url);
  expect(hold).not.toBeNull();
  expect(await holdInstallation(url)).toBeNull();
  await hold?.release();
  const next = await holdInstallation(url, 2_000);
  expect(next).not.toBeNull();
  await next?.release();
});
