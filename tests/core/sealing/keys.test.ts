import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { dataKeyFits } from "#app/core/data-key-check.server.ts";
import { makeSeal, SealBroken } from "#app/core/seal.server.ts";
import { allKeys, archiveKeys, forgetKeys, forgetKeysBefore, openKey } from "#app/core/sealing/archive-keys.server.ts";
import { brokenAlarm } from "#app/core/sealing/broken-alarm.server.ts";
import { leftToSeal, reseal } from "#app/core/sealing/reseal.server.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx({ now: new Date("2026-11-23T12:00:00Z") });
const { sql } = ctx.db;
const [OLD, NEW] = [7, 8].map((byte) => Buffer.alloc(32, byte).toString("base64"));
const both: Ctx = { ...ctx, seal: makeSeal(`k2:${NEW},k1:${OLD}`) };
const keptOf = async (key: string) => {
  const [row] = await sql<{ value: string }[]>`select value from installation where key = ${key}`;
  return row?.value;
};

beforeEach(() => Promise.all([sql`delete from installation`, sql`delete from archive_keys`]));

describe("the data key of an installation", () => {
  test("fits what it wrote, and is noted as in use, each once", async () => {
    expect(await dataKeyFits(sql, ctx.seal)).toEqual({ fits: true });
    expect(await dataKeyFits(sql, ctx.seal)).toEqual({ fits: true });
    expect(await keptOf("keys_in_use")).toBe("k1");
    expect(await dataKeyFits(sql, both.seal)).toEqual({ fits: true });
    expect(await keptOf("keys_in_use")).toBe("k1 k2");
  });

  test("is another where it has the same name and other bytes", async () => {
    await dataKeyFits(sql, ctx.seal);
    expect(await dataKeyFits(sql, makeSeal(NEW!))).toEqual({ fits: false, why: "other" });
    expect(await dataKeyFits(sql, makeSeal(`k2:${OLD},k1:${NEW}`))).toEqual({ fits: false, why: "other" });
    expect(await keptOf("keys_in_use")).toBe("k1");
  });

  test("is another where it opens what there is, and makes other fingerprints", async () => {
    await dataKeyFits(sql, ctx.seal);
    expect(await dataKeyFits(sql, makeSeal(`k1:${OLD},lookup:${NEW}`))).toEqual({ fits: false, why: "other" });
  });

  test("lacks keys by name", async () => {
    await dataKeyFits(sql, both.seal);
    expect(await dataKeyFits(sql, makeSeal(`k3:${NEW}`))).toEqual({ fits: false, why: "missing", keys: ["k2"] });
  });
});

describe("the keys of archives", () => {
  const owners = ["person:1", "person:1 2026-11-22", "post:1"];

  test("are none for nobody, 32 bytes for somebody, and the same again", async () => {
    expect((await archiveKeys(ctx, [])).size).toBe(0);
    const keys = await archiveKeys(ctx, owners);
    expect([...keys.values()].map((key) => key.length)).toEqual([32, 32, 32]);
    expect(await archiveKeys(ctx, owners)).toEqual(keys);
    expect(await archiveKeys(ctx, ["post:1"])).toEqual(new Map([["post:1", keys.get("post:1")]]));
  });

  test("lie sealed, all of them in order, and open with this data key alone", async () => {
    const keys = await archiveKeys(ctx, owners);
    const rows = await allKeys(ctx);
    expect(rows.map(({ owner }) => owner)).toEqual(owners);
    for (const row of rows) {
      expect(openKey(ctx, row)).toEqual(keys.get(row.owner));
      expect(() => openKey({ seal: makeSeal(NEW!) }, row)).toThrow(SealBroken);
      expect(() => openKey(ctx, { ...row, owner: "person:2" })).toThrow(SealBroken);
    }
  });

  test("of who was forgotten are never made again, for no day either; others are", async () => {
    const before = await archiveKeys(ctx, owners);
    expect(await forgetKeys(ctx, [])).toBe(0);
    expect(await forgetKeys(ctx, ["person:1"])).toBe(2);
    expect(await forgetKeys(ctx, ["person:1"])).toBe(0);
    expect((await allKeys(ctx)).map(({ owner }) => owner)).toEqual(["post:1"]);
    const after = await archiveKeys(ctx, [...owners, "person:1 2026-11-23", "person:2", "person:2 2026-11-23"]);
    expect([...after.keys()].toSorted()).toEqual(["person:2", "person:2 2026-11-23", "post:1"]);
    expect(after.get("post:1")).toEqual(before.get("post:1"));
  });

  test("of who never had one are not made after they were forgotten", async () => {
    expect(await forgetKeys(ctx, ["person:9"])).toBe(0);
    expect((await archiveKeys(ctx, ["person:9"])).size).toBe(0);
  });

  test("of days go with their time; that somebody was forgotten is remembered for two days", async () => {
    await archiveKeys(ctx, [...owners, "person:1 2026-11-23"]);
    await forgetKeys(ctx, ["post:1"]);
    expect(await forgetKeysBefore(ctx, "2026-11-23")).toBe(1);
    expect((await allKeys(ctx)).map(({ owner }) => owner)).toEqual(["person:1", "person:1 2026-11-23"]);
    const later = (hours: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + hours * 3_600_000) });
    expect(await forgetKeysBefore(later(47), "2026-11-23")).toBe(0);
    expect((await archiveKeys(ctx, ["post:1"])).size).toBe(0);
    expect(await forgetKeysBefore(later(49), "2026-11-23")).toBe(1);
    expect((await allKeys(ctx)).length).toBe(2);
    expect((await archiveKeys(ctx, ["post:1"])).size).toBe(1);
  });
});

