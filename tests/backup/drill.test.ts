import { mkdtempSync, readdirSync, readFileSync, writeFileSync, copyFileSync, createReadStream } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import postgres, { type Sql } from "postgres";
import { expect, inject, test, vi } from "vitest";
import { LEFT_OUT } from "#app/backup/archive.ts";
import { archivesIn, backUpDaily, makeBackup, type Backup } from "#app/backup/keep-backups.server.ts";
import { CannotRestore, readArchive } from "#app/backup/read-archive.server.ts";
import { dataKeyFits } from "#app/core/data-key-check.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { forgetKeys } from "#app/core/sealing/archive-keys.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { purge } from "#app/retention/purge.server.ts";
import { openCounts } from "#app/tallies/open-counts.server.ts";
import { connect, type Db } from "#db/client.server.ts";
import { seed } from "#db/seed.server.ts";
import { aGroup, aMember, aPhone, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";

vi.setConfig({ testTimeout: 60_000 });
const ctx = testCtx();
const url = testDatabaseUrl();
const identity = await generateX25519Identity();
const recipient = await identityToRecipient(identity);
const folder = () => mkdtempSync(join(tmpdir(), "manyhands-backup-test-"));
const bring = (to: string, { file, keysFile }: Pick<Backup, "file" | "keysFile">, given = {}) =>
  readArchive(ctx.seal, {
    url: to,
    identity,
    archive: createReadStream(file),
    keys: createReadStream(keysFile),
    ...given,
  });

/** A database of its own, without a single table. */
async function anEmptyDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const server = postgres(inject("server"), { max: 1, onnotice: () => undefined });
  const name = `manyhands_restore_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await server`create database ${server(name)}`;
  try {
    return await work(Object.assign(new URL(inject("server")), { pathname: `/${name}` }).href);
  } finally {
    await server`drop database ${server(name)} with (force)`;
    await server.end();
  }
}

/** Rows and a checksum of every table that a backup holds. */
async function checksums(sql: Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' and tablename <> all(${LEFT_OUT}::text[]) order by 1`;
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ n: number; sum: string | null }[]>`
      select count(*)::int as n, md5(string_agg(t::text, chr(10) order by t::text)) as sum from ${sql(name)} t`;
    found[name] = `${row!.n} ${row!.sum}`;
  }
  return found;
}

async function restored(backup: Backup, look: (db: Db, of: Ctx) => Promise<void>): Promise<void> {
  await anEmptyDatabase(async (to) => {
    await bring(to, backup);
    const db = connect(to, { max: 2 });
    try {
      await look(db, { ...ctx, db });
    } finally {
      await db.end();
    }
  });
}

test("a backup, brought back on a fresh database, is the same row for row, and goes on from there", async () => {
  await dataKeyFits(ctx.db.sql, ctx.seal);
  await seed(ctx);
  const at = folder();
  const backup = await makeBackup(ctx, { url, recipient, folder: at });
  expect(readdirSync(at).toSorted()).toEqual(
    [backup.file, backup.keysFile].map((file) => file.slice(at.length + 1)).toSorted(),
  );
  const before = await checksums(ctx.db.sql);
  expect(Object.keys(before).toSorted()).toEqual(Object.keys(backup.rows).toSorted());
  await restored(backup, async (db, of) => {
    expect(await checksums(db.sql)).toEqual(before);
    expect(await dataKeyFits(db.sql, ctx.seal)).toEqual({ fits: true });
    expect(await openCounts(of, null)).toEqual(await openCounts(ctx, null));
    const [last] = await db.sql`select max(id) as id from events`;
    const post = await aPost(of, { groupId: (await db.sql<{ id: string }[]>`select id from groups limit 1`)[0]!.id });
    const [event] = await db.sql`select id from events where post_id = ${post.id}::uuid`;
    expect(Number(event!["id"])).toBe(Number(last!["id"]) + 1);
    const second = await makeBackup(of, {
      url: `${(db.sql as Sql).options.database}` ? urlOf(db) : "",
      recipient,
      folder: folder(),
    });
    expect(second.rows["people"]).toBe(backup.rows["people"]! + 1);
  });
});

const urlOf = (db: Db): string =>
  Object.assign(new URL(inject("server")), { pathname: `/${db.sql.options.database}` }).href;

