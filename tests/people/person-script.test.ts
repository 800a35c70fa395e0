import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { findApiToken } from "#app/people/find-session.server.ts";
import { aGroup, aPhone } from "#tests/factories.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";

const dataDir = mkdtempSync(join(tmpdir(), "manyhands-person-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

type Ended = { code: number; out: string; err: string };

function person(...args: string[]): Promise<Ended> {
  const env = {
    NODE_ENV: "production" as const,
    PATH: process.env["PATH"],
    DATABASE_URL: testDatabaseUrl(),
    DATA_DIR: dataDir,
    DATA_KEY: Buffer.alloc(32, 7).toString("base64"),
    SESSION_SECRET: "x".repeat(32),
  };
  return new Promise((done) => {
    execFile(process.execPath, ["--import", "tsx", "scripts/person.ts", ...args], { env }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

/** Each run starts a Node of its own, which takes seconds on a busy machine. */
describe("npm run person", { timeout: 60_000 }, () => {
  test("makes a coordinator whose token stands alone on the last line", async () => {
    const ctx = testCtx();
    const group = await aGroup(ctx);
    const phone = aPhone();
    const made = await person(
      "--phone",
      phone,
      "--name",
      "Rosa",
      "--group",
      group.slug,
      "--role",
      "coordinator",
      "--token",
    );
    expect(made).toMatchObject({ code: 0, err: "" });
    const token = made.out.trimEnd().split("\n").at(-1)!;
    expect(await findApiToken(ctx.db, token, ctx.now)).toMatchObject({
      isAdmin: false,
      roles: { [group.id]: "coordinator" },
    });
    expect(made.out).not.toContain(phone);
  });

  test.each([
    [[], "--phone"],
    [["--phone", "+15550100100", "--group", "nowhere"], "nowhere"],
    [["--phone", "+15550100100", "--role", "coordinator"], "--group"],
    [["--bogus"], "--bogus"],
  ])("ends %j with one line that names what to mend", async (args, names) => {
    const ended = await person(...args);
    expect([ended.code, ended.out]).toEqual([1, ""]);
    expect(ended.err.trimEnd().split("\n")).toHaveLength(1);
    expect(ended.err).toContain(names);
  });
});
