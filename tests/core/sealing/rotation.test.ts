import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { dataKeyFits } from "#app/core/data-key-check.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { makeSeal, SealBroken, withNewKey, withoutOldKeys, type Seal } from "#app/core/seal.server.ts";
import { archiveKeys, forgetKeys, forgetKeysBefore } from "#app/core/sealing/archive-keys.server.ts";
import { leftToSeal, reseal } from "#app/core/sealing/reseal.server.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { seed } from "#db/seed.server.ts";
import { aGroup, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = ctx.db;
const OLD = Buffer.alloc(32, 7).toString("base64");
const BOTH = withNewKey(OLD, randomBytes(32).toString("base64"));
const with_ = <C extends Ctx>(of: C, dataKey: string): C => ({ ...of, seal: makeSeal(dataKey) });

test("every sealed column of the database is on the list, and nothing else", async () => {
  const rows = await sql<{ table_name: string; column_name: string }[]>`
    select table_name, column_name from information_schema.columns
    where table_schema = 'public' and column_name like '%\\_sealed'`;
  const found = rows.map((row) => `${row.table_name}.${row.column_name}`);
  expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(found.toSorted());
});

test("a new key takes over while people go on, and the old one can go", async () => {
  expect(await dataKeyFits(sql, ctx.seal)).toEqual({ fits: true });
  await seed(ctx);
  await archiveKeys(ctx, ["person:1"]);
  const opened = await openAll(ctx.seal);
  expect(opened.length).toBeGreaterThan(60);
  const lookup = ctx.seal.lookup("phone", "+15550100100");

  const now = with_(ctx, BOTH);
  expect(await dataKeyFits(sql, now.seal)).toEqual({ fits: true });
  expect(await openAll(now.seal)).toEqual(opened);
  const author = await signedInAs(now, (await sql<{ id: string }[]>`select id from people limit 1`)[0]!);
  const post = await aPost(ctx, { groupId: (await aGroup(ctx)).id, authorId: author.person.id, address: "1 Old Road" });
  const goOn = async () => {
    for (let turn = 0; turn < 30; turn++) {
      await editPost(author, { code: post.code, changes: { address: `${turn} New Road` } });
      expect((await getContact(author, post.code)).address).toBe(`${turn} New Road`);
    }
  };
  const untilDone = async () => {
    for (let beat = 0; beat < 200 && (await leftToSeal(now)).length > 0; beat++) await reseal(now);
  };
  await Promise.all([goOn(), untilDone(), untilDone()]);
  while ((await reseal(now)) > 0);
  await reseal(now);

  expect(await leftToSeal(now)).toEqual([]);
  const alone = makeSeal(withoutOldKeys(BOTH));
  expect(alone.keys).toEqual(["k2"]);
  expect(alone.lookup("phone", "+15550100100")).toBe(lookup);
  const after = await openAll(alone);
  expect(after.filter((words) => !opened.includes(words))).toEqual(["29 New Road"]);
  expect(opened.filter((words) => !after.includes(words))).toEqual([]);
  expect(await dataKeyFits(sql, alone)).toEqual({ fits: true });
  expect(await dataKeyFits(sql, ctx.seal)).toMatchObject({ fits: false, why: "missing", keys: ["k2"] });
  await expect(openAll(ctx.seal)).rejects.toThrow(SealBroken);
});

test("a key that still seals something cannot be left out", async () => {
  const third = with_(ctx, withNewKey(withoutOldKeys(BOTH), randomBytes(32).toString("base64")));
  expect(await dataKeyFits(sql, third.seal)).toEqual({ fits: true });
  expect(third.seal.keys).toEqual(["k3", "k2"]);
  expect(await dataKeyFits(sql, makeSeal(withoutOldKeys(BOTH)))).toMatchObject({ fits: false, keys: ["k3"] });
});

test("what another row was sealed for does not open, and stops nobody", async () => {
  const now = with_(ctx, `k9:${randomBytes(32).toString("base64")},${withoutOldKeys(BOTH)}`);
  const [one, other] = await sql<{ id: string; name_sealed: string }[]>`
    select id, name_sealed from people where name_sealed is not null order by id limit 2`;
  await sql`update people set name_sealed = ${other!.name_sealed} where id = ${one!.id}::uuid`;
  const said: string[] = [];
  const heard = { ...now, log: { ...now.log, error: (what: string) => void said.push(what) } };
  await reseal(heard);
  expect(said).toContain("a sealed value does not open");
  const left = await leftToSeal(now);
  expect(left.find(({ table, column }) => table === "people" && column === "name_sealed")?.n).toBe(1);
});

test("an owner's archive key is the same each time until it is forgotten, with all its days", async () => {
  const owners = ["person:2", "person:2 2026-11-01", "person:2 2026-11-02", "person:3", "phone:3 2026-11-01"];
  const [first, again] = await Promise.all([archiveKeys(ctx, owners), archiveKeys(ctx, owners)]);
  expect([...first.keys()].toSorted()).toEqual(owners.toSorted());
  expect(again).toEqual(first);
  expect(new Set([...first.values()].map((key) => key.toString("hex"))).size).toBe(owners.length);
  expect(await forgetKeysBefore(ctx, "2026-11-02")).toBe(2);
  expect(await forgetKeys(ctx, ["person:2"])).toBe(2);
  const later = await archiveKeys(ctx, owners);
  expect(owners.filter((owner) => later.get(owner)?.equals(first.get(owner)!))).toEqual(["person:3"]);
});

/** Every sealed value there is, opened. */
async function openAll(seal: Seal): Promise<string[]> {
  const words: string[] = [];
  for (const { table, column, row } of SEALED_COLUMNS) {
    const rows = await sql<{ row: string; value: string }[]>`
      select ${sql.unsafe(row)} as row, ${sql(column)} as value from ${sql(table)} where ${sql(column)} is not null`;
    for (const each of rows) words.push(seal.open(each.value, { table, column, row: each.row }));
  }
  return words.toSorted();
}