test("whoever was erased since is unreadable in yesterday's backup; everybody else is not", async () => {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const canary = {
    address: "77 Bittern Lane",
    privateNote: "Cormorant 4451",
    contact: { name: "Quillon", phone: aPhone(), email: null },
  };
  const gone = await aPost(ctx, { groupId: group.id, ...canary });
  const stays = await aPost(ctx, {
    groupId: group.id,
    address: "8 Heron Road",
    contact: { name: "Ana", phone: aPhone(), email: null },
  });
  await closePost(coordinator, { code: gone.code, reason: "withdrawn" });
  const at = folder();
  const yesterday = await makeBackup(ctx, { url, recipient, folder: at });
  const kept = join(folder(), "copy.age");
  copyFileSync(yesterday.file, kept);
  await restored(yesterday, async (_db, of) => {
    const contact = await getContact({ ...coordinator, db: of.db }, gone.code);
    expect(contact).toMatchObject({ address: canary.address, privateNote: canary.privateNote });
  });

  const later = { ...ctx, now: new Date(ctx.now.getTime() + 40 * 86_400_000) };
  await purge(later);
  const today = await makeBackup(later, { url, recipient, folder: at });
  expect(today.file).not.toBe(yesterday.file);
  await restored({ ...today, file: kept }, async (db, of) => {
    const [row] = await db.sql`
      select address_sealed, note_sealed, contact_name_sealed from posts where id = ${gone.id}::uuid`;
    expect(row).toEqual({ address_sealed: null, note_sealed: null, contact_name_sealed: null });
    const [author] =
      await db.sql`select phone_sealed, name_sealed from people where id = (select author_id from posts where id = ${gone.id}::uuid)`;
    expect(author).toEqual({ phone_sealed: null, name_sealed: null });
    expect(await getContact({ ...coordinator, db: of.db }, stays.code)).toMatchObject({ address: "8 Heron Road" });
  });
});

test("somebody who is erased while a backup is made is in none", async () => {
  const group = await aGroup(ctx);
  const post = await aPost(ctx, { groupId: group.id, address: "9 Snipe Street" });
  await forgetKeys(ctx, [`post:${post.id}`]);
  const backup = await makeBackup(ctx, { url, recipient, folder: folder() });
  await restored(backup, async (db) => {
    const [row] = await db.sql`select address_sealed from posts where id = ${post.id}::uuid`;
    expect(row).toEqual({ address_sealed: null });
  });
});

test("nothing of it can be read without its keys, and it goes nowhere it should not", async () => {
  const backup = await makeBackup(ctx, { url, recipient, folder: folder() });
  const bytes = readFileSync(backup.file);
  expect(bytes.subarray(0, 21).toString()).toBe("age-encryption.org/v1");
  await expect(bring(url, backup)).rejects.toThrow(/not empty/);
  await anEmptyDatabase(async (to) => {
    await expect(bring(to, backup, { identity: await generateX25519Identity() })).rejects.toThrow(/identity/);
    const other = makeSeal(Buffer.alloc(32, 8).toString("base64"));
    const files = () => ({ archive: createReadStream(backup.file), keys: createReadStream(backup.keysFile) });
    await expect(readArchive(other, { url: to, identity, ...files() })).rejects.toThrow(/DATA_KEY/);
    const broken = join(folder(), "broken.age");
    writeFileSync(broken, bytes.subarray(0, bytes.length - 40));
    await expect(bring(to, { ...backup, file: broken })).rejects.toThrow();
    expect((await bring(to, backup)).rows["people"]).toBe(backup.rows["people"]);
    await expect(bring(to, backup)).rejects.toThrow(CannotRestore);
  });
});

test("one a day, and fourteen stay", async () => {
  const at = folder();
  const given = { url, recipient, folder: at };
  for (let day = 1; day <= 20; day++)
    writeFileSync(join(at, `manyhands-202601${String(day).padStart(2, "0")}T020000.age`), "old");
  expect(await backUpDaily({ ...ctx, now: new Date(Date.now() + 86_400_000 + 60_000) }, given)).toBe(true);
  expect(await archivesIn(at)).toHaveLength(14);
  expect(await backUpDaily(ctx, given)).toBe(false);
});
