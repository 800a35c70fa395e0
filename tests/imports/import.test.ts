import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { csvText } from "#app/dashboard/csv.ts";
import { EXPORT_COLUMNS, exportPosts, type ExportedPost } from "#app/dashboard/out/export-posts.server.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { beginImport, checkImport, dropImport, previewImport, undoImport } from "#app/imports/check-import.server.ts";
import { getImport, keptPosts, listImports, readReport, startImport } from "#app/imports/imports.server.ts";
import { runImports } from "#app/imports/run-imports.server.ts";
import { forgetImports, undoImports } from "#app/imports/undo-imports.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { savePlace } from "#app/posts/keep-places.server.ts";
import { snapToGrid } from "#app/posts/post.ts";
import { asking, somebody } from "#tests/claims/rows.ts";
import { aCategory, aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";
import { messyFile } from "./messy.ts";

const ctx = testCtx({ now: new Date("2026-11-20T17:00:00Z"), wakesNobody: true });
const { sql } = testDb();

async function aPantry() {
  const group = await aGroup(ctx);
  const lead = { ...(await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }))), now: ctx.now };
  const category = await aCategory(ctx, group.id);
  await sql`update categories set name = 'Groceries', slug = 'groceries', translations = '{"es": {"name": "Víveres"}}' where id = ${category.id}::uuid`;
  return { group, lead, category };
}
type Lead = Awaited<ReturnType<typeof aPantry>>["lead"];
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function settle(work: () => Promise<number>) {
  for (let turn = 0; turn < 200; turn++) if ((await work()) === 0) return;
}
const run = () => settle(async () => (await runImports(ctx)) + (await undoImports(ctx)));

async function bring(lead: Lead, groupId: string, bytes: Uint8Array) {
  const id = await startImport(lead, { groupId, kind: "need", bytes });
  const checked = await checkImport(lead, id, (await getImport(lead, id)).reading);
  await beginImport(lead, id);
  await run();
  return { id, checked };
}
const postsOf = (id: string) => sql<
  { code: string; author_id: string; title: string; status: string; lat: number | null; created_at: Date }[]
>`
  select code, author_id, title, status, lat, created_at from posts where import_id = ${id}::uuid order by created_at, id`;

describe("a spreadsheet of 10,000 lines", () => {
  it(
    "brings in what is good, says of every other line why not, and goes again whole",
    { timeout: 60_000 },
    async () => {
      const { group, lead } = await aPantry();
      const [before] =
        await sql`select (select count(*) from people)::int as people, (select count(*) from posts)::int as posts`;
      const { bytes, good, bad } = messyFile(10_000);
      const { id } = await bring(lead, group.id, bytes);
      const found = await getImport(lead, id);
      expect(found).toMatchObject({ state: "done", total: 10_000, good, bad: bad.size, done: good });
      const report = (await readReport(lead, id))!;
      expect(new Map(report.bad.map(({ line, faults }) => [line, faults[0]!.reason]))).toEqual(bad);
      const [counts] = await sql`
      select count(*)::int as n, count(distinct author_id)::int as authors, count(category_id)::int as sorted, count(place)::int as placed,
        count(*) filter (where details = '=leave at the door')::int as noted
      from posts where import_id = ${id}::uuid`;
      expect(counts).toMatchObject({ n: good, authors: good, sorted: good, placed: good });
      expect(counts!["noted"]).toBeGreaterThan(good / 4);
      const [told] =
        await sql`select count(*)::int as n from events where post_id in (select id from posts where import_id = ${id}::uuid)`;
      expect(told!["n"]).toBe(0);
      await undoImport(lead, id);
      await run();
      expect(await getImport(lead, id)).toMatchObject({ state: "undone", done: good });
      const [after] =
        await sql`select (select count(*) from people)::int as people, (select count(*) from posts)::int as posts`;
      expect(after).toEqual(before);
    },
  );
});

