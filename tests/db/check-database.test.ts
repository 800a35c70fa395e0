import { expect, inject, test } from "vitest";
import { dataKeyFits } from "#app/core/data-key-check.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { checkDatabase } from "#db/check-database.server.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";

const at = (part: Partial<URL>) => Object.assign(new URL(inject("server")), part).href;

test("a database that answers is fine", async () => {
  await expect(checkDatabase(testDatabaseUrl())).resolves.toBeUndefined();
});

test.each([
  ["no such database", at({ pathname: "/not_there" }), /does not exist/],
  ["nobody listens", "postgres://u:secret-word@127.0.0.1:1/x", /nothing answers at 127\.0\.0\.1:1\/x/],
  ["no such host", "postgres://u:secret-word@nowhere.invalid/x", /is not known/],
])("%s is said in one line without the password", async (_name, url, line) => {
  const failure = await checkDatabase(url).then(
    () => "",
    (error: Error) => error.message,
  );
  expect(failure).toMatch(line);
  expect(failure).toMatch(/^DATABASE_URL[^\n]+$/);
  expect(failure).not.toContain("secret-word");
});

test("the first start leaves its mark; another key, or a key list whose last key changed, does not fit it", async () => {
  const { db, seal } = testCtx();
  const key = Buffer.alloc(32, 7).toString("base64");
  const other = Buffer.alloc(32, 8).toString("base64");
  expect(await dataKeyFits(db.sql, seal)).toEqual({ fits: true });
  expect(await dataKeyFits(db.sql, seal)).toEqual({ fits: true });
  expect(await dataKeyFits(db.sql, makeSeal(other))).toMatchObject({ fits: false, why: "other" });
  expect(await dataKeyFits(db.sql, makeSeal(`k2:${other},k1:${key}`))).toEqual({ fits: true });
  expect(await dataKeyFits(db.sql, makeSeal(`k1:${key}`))).toEqual({ fits: false, why: "missing", keys: ["k2"] });
  expect(await dataKeyFits(db.sql, makeSeal(`k1:${key},k2:${other}`))).toMatchObject({ fits: false, why: "other" });
});
