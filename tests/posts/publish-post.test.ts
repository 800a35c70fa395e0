import { describe, expect, it } from "vitest";
import { hashToken } from "#app/core/ids.server.ts";
import { getManagedPost, getPost } from "#app/posts/get-post.server.ts";
import { postHistory } from "#app/posts/post-history.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPhone, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const rowOf = async (id: string) => (await sql`select * from posts where id = ${id}::uuid`)[0]!;

describe("publishPost", () => {
  it("puts a need on the board with its event", async () => {
    const group = await aGroup(ctx);
    const category = await aCategory(ctx, group.id, { unit: "meals", expiryHours: 48 });
    const post = await aPost(ctx, { groupId: group.id, categoryId: category.id, quantity: 12, title: "Dinner" });
    expect(post.code).toMatch(/^[23456789A-HJKMNP-TV-Z]{4}$/);
    const view = await getPost(ctx, ` ${post.code.toLowerCase()} `, "en");
    expect(view).toMatchObject({ title: "Dinner", quantity: 12, remaining: 12, unit: "meals", status: "open" });
    expect(view!.expiresAt.getTime() - ctx.now.getTime()).toBe(48 * 3_600_000);
    expect(await postHistory(ctx, post.id)).toMatchObject([
      { type: "post.published", groupId: group.id, actorId: null, data: { quantity: 12 } },
    ]);
  });

  it("makes one post of twenty double taps at once, whether or not there is a phone", async () => {
    const group = await aGroup(ctx);
    for (const phone of [aPhone(), null]) {
      const people = await sql`select count(*)::int as n from people`;
      const given = { groupId: group.id, submitKey: crypto.randomUUID(), contact: { name: "Ana", phone, email: null } };
      const taps = await Promise.all(Array.from({ length: 20 }, () => aPost(ctx, given)));
      expect(new Set(taps.map((tap) => tap.id)).size).toBe(1);
      expect(new Set(taps.map((tap) => tap.manageToken)).size).toBe(1);
      expect(taps.filter((tap) => !tap.repeated)).toHaveLength(1);
      expect(await postHistory(ctx, taps[0]!.id)).toHaveLength(1);
      const peopleAfter = await sql`select count(*)::int as n from people`;
      expect(peopleAfter[0]!.n - people[0]!.n).toBe(1);
    }
  });

  it("refuses the same key with other words", async () => {
    const group = await aGroup(ctx);
    const submitKey = crypto.randomUUID();
    await aPost(ctx, { groupId: group.id, submitKey, title: "Soup" });
    await expect(aPost(ctx, { groupId: group.id, submitKey, title: "Bread" })).rejects.toMatchObject({
      kind: "key-reused",
    });
  });

  it("finds the person by their number and never renames them", async () => {
    const group = await aGroup(ctx);
    const ana = await aPerson(ctx, { name: "Ana" });
    const post = await aPost(ctx, { groupId: group.id, contact: { name: "Mallory", phone: ana.phone, email: null } });
    expect(post.authorId).toBe(ana.id);
    const [row] = await sql`select name_sealed from people where id = ${ana.id}::uuid`;
    expect(ctx.seal.open(row!.name_sealed, { table: "people", column: "name_sealed", row: ana.id })).toBe("Ana");
    expect((await getManagedPost(ctx, post.manageToken, "en"))?.contactName).toBe("Mallory");
  });

  it("is the signed-in person's post when no number says otherwise", async () => {
    const group = await aGroup(ctx);
    const ana = await aPerson(ctx);
    expect((await aPost(ctx, { groupId: group.id, authorId: ana.id })).authorId).toBe(ana.id);
  });

  it("waits in review where the group moderates, except for its coordinators", async () => {
    const group = await aGroup(ctx, { moderates: true });
    expect((await aPost(ctx, { groupId: group.id })).status).toBe("in_review");
    const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
    expect((await aPost(ctx, { groupId: group.id, authorId: coordinator.id })).status).toBe("open");
  });

  it("refuses a category of another group", async () => {
    const [group, other] = [await aGroup(ctx), await aGroup(ctx)];
    const category = await aCategory(ctx, other.id);
    await expect(aPost(ctx, { groupId: group.id, categoryId: category.id })).rejects.toMatchObject({
      kind: "invalid-input",
    });
  });

  it("keeps nothing private in the clear, and opens it over the private link alone", async () => {
    const group = await aGroup(ctx);
    const phone = aPhone();
    const post = await aPost(ctx, {
      groupId: group.id,
      address: "7 Canary Court",
      privateNote: "Canary note",
      contact: { name: "Canary Name", phone, email: "canary@example.org" },
    });
    const [dump] = await sql`select p::text || a::text || (select string_agg(e::text, ',') from events e) as all
      from posts p join people a on a.id = p.author_id where p.id = ${post.id}::uuid`;
    for (const secret of [/canary/i, phone, phone.slice(2), post.manageToken]) expect(dump!.all).not.toMatch(secret);
    expect((await rowOf(post.id)).manage_hash).toBe(hashToken(post.manageToken));
    expect(await getManagedPost(ctx, post.manageToken, "en")).toMatchObject({
      contactName: "Canary Name",
      address: "7 Canary Court",
      privateNote: "Canary note",
      hasPhone: true,
    });
    expect(await getManagedPost(ctx, "nobody-made-this-token", "en")).toBeNull();
    expect(JSON.stringify(await getPost(ctx, post.code, "en"))).not.toMatch(/canary/i);
  });

  it("stores the same snapped point every time, and nothing finer", async () => {
    const group = await aGroup(ctx);
    const cells = new Set<string>();
    for (let i = 0; i < 20; i++) {
      const post = await aPost(ctx, { groupId: group.id, lat: 40.7001 + i * 1e-5, lng: -73.9501 - i * 1e-5 });
      const { lat, lng } = await rowOf(post.id);
      cells.add(`${lat},${lng}`);
      for (const value of [lat, lng]) expect(Math.round(value * 1e5) / 1e5).toBe(value);
    }
    expect(cells.size).toBe(1);
    expect([...cells][0]).not.toContain("40.7001");
  });

  it("closes an offer when its time is over and keeps a need a day longer", async () => {
    const group = await aGroup(ctx);
    const windowEnd = new Date(ctx.now.getTime() + 30 * 86_400_000);
    const offer = await aPost(ctx, { groupId: group.id, kind: "offer", windowEnd });
    expect((await rowOf(offer.id)).expires_at).toEqual(windowEnd);
    const need = await aPost(ctx, { groupId: group.id, windowEnd });
    expect((await rowOf(need.id)).expires_at).toEqual(new Date(windowEnd.getTime() + 86_400_000));
  });
});