describe("an import", () => {
  it("is written once however often the worker begins again, and tells nobody", async () => {
    const { group, lead } = await aPantry();
    const text = csvText([
      ["title", "phone"],
      ...Array.from({ length: 700 }, (_, n) => [`Bread ${n}`, `555200${String(n).padStart(4, "0")}`]),
    ]);
    const id = await startImport(lead, { groupId: group.id, kind: "need", bytes: bytesOf(text) });
    await checkImport(lead, id, (await getImport(lead, id)).reading);
    await beginImport(lead, id);
    await Promise.all([runImports(ctx), runImports(ctx), runImports(ctx)]);
    await sql`update imports set state = 'running', done = 0, content_sealed = content_sealed where id = ${id}::uuid and content_sealed is not null`;
    await run();
    expect(await postsOf(id)).toHaveLength(700);
    const texts = await sql`select count(*)::int as n from outbox`;
    await settle(() => fanOut(ctx));
    expect(await sql`select count(*)::int as n from outbox`).toEqual(texts);
    const [row] = await sql`select content_sealed from imports where id = ${id}::uuid`;
    expect(row!["content_sealed"]).toBeNull();
  });

  it("joins people who are known by their number and renames nobody; a known place is on the map", async () => {
    const { group, lead } = await aPantry();
    await savePlace(lead, { name: "Import Square", at: { lat: 42.3, lng: -83 } });
    const known = await aPost(ctx, {
      groupId: group.id,
      title: "Soup",
      contact: { name: "Ana", phone: "+15552990001", email: null },
    });
    const [author] = await sql`select author_id from posts where id = ${known.id}::uuid`;
    const text = csvText([
      ["title", "phone", "name", "place"],
      ["Bread", "5552990001", "Somebody", "import square"],
      ["Milk", "(555) 299-0001", "", ""],
      ["Soup", "555 299 0001", "", ""],
    ]);
    const { id, checked } = await bring(lead, group.id, bytesOf(text));
    expect(checked.bad).toMatchObject([{ line: 4, faults: [{ reason: "same_post", other: known.code }] }]);
    const posts = await postsOf(id);
    expect(new Set(posts.map(({ author_id }) => author_id))).toEqual(new Set([author!["author_id"]]));
    expect(posts.find(({ title }) => title === "Bread")!.lat).toBe(snapToGrid({ lat: 42.3, lng: -83 }).lat);
    await undoImport(lead, id);
    await run();
    const [left] = await sql`select count(*)::int as n from people where id = ${author!["author_id"]}::uuid`;
    expect(left!["n"]).toBe(1);
  });

  it("taken back leaves what somebody has touched, and says which", async () => {
    const { group, lead } = await aPantry();
    const { id } = await bring(lead, group.id, bytesOf("title\nBread\nMilk\nRice\n"));
    const posts = await postsOf(id);
    const claimed = posts.find(({ title }) => title === "Milk")!;
    await claimPost(await somebody(ctx), asking(claimed.code));
    await undoImport(lead, id);
    await run();
    expect(await keptPosts(lead, id)).toEqual([{ code: claimed.code, title: "Milk" }]);
    expect(await getImport(lead, id)).toMatchObject({ state: "undone", done: 2 });
    await expect(undoImport(lead, id)).rejects.toMatchObject({ kind: "wrong-step" });
  });

  it("is begun once, after a look, and by the group's coordinators alone", async () => {
    const { group, lead } = await aPantry();
    const other = await aPantry();
    const id = await startImport(lead, { groupId: group.id, kind: "offer", bytes: bytesOf("Item\nBread\n") });
    await expect(beginImport(lead, id)).rejects.toMatchObject({ kind: "wrong-step" });
    await expect(getImport(other.lead, id)).rejects.toMatchObject({ kind: "not-found" });
    await expect(checkImport(other.lead, id, (await getImport(lead, id)).reading)).rejects.toMatchObject({
      kind: "not-found",
    });
    await expect(
      startImport(lead, { groupId: other.group.id, kind: "need", bytes: bytesOf("a\nb") }),
    ).rejects.toMatchObject({ kind: "not-allowed" });
    for (const text of ["", "title", "\n\n"])
      await expect(startImport(lead, { groupId: group.id, kind: "need", bytes: bytesOf(text) })).rejects.toMatchObject({
        kind: "invalid-input",
        facts: { field: "file" },
      });
    await checkImport(lead, id, (await getImport(lead, id)).reading);
    expect(await previewImport(lead, await getImport(lead, id))).toMatchObject([{ title: "Bread", kind: "offer" }]);
    const begun = await Promise.allSettled([beginImport(lead, id), beginImport(lead, id)]);
    expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(checkImport(lead, id, (await getImport(lead, id)).reading)).rejects.toMatchObject({
      kind: "not-found",
    });
    expect((await listImports(lead, [group.id])).map((one) => one.id)).toEqual([id]);
    await run();
  });

  it("is forgotten a day later where nobody began it, and its bad lines a week later", async () => {
    const { group, lead } = await aPantry();
    const left = await startImport(lead, { groupId: group.id, kind: "need", bytes: bytesOf("title\nBread") });
    const dropped = await startImport(lead, { groupId: group.id, kind: "need", bytes: bytesOf("title\nBread") });
    const { id } = await bring(lead, group.id, bytesOf("title,phone\nMilk,none\nRice,5552990009"));
    await dropImport(lead, dropped);
    await expect(getImport(lead, dropped)).rejects.toMatchObject({ kind: "not-found" });
    const days = (n: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + n * 86_400_000) });
    await forgetImports(days(1.1));
    await expect(getImport(lead, left)).rejects.toMatchObject({ kind: "not-found" });
    expect((await readReport(lead, id))!.bad).toHaveLength(1);
    await forgetImports(days(7.1));
    expect(await readReport(lead, id)).toBeNull();
    expect(await postsOf(id)).toHaveLength(1);
  });
});

