import { describe, expect, it } from "vitest";
import { readCursor, writeCursor, type BoardFilter } from "#app/posts/board-filter.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { aCategory, aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();

async function everyPage(filter: BoardFilter, viewer = ctx): Promise<string[]> {
  const codes: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listPosts>> = await listPosts(viewer, { ...filter, cursor }, "en");
    codes.push(...page.items.map((post) => post.code));
    cursor = page.nextCursor;
  } while (cursor);
  return codes;
}

const codesOf = async (filter: BoardFilter) =>
  (await listPosts(ctx, filter, "en")).items.map((post) => post.code).sort();

describe("the board", () => {
  it("shows each post exactly once over its pages, waiting longest first, also within one moment", async () => {
    const group = await aGroup(ctx);
    const made: string[] = [];
    for (let i = 0; i < 47; i++) {
      const at = new Date(ctx.now.getTime() - 1000 * Math.floor(i / 5));
      made.push((await aPost({ ...ctx, now: at }, { groupId: group.id })).code);
    }
    const seen = await everyPage({ group: group.slug });
    expect(seen).toHaveLength(47);
    expect(new Set(seen)).toEqual(new Set(made));
    const first = await listPosts(ctx, { group: group.slug }, "en");
    expect(first.items).toHaveLength(20);
    const times = first.items.map((post) => post.createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(await everyPage({ group: group.slug, status: "all", limit: 7 })).toHaveLength(47);
  });

  it("keeps rows written with microseconds on one page only", async () => {
    const group = await aGroup(ctx);
    for (let i = 0; i < 6; i++) {
      const post = await aPost(ctx, { groupId: group.id });
      await sql`update posts set created_at = '2026-01-01 00:00:00.000100Z'::timestamptz + ${i} * interval '1 microsecond'
        where id = ${post.id}::uuid`;
    }
    const seen = await everyPage({ group: group.slug, limit: 2 });
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  it("shows only what the reader may see", async () => {
    const group = await aGroup(ctx);
    const open = await aPost(ctx, { groupId: group.id });
    const shared = await aPost(ctx, { groupId: group.id, visibility: "volunteers" });
    await aPost(ctx, { groupId: group.id, visibility: "team" });
    expect(await everyPage({ group: group.slug })).toEqual([open.code]);
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    expect((await everyPage({ group: group.slug }, volunteer)).sort()).toEqual([open.code, shared.code].sort());
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    expect(await everyPage({ group: group.slug }, coordinator)).toHaveLength(3);
  });

  it("filters by kind, category, state and language", async () => {
    const group = await aGroup(ctx);
    const category = await aCategory(ctx, group.id);
    const need = await aPost(ctx, { groupId: group.id, categoryId: category.id });
    const offer = await aPost(ctx, { groupId: group.id, kind: "offer", languages: ["ar"] });
    const covered = await aPost(ctx, { groupId: group.id });
    await sql`update posts set remaining = 0 where id = ${covered.id}::uuid`;
    const closed = await aPost(ctx, { groupId: group.id });
    await sql`update posts set status = 'closed', closed_reason = 'fulfilled' where id = ${closed.id}::uuid`;
    const at = { group: group.slug };
    expect(await codesOf({ ...at, kind: "offer" })).toEqual([offer.code]);
    expect(await codesOf({ ...at, category: category.slug })).toEqual([need.code]);
    expect(await codesOf({ category: category.slug })).toEqual([need.code]);
    expect(await codesOf(at)).toEqual([need.code, offer.code].sort());
    expect(await codesOf({ ...at, status: "covered" })).toEqual([covered.code]);
    expect(await codesOf({ ...at, status: "closed" })).toEqual([closed.code]);
    expect(await codesOf({ ...at, status: "all" })).toHaveLength(4);
    expect(await codesOf({ ...at, languages: ["es"] })).toEqual([need.code]);
    expect(await codesOf({ ...at, languages: ["ar", "es"] })).toHaveLength(2);
    expect(await codesOf({ group: "no-such-group" })).toEqual([]);
  });

  it("finds words whatever their accents, case and Arabic letter forms", async () => {
    const group = await aGroup(ctx);
    const diapers = await aPost(ctx, { groupId: group.id, title: "Pañales para bebé", place: "Jardín Norte" });
    const milk = await aPost(ctx, { groupId: group.id, title: "حليب للأطفال", details: "إلى مدرسة النور" });
    const find = (q: string) => codesOf({ group: group.slug, q });
    expect(await find("PANALES bebe")).toEqual([diapers.code]);
    expect(await find("jardin")).toEqual([diapers.code]);
    expect(await find("للاطفال")).toEqual([milk.code]);
    expect(await find("مدرسه")).toEqual([milk.code]);
    expect(await find("bebe -pañales")).toEqual([]);
    expect(await find('"unbalanced & | ! ( \\ quote')).toEqual([]);
    expect(await find("nul\0byte")).toEqual([]);
    expect(await codesOf({ group: group.slug, place: "norte" })).toEqual([diapers.code]);
    expect(await codesOf({ group: group.slug, place: "bebe" })).toEqual([]);
  });

  it("finds what is near, within the kilometres asked for", async () => {
    const group = await aGroup(ctx);
    const near = await aPost(ctx, { groupId: group.id, lat: 10.01, lng: 20.01 });
    const far = await aPost(ctx, { groupId: group.id, lat: 10.2, lng: 20.01 });
    await aPost(ctx, { groupId: group.id });
    const at = { group: group.slug, near: { lat: 10, lng: 20 } };
    expect(await codesOf(at)).toEqual([near.code]);
    expect(await codesOf({ ...at, withinKm: 40 })).toEqual([near.code, far.code].sort());
    expect(await codesOf({ ...at, status: "all", withinKm: 40 })).toHaveLength(2);
  });

  it("starts at the first page for a cursor nobody made", async () => {
    const group = await aGroup(ctx);
    await aPost(ctx, { groupId: group.id });
    for (const cursor of ["x", "'; drop table posts", "a".repeat(60), "٣".repeat(30), btoa("9999,zz")]) {
      expect((await listPosts(ctx, { group: group.slug, cursor }, "en")).items).toHaveLength(1);
    }
    const cursor = { createdAt: "2026-01-02T03:04:05.000006Z", id: "0193a5f0-1111-7222-8333-444455556666" };
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
  });

  it("says names and units in the reader's language", async () => {
    const group = await aGroup(ctx, { translations: { es: { name: "Cocina" } } });
    const category = await aCategory(ctx, group.id, {
      translations: { es: { name: "Comidas", unit: "comidas", unit_one: "comida" } },
    });
    await aPost(ctx, { groupId: group.id, categoryId: category.id, quantity: 1 });
    const { items } = await listPosts(ctx, { group: group.slug }, "es");
    expect(items[0]).toMatchObject({ group: { name: "Cocina" }, category: { name: "Comidas" }, unit: "comida" });
  });
});
