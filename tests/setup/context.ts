import postgres from "postgres";
import { afterAll, inject } from "vitest";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { connect, type Db } from "#db/client.server.ts";

/**
 * Importing this file gives the test file its own migrated, empty database: a clone of the template that the global
 * setup made. Files that do not import it pay nothing.
 */
const name = `${inject("template")}_${process.env["VITEST_POOL_ID"] ?? "1"}`;
const url = new URL(inject("server"));
url.pathname = `/${name}`;
await clone();
const db = connect(url.href, { max: 8, applicationName: "manyhands test" });
const seal = makeSeal(Buffer.alloc(32, 7).toString("base64"));
afterAll(() => db.end());

/** Two files of one worker run one after the other, so the database of the one before can go. */
async function clone(): Promise<void> {
  const server = postgres(inject("server"), { max: 1, onnotice: () => undefined });
  try {
    await server`drop database if exists ${server(name)} with (force)`;
    await server`create database ${server(name)} template ${server(inject("template"))}`;
  } finally {
    await server.end({ timeout: 3 });
  }
}

/** The database of this test file; every call gives the same pools. */
export function testDb(): Db {
  return db;
}

/** Its address, for programs that the test starts. */
export function testDatabaseUrl(): string {
  return url.href;
}

type Given = Partial<Omit<Ctx, "person">>;

/** A context as a route would make it: a real seal with a fixed key, a silent log, the time of the call unless given. */
export function testCtx(given: Given & { person: PersonCtx["person"] }): PersonCtx;
export function testCtx(given?: Given & { person?: Ctx["person"] }): Ctx;
export function testCtx(given: Given & { person?: Ctx["person"] } = {}): Ctx {
  return {
    db,
    seal,
    log: makeLog("silent"),
    now: new Date(),
    person: null,
    publicUrl: "http://localhost:3000",
    ...given,
  };
}