describe("a file of our own", () => {
  const plain = ({ code: _code, expires_at: _expires, ...post }: ExportedPost) => post;

  it("brings the same posts back", async () => {
    const { group, lead, category } = await aPantry();
    const field = {
      key: "size",
      label: "Size",
      translations: {},
      weighs: "wish",
      several: true,
      options: [{ key: "big", label: "Big", translations: {} }],
    };
    await sql`update categories set fields = ${sql.json([field] as never)} where id = ${category.id}::uuid`;
    const text = csvText([
      [
        "title",
        "details",
        "kind",
        "category",
        "quantity",
        "urgency",
        "window_start",
        "window_end",
        "created_at",
        "place",
        "lat",
        "lng",
        "name",
        "phone",
        "email",
        "address",
        "private_note",
        "visibility",
        "languages",
        "locale",
        "answers",
      ],
      [
        "=SUM of all 🍞",
        '\'quoted\nlines, "too"',
        "need",
        "Víveres",
        12,
        "urgent",
        "",
        "2030-12-25T10:00:00Z",
        "2026-11-01T08:30:00.000Z",
        "Park",
        42.3,
        -83,
        "Ana",
        "+15552990101",
        "a@example.org",
        "1 Street",
        "ring twice",
        "team",
        "es ar",
        "es",
        '{"size":["big"]}',
      ].map((cell) => (cell === "=SUM of all 🍞" ? "+SUM of all 🍞" : cell)),
      [
        "خبز",
        "",
        "offer",
        "",
        1,
        "",
        "2030-01-01T00:00:00Z",
        "",
        "2026-11-02T08:30:00.000Z",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "volunteers",
        "",
        "ar",
        "",
      ],
      [
        "- minus",
        "@here",
        "need",
        "groceries",
        3,
        "soon",
        "",
        "",
        "2026-11-03T08:30:00.000Z",
        "",
        "",
        "",
        "Ben",
        "+15552990102",
        "",
        "",
        "",
        "everyone",
        "",
        "en",
        "",
      ],
    ]);
    const first = await bring(lead, group.id, bytesOf(text));
    expect(first.checked.bad).toEqual([]);
    const groups = await groupsInView(lead, group.id);
    const exported = await exportPosts(lead, groups, { open: true, contacts: "delivery" });
    expect(exported).toHaveLength(3);
    await sql`delete from events where type = 'contact.seen' and post_id in (select id from posts where import_id = ${first.id}::uuid)`;
    await undoImport(lead, first.id);
    await run();
    expect(await postsOf(first.id)).toEqual([]);
    const file = csvText([
      EXPORT_COLUMNS,
      ...exported.map((post) =>
        EXPORT_COLUMNS.map((column) =>
          typeof post[column] === "object" && post[column] !== null
            ? JSON.stringify(post[column])
            : (post[column] as string | number | null),
        ),
      ),
    ]);
    const again = await bring(lead, group.id, bytesOf(file));
    expect(again.checked.bad).toEqual([]);
    const back = await exportPosts(lead, groups, { open: true, contacts: "delivery" });
    expect(back.map(plain)).toEqual(exported.map(plain));
  });
});