describe("sealing again with a new key", () => {
  const LAST = SEALED_COLUMNS.length;
  const BEATS = Math.ceil(LAST / 8);
  const owner = (n: number) => `person:${String(n).padStart(5, "0")}`;
  async function values(count: number, seal = ctx.seal): Promise<void> {
    const rows = Array.from({ length: count }, (_, n) => owner(n));
    const sealed = rows.map((row) => seal.seal(`key of ${row}`, { table: "archive_keys", column: "key_sealed", row }));
    await sql`insert into archive_keys (owner, key_sealed, made_at)
      select o, s, now() from unnest(${rows}::text[], ${sealed}::text[]) as v (o, s)`;
  }
  const progress = async () => JSON.parse((await keptOf("resealing")) ?? "null") as unknown;

  test("is not begun with one key", async () => {
    await values(1, both.seal);
    expect(await reseal(ctx)).toBe(0);
    expect(await progress()).toBeNull();
  });

  /** What was sealed, and how far it is, after so many portions: every column but the last is empty, and takes one. */
  function after(portions: number, count: number): [number, unknown] {
    const inLast = portions - (LAST - 1);
    const at = (column: number, last: string | null = null) => ({ key: "k2", column, after: last });
    if (inLast <= 0) return [0, at(portions)];
    if (inLast > Math.floor(count / 500)) return [count, at(LAST + 1)];
    return [inLast * 500, at(LAST - 1, owner(inLast * 500 - 1))];
  }

  test.each([1203, 4100, 1000, 1])("goes eight portions at a beat, through every column and %i rows", async (count) => {
    await dataKeyFits(sql, both.seal);
    await values(count);
    expect(await leftToSeal(both)).toEqual([{ table: "archive_keys", column: "key_sealed", n: count }]);
    let sealed = 0;
    for (let beat = 1; beat <= BEATS + 2; beat++) {
      sealed += await reseal(both);
      expect([sealed, await progress()]).toEqual(after(8 * beat, count));
    }
    expect(await leftToSeal(both)).toEqual([]);
    expect(await keptOf("keys_in_use")).toBe("k2");
    expect((await keptOf("data_key_check"))?.startsWith("v1.k2.")).toBe(true);
    const rows = await allKeys(both);
    const open = (row: (typeof rows)[number]) =>
      makeSeal(`k2:${NEW}`).open(row.key_sealed, { table: "archive_keys", column: "key_sealed", row: row.owner });
    expect(rows.map(open)).toEqual(Array.from({ length: count }, (_, n) => `key of ${owner(n)}`));
  });

  test("begins anew with another key, and where an older key was used meanwhile", async () => {
    for (let beat = 1; beat < BEATS; beat++) await reseal(both);
    expect(await progress()).toMatchObject({ column: 8 * (BEATS - 1) });
    const person = await sql<{ id: string }[]>`
      insert into people (id, locale, time_zone, created_at, name_sealed) values (gen_random_uuid(), 'en', 'UTC', now(), '') returning id`;
    const place = { table: "people", column: "name_sealed", row: person[0]!.id };
    await sql`update people set name_sealed = ${ctx.seal.seal("Zola", place)} where id = ${person[0]!.id}::uuid`;
    expect(await reseal(both)).toBe(0);
    expect(await progress()).toMatchObject({ column: 0 });
    expect(await keptOf("keys_in_use")).toBeUndefined();
    expect(await reseal(both)).toBe(1);
    expect(await progress()).toMatchObject({ column: 8 });
    const third = { ...ctx, seal: makeSeal(`k3:${Buffer.alloc(32, 9).toString("base64")},k2:${NEW},k1:${OLD}`) };
    expect(await reseal(third)).toBe(1);
    expect(await progress()).toMatchObject({ key: "k3", column: 8 });
    await sql`delete from people where id = ${person[0]!.id}::uuid`;
  });

  test("says in the log that it is done, and what does not open", async () => {
    const said: unknown[] = [];
    const hear = (...words: unknown[]) => void said.push(words);
    const heard = { ...both, log: { ...ctx.log, info: hear, error: hear } };
    for (let beat = 0; beat < BEATS; beat++) await reseal(heard);
    expect(said).toEqual([["everything is sealed with the new key"]]);
    said.length = 0;
    await sql`delete from installation where key = 'resealing'`;
    await sql`insert into archive_keys (owner, key_sealed, made_at) values ('a', 'v1.k1.moved', now())`;
    for (let beat = 0; beat < BEATS; beat++) expect(await reseal(heard)).toBe(0);
    expect(said).toEqual([["a sealed value does not open", { table: "archive_keys", column: "key_sealed" }]]);
    expect(await progress()).toMatchObject({ column: 0 });
  });
});

