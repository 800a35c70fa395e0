import { expect, test } from "vitest";
import { testDb } from "#tests/setup/context.ts";

const { sql } = testDb();

test("parts in gaps become one statement, each value once and in its place", async () => {
  const isOdd = (n: number) => sql`${n}::int % ${2}::int = 1`;
  const nothing = sql``;
  const [row] = await sql`
    select ${1}::int as one, (${isOdd(3)} and not (${isOdd(4)})) as held ${nothing}, ${"end"}::text as last`;
  expect(row).toEqual({ one: 1, held: true, last: "end" });
});

test("a list of parts stands one after the other", async () => {
  const parts = ["kitchen", "medics"].map((name) => sql`union all select ${name}::text`);
  expect(await sql`select ${"comfort"}::text as name ${parts}`).toEqual([
    { name: "comfort" },
    { name: "kitchen" },
    { name: "medics" },
  ]);
});

test("names, columns and unsafe text are written as the driver writes them, also with parts within", async () => {
  const [row] = await sql`
    with given as (select ${sql({ a: 1, b: "two" })}, ${sql.unsafe("3 + 4")} as c)
    select ${sql(["a", "b", "c"])}, ${sql("given.c")} as named from ${sql("given")}`;
  expect(row).toMatchObject({ c: 7, named: 7, b: "two" });

  await sql`insert into installation ${sql({ key: "light", value: "before" })}`;
  const change = { value: sql`upper(${"after"}::text)` as unknown as string };
  const [changed] = await sql`update installation set ${sql(change)} where key = ${"light"} returning value`;
  expect(changed).toEqual({ value: "AFTER" });
});

test("json, arrays, dates and bytes come to the server as they did", async () => {
  const [row] = await sql`
    select ${sql.json({ a: [1] })}::jsonb as json, ${["x", 'y"']}::text[] as list, ${Buffer.from("é")}::bytea as bytes,
      ${new Date(0)}::timestamptz as at, ${null}::text as none`;
  expect(row).toEqual({ json: { a: [1] }, list: ["x", 'y"'], bytes: Buffer.from("é"), at: new Date(0), none: null });
});

test("a statement that nobody awaits is never sent, and one that is awaited twice is sent once", async () => {
  const insert = (key: string) => sql`insert into installation (key, value) values (${key}, 'x') returning key`;
  void insert("never asked for");
  const asked = insert("asked twice");
  expect(await asked).toEqual(await asked);
  await Promise.all([asked, asked.catch(() => undefined)]);
  const kept = await sql`select key from installation where key like '%asked%'`;
  expect(kept).toEqual([{ key: "asked twice" }]);
});

test("the same text is prepared once, whatever it was put together from", async () => {
  const look = (n: number) => sql`select 'light' as prepared where ${sql`${n}::int > ${0}::int`}`;
  const one = await sql.reserve();
  const again = (n: number) => one`select 'light' as prepared where ${one`${n}::int > ${0}::int`}`;
  for (const n of [1, 2, 3]) await again(n);
  const held = await one`select 1 from pg_prepared_statements where statement like '%light'' as prepared%$1%'`;
  one.release();
  expect(await look(1)).toHaveLength(1);
  expect(held).toHaveLength(1);
});

test("a long answer is read by a cursor, a portion at a time", async () => {
  const portions: unknown[] = [];
  const upTo = sql`generate_series(1, ${5}::int) n`;
  for await (const portion of sql`select n from ${upTo}`.cursor(2)) portions.push(portion.map(({ n }) => n));
  expect(portions).toEqual([[1, 2], [3, 4], [5]]);
});

test("an error says where its statement is written, and a value that is undefined is refused", async () => {
  const wrong = await sql`select 1 / ${0}::int`.catch((error: Error) => error);
  expect(wrong).toMatchObject({ code: "22012" });
  expect((wrong as Error).stack).toContain("light-sql.test.ts");
  await expect(sql`select ${undefined as never}::int`).rejects.toThrow("UNDEFINED_VALUE");
});
