import { expect, test } from "vitest";
import { testCtx, testDb } from "#tests/setup/context.ts";

test("a test file has its own migrated database", async () => {
  const rows = await testDb().sql`select count(*)::int as count from posts`;
  expect(rows[0]?.["count"]).toBe(0);
});

test("both clients of the context reach it, and a sealed value opens again", async () => {
  const { db, seal } = testCtx();
  const place = { table: "installation", column: "value", row: "check" };
  await db.sql`insert into installation (key, value) values ('check', ${seal.seal("ok", place)})`;
  const [row] = await db.orm.query.installation.findMany();
  expect(seal.open(row!.value, place)).toBe("ok");
});
