import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "#db/embedded.server.ts";
import { findPostmaster } from "#db/embedded-process.server.ts";
import { migrate } from "#db/migrate.server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server, with `postgres` as the database. */
    server: string;
    /** The migrated database that each test file clones. */
    template: string;
  }
}

/**
 * One throwaway PostgreSQL for the whole run (or the one at `TEST_DATABASE_URL`) with one migrated template database.
 * Everything is gone afterwards.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { server, stop } = await startServer();
  const template = `manyhands_test_${randomBytes(4).toString("hex")}`;
  await onServer(server, (sql) => sql`create database ${sql(template)}`);
  await migrate(withDatabase(server, template));
  project.provide("server", server);
  project.provide("template", template);

  return async () => {
    await onServer(server, async (sql) => {
      const rows = await sql<
        { datname: string }[]
      >`select datname from pg_database where starts_with(datname, ${template})`;
      for (const { datname } of rows) await sql`drop database if exists ${sql(datname)} with (force)`;
    });
    await stop();
  };
}

async function startServer(): Promise<{ server: string; stop: () => Promise<void> }> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given) return { server: withDatabase(given, "postgres"), stop: async () => undefined };
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `manyhands-test-${process.pid}-`));
  chmodSync(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, throwaway: true });
  return {
    server: withDatabase(embedded.url, "postgres"),
    async stop() {
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A run that was killed could not clean up: its server and its folder go now. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = Number(/^manyhands-test-(\d+)-/.exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const dataDir = join(tmpdir(), name);
    for (const folder of readdirSync(dataDir)) {
      const server = findPostmaster(join(dataDir, folder));
      if (server) process.kill(server.pid, "SIGINT");
      for (let tries = 0; tries < 50 && server && isAlive(server.pid); tries += 1) await pause(100);
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function onServer(server: string, work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 3 });
  }
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}
