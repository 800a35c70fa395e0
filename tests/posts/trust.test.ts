import { describe, expect, it } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { blockPerson, unblockPerson } from "#app/groups/block-person.server.ts";
import { joinGroup } from "#app/groups/join-group.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { concernsOf } from "#app/posts/concerns.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { publishPost, type NewPost } from "#app/posts/publish-post.server.ts";
import { aGroup, aMember, aNewPost, aPerson, aPhone, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();

const words = (groupId: string, given: Partial<NewPost> = {}): NewPost =>
  aNewPost({
    groupId,
    title: "Soup",
    ...given,
  });
const from = (phone: string | null) => ({ contact: { name: null, phone, email: null } });
const claimOf = (code: string) => ({
  code,
  quantity: null,
  eta: null,
  note: null,
  offerCode: null,
  idempotencyKey: crypto.randomUUID(),
});
const concernsIn = async (id: string) => (await sql`select concerns from posts where id = ${id}::uuid`)[0]!["concerns"];
const statusesOf = (posts: { status: string }[]) => posts.map(({ status }) => status);

async function publishOneByOne(as: Ctx, n: number, post: NewPost) {
  const made = [];
  for (let i = 0; i < n; i++) made.push(await publishPost(as, post));
  return made;
}

describe("somebody new", () => {
  it("has three posts up in a day; the fourth is read first, and a coordinator lets it up", async () => {
    const group = await aGroup(ctx);
    const posts = await publishOneByOne(ctx, 4, words(group.id, from(aPhone())));
    expect(statusesOf(posts)).toEqual(["open", "open", "open", "in_review"]);
    expect(await concernsIn(posts[3]!.id)).toEqual(["new_number"]);
    expect(await getPost(ctx, posts[3]!.code, "en")).toBeNull();
    const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
    await approvePost(await signedInAs(ctx, coordinator), posts[3]!);
    expect(await concernsIn(posts[3]!.id)).toEqual([]);
    expect(await getPost(ctx, posts[3]!.code, "en")).not.toBeNull();
  });

  it("has no more up when ten come at once, or on both sides of midnight", async () => {
    const group = await aGroup(ctx);
    const phone = aPhone();
    const posts = await Promise.all(Array.from({ length: 10 }, () => publishPost(ctx, words(group.id, from(phone)))));
    expect(statusesOf(posts).filter((status) => status === "open")).toHaveLength(3);
    const late = testCtx({ now: new Date("2026-11-20T23:59:00Z") });
    const early = testCtx({ now: new Date("2026-11-21T00:01:00Z") });
    const other = words(group.id, from(aPhone()));
    const days = [...(await publishOneByOne(late, 3, other)), ...(await publishOneByOne(early, 1, other))];
    expect(statusesOf(days)).toEqual(["open", "open", "open", "in_review"]);
  });

  it("is whoever only types a known neighbour's number", async () => {
    const group = await aGroup(ctx);
    const neighbour = await aMember(ctx, group.id);
    await sql`update memberships set vetted_at = now() where person_id = ${neighbour.id}::uuid`;
    const typed = await publishOneByOne(ctx, 4, words(group.id, from(neighbour.phone)));
    expect(statusesOf(typed).at(-1)).toBe("in_review");
    const signedIn = await publishOneByOne(await signedInAs(ctx, neighbour), 5, words(group.id));
    expect(new Set(statusesOf(signedIn))).toEqual(new Set(["open"]));
  });

  it("is no longer who had something met, nor is a coordinator who writes for many", async () => {
    const group = await aGroup(ctx);
    const met = await aPerson(ctx);
    const old = await aPost(ctx, { groupId: group.id, authorId: met.id });
    await sql`update posts set status = 'closed', closed_reason = 'fulfilled' where id = ${old.id}::uuid`;
    const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
    for (const person of [met, coordinator]) {
      const posts = await publishOneByOne(await signedInAs(ctx, person), 5, words(group.id));
      expect(new Set(statusesOf(posts))).toEqual(new Set(["open"]));
    }
  });

  it("waits with a link, also one that is written in later; somebody known does not", async () => {
    const group = await aGroup(ctx);
    const linked = { details: "see https://evil.example/x" };
    const post = await publishPost(ctx, words(group.id, { ...from(aPhone()), ...linked }));
    expect([post.status, await concernsIn(post.id)]).toEqual(["in_review", ["link"]]);
    const plain = await publishPost(ctx, words(group.id, from(aPhone())));
    await editPost(ctx, { token: plain.manageToken, changes: linked });
    expect(await concernsIn(plain.id)).toEqual(["link"]);
    expect(await getPost(ctx, plain.code, "en")).toBeNull();
    const neighbour = await aMember(ctx, group.id);
    await sql`update memberships set vetted_at = now() where person_id = ${neighbour.id}::uuid`;
    const known = await publishPost(await signedInAs(ctx, neighbour), words(group.id, linked));
    expect([known.status, await concernsIn(known.id)]).toEqual(["open", ["link"]]);
  });

  it("may keep a number or an address in what everybody reads; a coordinator is shown it", async () => {
    const group = await aGroup(ctx);
    const post = await publishPost(ctx, words(group.id, { details: "call 212 555 0134, 45 Oak Street" }));
    expect([post.status, await concernsIn(post.id)]).toEqual(["open", ["phone", "address"]]);
  });

  it("is read first where no sum was done", async () => {
    const post = await publishPost(ctx, words((await aGroup(ctx)).id, { ...from(aPhone()), unproved: true }));
    expect([post.status, await concernsIn(post.id)]).toEqual(["in_review", ["unproved"]]);
  });
});

describe("a blocked number", () => {
  async function blockedWorld(everywhere = false) {
    const group = await aGroup(ctx);
    const troll = await aMember(ctx, group.id);
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    const need = await aPost(ctx, { groupId: group.id, address: "45 Oak Street" });
    await claimPost(await signedInAs(ctx, troll), claimOf(need.code));
    const admin = await signedInAs(ctx, await aPerson(ctx, { isAdmin: true }));
    const whom = { personId: troll.id, groupId: everywhere ? null : group.id };
    const by = everywhere ? admin : coordinator;
    return {
      group,
      troll,
      coordinator,
      need,
      block: () => blockPerson(by, whom),
      unblock: () => unblockPerson(by, whom),
    };
  }

  it("gets the answer that anybody gets, and nobody reads or hears of what it sends", async () => {
    const { group, troll, block, unblock } = await blockedWorld();
    const before = await publishPost(ctx, words(group.id, from(troll.phone)));
    await block();
    await block();
    const post = await publishPost(ctx, words(group.id, from(troll.phone)));
    expect(Object.keys(post)).toEqual(Object.keys(before));
    expect([post.status, await concernsIn(post.id)]).toEqual(["in_review", ["blocked"]]);
    expect(await getPost(ctx, post.code, "en")).toBeNull();
    await fanOut(ctx);
    const told =
      await sql`select o.template from outbox o join events e on e.id = o.event_id where e.post_id = ${post.id}::uuid`;
    expect(told).toEqual([]);
    const elsewhere = await publishPost(ctx, words((await aGroup(ctx)).id, from(troll.phone)));
    expect(elsewhere.status).toBe("open");
    await unblock();
    expect(await sql`select from blocked_phones where phone_lookup = ${troll.phoneLookup}`).toEqual([]);
    const blocks = await sql`
      select type from events where data ->> 'personId' = ${troll.id} and type like 'person.%' order by id`;
    expect(blocks.map(({ type }) => type)).toEqual(["person.blocked", "person.unblocked"]);
  });

  it("loses its groups, its promises' addresses, and the way back in, at once", async () => {
    const { group, troll, need, block, unblock } = await blockedWorld();
    const before = await signedInAs(ctx, troll);
    expect(await getContact(before, need.code)).toMatchObject({ address: "45 Oak Street" });
    await block();
    const as = await signedInAs(ctx, troll);
    expect(as.person.roles).toEqual({});
    await expect(getContact(as, need.code)).rejects.toMatchObject({ kind: "not-found" });
    const open = await aPost(ctx, { groupId: group.id });
    await expect(claimPost(as, claimOf(open.code))).rejects.toMatchObject({
      kind: "ask-coordinators",
    });
    expect(await joinGroup(as, { slug: group.slug })).toEqual({ state: "asked" });
    expect((await signedInAs(ctx, troll)).person.roles).toEqual({});
    await unblock();
    expect(await joinGroup(as, { slug: group.slug })).toEqual({ state: "active" });
    await claimPost(as, claimOf(open.code));
  });

  it("everywhere is for admins, and reaches every group", async () => {
    const { troll, coordinator, block } = await blockedWorld(true);
    await expect(blockPerson(coordinator, { personId: troll.id, groupId: null })).rejects.toMatchObject({
      kind: "not-allowed",
    });
    await block();
    const elsewhere = await publishPost(ctx, words((await aGroup(ctx)).id, from(troll.phone)));
    expect(await concernsIn(elsewhere.id)).toEqual(["blocked"]);
  });

  it("is never a coordinator's own, another coordinator's or an admin's, and never for another group", async () => {
    const { group, troll, coordinator } = await blockedWorld();
    const other = await aMember(ctx, group.id, { role: "coordinator" });
    const admin = await aPerson(ctx, { isAdmin: true });
    for (const personId of [coordinator.person.id, other.id, admin.id])
      await expect(blockPerson(coordinator, { personId, groupId: group.id })).rejects.toMatchObject({
        kind: "wrong-step",
      });
    const elsewhere = { personId: troll.id, groupId: (await aGroup(ctx)).id };
    await expect(blockPerson(coordinator, elsewhere)).rejects.toMatchObject({ kind: "not-allowed" });
  });
});

describe("what is found in words that everybody reads", () => {
  const FOUND: [string, string[]][] = [
    ["Call me at (212) 555-0134", ["phone"]],
    ["اتصل ٢١٢٥٥٥٠١٣٤", ["phone"]],
    ["write to ana@example.org", ["link"]],
    ["www.example.com/pay", ["link"]],
    ["I live at 123 Main St", ["address"]],
    ["45-12 47th Ave, apt 3", ["address"]],
    ["1200 N. Martin Luther King Blvd", ["address"]],
    ["Vivo en la calle Olmo 12", ["address"]],
    ["Avenida Juárez #45", ["address"]],
    ["شارع النيل 12", ["address"]],
    ["apartamento 4B, segundo piso", ["address"]],
  ];
  it.each(FOUND)("%s", (text, found) => expect(concernsOf(text)).toEqual(found));

  const FINE = [
    "12 hot meals for tonight",
    "Needed at 5 pm on Main Street",
    "2 way radios, 4 place mats",
    "Size 10 shoes, 30 blankets",
    "Near 5th and Main, by the library",
    "Para 4 personas en la plaza",
    "3 court jesters",
    "Between 9 and 12, 2 people",
    "$20 dr visit",
    "need 2 rides to the dr",
    "50 lb rice, 1 gal water",
    "A ride from 3 to 5, 2 ways",
    "10 chairs for the church drive",
  ];
  it.each(FINE)("nothing in: %s", (text) => expect(concernsOf(text)).toEqual([]));
});