describe("the alarm", () => {
  const row = "00000000-0000-7000-8000-00000000000a";
  test.each([
    [row, true],
    [`${row}1`, false],
    [`1${row}`, false],
    [row.toUpperCase(), false],
    [row.replace("0000-7", "000-7"), false],
    ["a9".repeat(32), false],
    ["00000000-0000-7000-00000000000a", false],
  ])("names the row %s: %s, and the words never", (of, named) => {
    const said: unknown[] = [];
    const log = { ...ctx.log, error: (...words: unknown[]) => void said.push(words) };
    brokenAlarm(log)({ table: "posts", column: "note_sealed", row: of });
    const where = { table: "posts", column: "note_sealed", ...(named ? { row: of } : {}) };
    expect(said).toEqual([["a sealed value does not open", where]]);
  });
});

describe("whose a sealed value is", () => {
  const ID = "00000000-0000-7000-8000-000000000001";
  const AT = "2026-11-22T23:30:00Z";
  const FIELDS = ["id", "person_id", "group_id", "relay_id", "thread_id"].map((field) => [field, ID]);
  const TIMES = ["created_at", "updated_at", "received_at", "expires_at"].map((field) => [field, AT]);
  const KEYS = ["phone_lookup", "message_sid", "call_sid", "token_hash", "owner"].map((field) => [
    field,
    `its ${field}`,
  ]);
  const ROW = Object.fromEntries([...FIELDS, ...TIMES, ...KEYS]) as Record<string, string>;
  const [person, post, phone] = [`person:${ID}`, `post:${ID}`, "phone:its phone_lookup 2026-11-22"];

  /** Written down: whoever is erased has to be unreadable in every backup. */
  const OWNERS: Record<string, [string | null, string]> = {
    "people.name_sealed": [person, ID],
    "people.phone_sealed": [person, ID],
    "people.email_sealed": [person, ID],
    "second_steps.secret_sealed": [person, ID],
    "memberships.note_sealed": [person, `${ID} ${ID}`],
    "posts.address_sealed": [post, ID],
    "posts.note_sealed": [post, ID],
    "posts.contact_name_sealed": [post, ID],
    "claims.note_sealed": [`claim:${ID}`, ID],
    "relay_texts.body_sealed": [`relay:${ID}`, ID],
    "text_threads.phone_sealed": ["phone:its phone_lookup", "its phone_lookup"],
    "text_threads.conversation_sealed": [phone, "its phone_lookup"],
    "inbound_texts.from_sealed": [phone, "its message_sid"],
    "inbound_texts.body_sealed": [phone, "its message_sid"],
    "voice_calls.from_sealed": [phone, "its call_sid"],
    "voice_calls.transcript_sealed": [phone, "its call_sid"],
    "outbox.body_sealed": [`${person} 2026-11-22`, ID],
    "broadcasts.words_sealed": [`broadcast:${ID}`, ID],
    "drafts.answers_sealed": ["draft 2026-11-22", "its token_hash"],
    "imports.content_sealed": [`import:${ID}`, ID],
    "imports.report_sealed": [`import:${ID}`, ID],
    "shift_notes.words_sealed": [`${person} 2026-11-22`, ID],
    "archive_keys.key_sealed": [null, "its owner"],
  };

  test.each(SEALED_COLUMNS.map((of) => [`${of.table}.${of.column}`, of] as const))("%s", async (name, of) => {
    const [row] = await sql<{ owner: string | null; row: string }[]>`
      select ${sql.unsafe(of.owner ?? "null")} as owner, ${sql.unsafe(of.row)} as row
      from jsonb_populate_record(null::${sql(of.table)}, ${sql.json(ROW)})`;
    expect(row).toEqual({ owner: OWNERS[name]?.[0], row: OWNERS[name]?.[1] });
  });
});
