import { describe, expect, it } from "vitest";
import { byHead, tokens } from "./csv-reader.ts";
import { exportPosts } from "#app/dashboard/out/export-posts.server.ts";
import { plainList } from "#app/dashboard/out/plain-list.server.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { leaveNote, readShift } from "#app/dashboard/shift/shift.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { action as makeFile } from "#app/routes/coordinate_.out_.file.ts";
import { aGroup, aMember, aPhone, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

async function room() {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  return { group, coordinator, mine: await groupsInView(coordinator, null) };
}
const need = (groupId: string, given: { title?: string; visibility?: "everyone" | "team"; phone?: string } = {}) =>
  publishPost(ctx, {
    kind: "need",
    groupId,
    categoryId: null,
    title: given.title ?? "Soup",
    details: null,
    quantity: 2,
    urgency: "normal",
    windowStart: null,
    windowEnd: null,
    place: "Maple Park",
    lat: null,
    lng: null,
    address: "12 Elm Street",
    privateNote: "ring twice",
    visibility: given.visibility ?? "everyone",
    languages: [],
    locale: "en",
    contact: { name: "Ana", phone: given.phone ?? aPhone(), email: null },
    submitKey: null,
  });

describe("files", () => {
  it("hold the group's own posts; without contacts nothing sealed; that they were made is on record", async () => {
    const [{ group, coordinator, mine }, other] = [await room(), await room()];
    const made = await need(group.id);
    await need(other.group.id);
    const posts = await exportPosts(coordinator, mine, { open: true, contacts: null });
    expect(posts.map(({ code }) => code)).toEqual([made.code]);
    expect(JSON.stringify(posts)).not.toMatch(/Elm|ring twice|Ana|\+1555/);
    const events = await ctx.db
      .sql`select type, data from events where group_id = ${group.id}::uuid and type <> 'post.published'`;
    expect(events).toEqual([{ type: "posts.exported", data: { posts: 1, contacts: false } }]);
  });

  it("with contacts record a look at each, which its author can see", async () => {
    const { group, coordinator, mine } = await room();
    const phone = aPhone();
    const made = await need(group.id, { phone });
    const [post] = await exportPosts(coordinator, mine, { open: true, contacts: "delivery" });
    const [file] = await ctx.db.sql`
      select data from events where type = 'posts.exported' and group_id = ${mine[0]!.id}::uuid order by id desc limit 1`;
    expect(file!["data"]).toEqual({ posts: 1, contacts: true, why: "delivery" });
    expect(post).toMatchObject({ name: "Ana", phone, address: "12 Elm Street", private_note: "ring twice" });
    const looks = await ctx.db
      .sql`select actor_id from events where post_id = ${made.id}::uuid and type = 'contact.seen'`;
    expect(looks).toEqual([{ actor_id: coordinator.person.id }]);
  });

  it("are safe to open: what looks like a formula is words, quotes and lines survive", async () => {
    const { group, coordinator } = await room();
    const title = '=HYPERLINK("http://x","a"), "q"';
    await need(group.id, { title });
    const response = await askRoute(ctx, makeFile, {
      as: coordinator.person,
      path: "/coordinate/out/file",
      form: { which: "open", format: "csv" },
    });
    expect(response.headers.get("Content-Disposition")).toContain("attachment");
    const [head, row] = tokens(await response.text());
    expect(byHead(head!, row!)).toMatchObject({ title: `'${title}`, place: "Maple Park", quantity: "2", phone: "" });
  });

  it("are not for others: another group's coordinator, a volunteer, a visitor", async () => {
    const [{ group }, other] = [await room(), await room()];
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    const ask = (as: typeof volunteer.person | null) =>
      askRoute(ctx, makeFile, { as, path: "/coordinate/out/file", form: { group: group.slug } });
    expect((await ask(other.coordinator.person)).status).toBe(403);
    expect((await ask(volunteer.person)).status).toBe(403);
    expect((await ask(null)).status).toBe(303);
  });
});

describe("the list to paste", () => {
  it("says only what everybody may see", async () => {
    const { group, coordinator, mine } = await room();
    const open = await need(group.id, { title: "Rice" });
    await need(group.id, { title: "Insulin", visibility: "team" });
    const list = await plainList(coordinator, mine, textFor("en"), "en");
    expect(list).toContain(
      `- Rice: 2 still needed (Maple Park). http://localhost:3000/p/${open.code} or text CLAIM ${open.code}`,
    );
    expect(list).not.toContain("Insulin");
    const calm = await room();
    expect(await plainList(calm.coordinator, calm.mine, textFor("en"), "en")).toBe(
      "Nothing is open for everybody right now.\n",
    );
  });
});

describe("a shift change", () => {
  it("passes words on, sealed, and counts from my own last note", async () => {
    const { group, coordinator, mine } = await room();
    const next = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    await need(group.id);
    expect((await readShift(coordinator, mine)).counts).toEqual({ "post.published": 1 });
    const minute = { ...coordinator, now: new Date(ctx.now.getTime() + 60_000) };
    await leaveNote(minute, mine[0]!, "The oven is broken");
    const hour = { ...coordinator, now: new Date(ctx.now.getTime() + 3_600_000) };
    const { counts, fresh } = await readShift(hour, mine);
    expect([counts, fresh]).toEqual([{}, []]);
    const theirs = await readShift({ ...next, now: hour.now }, mine);
    expect(theirs.notes.map(({ words }) => words)).toEqual(["The oven is broken"]);
    expect(theirs.fresh.map(({ title }) => title)).toEqual(["Soup"]);
    const [row] = await ctx.db.sql`select words_sealed from shift_notes where group_id = ${group.id}::uuid`;
    expect(row!["words_sealed"]).not.toContain("oven");
    await expect(leaveNote(coordinator, mine[0]!, "  ")).rejects.toMatchObject({ kind: "invalid-input" });
    expect((await readShift(...(await otherRoom()))).notes).toEqual([]);
  });
});

async function otherRoom(): Promise<Parameters<typeof readShift>> {
  const { coordinator, mine } = await room();
  return [coordinator, mine];
}