describe("who may see a post", () => {
  it("holds for every visibility and viewer", async () => {
    const [group, other] = [await aGroup(ctx, { moderates: true }), await aGroup(ctx)];
    const author = await aPerson(ctx);
    const viewers = {
      visitor: ctx,
      neighbour: await signedInAs(ctx, await aPerson(ctx)),
      volunteer: await signedInAs(ctx, await aMember(ctx, group.id)),
      elsewhere: await signedInAs(ctx, await aMember(ctx, other.id)),
      asked: await signedInAs(ctx, await aMember(ctx, group.id, { state: "asked" })),
      coordinator: await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" })),
      admin: await signedInAs(ctx, await aPerson(ctx, { isAdmin: true })),
      author: await signedInAs(ctx, author),
    };
    const seenBy = async (code: string) => {
      const seen: string[] = [];
      for (const [name, viewer] of Object.entries(viewers)) if (await getPost(viewer, code, "en")) seen.push(name);
      return seen.join(" ");
    };
    const make = async (visibility: "everyone" | "volunteers" | "team", status: "open" | "in_review") => {
      const post = await aPost(ctx, { groupId: group.id, authorId: author.id, visibility });
      await sql`update posts set status = ${status}, unapproved = ${status === "in_review"} where id = ${post.id}::uuid`;
      return post.code;
    };
    expect(await seenBy(await make("everyone", "open"))).toBe(Object.keys(viewers).join(" "));
    expect(await seenBy(await make("volunteers", "open"))).toBe("volunteer elsewhere coordinator admin author");
    expect(await seenBy(await make("team", "open"))).toBe("coordinator admin author");
    expect(await seenBy(await make("everyone", "in_review"))).toBe("coordinator admin author");
  });
});
