import { describe, expect, it } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { findMatches } from "#app/matching/find-matches.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs, type MadePost } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const DAY = 86_400_000;

/** A need and an offer that fit, and whether each is suggested for the other. */
async function aPair() {
  const group = await aGroup(ctx);
  const { id: categoryId } = await aCategory(ctx, group.id);
  const [needs, offers] = [await aPerson(ctx), await aPerson(ctx)];
  const here = { groupId: group.id, categoryId, lat: 40.7, lng: -73.9 };
  const need = await aPost(ctx, { ...here, authorId: needs.id });
  const offer = await aPost(ctx, { ...here, kind: "offer", authorId: offers.id });
  const admin = await signedInAs(ctx, await aPerson(ctx, { isAdmin: true }));
  const suggested = async (asker: Ctx = admin) => [
    (await codesFor(asker, need)).includes(offer.code),
    (await codesFor(asker, offer)).includes(need.code),
  ];
  return { group, need, offer, needs, offers, suggested, here, admin };
}

const codesFor = async (asker: Ctx, post: MadePost) =>
  (await findMatches(asker, { token: post.manageToken }, "en")).items.map((item) => item.post.code);

describe("never suggested", () => {
  it("(what all of these start from is suggested both ways)", async () => {
    const { suggested } = await aPair();
    expect(await suggested()).toEqual([true, true]);
    expect(await suggested(ctx)).toEqual([true, true]);
  });

  it("is what is closed, nor anything for it", async () => {
    const { need, suggested, admin } = await aPair();
    await closePost(admin, { code: need.code, reason: "withdrawn" });
    expect(await suggested()).toEqual([false, false]);
  });

  it("is what is covered, nor anything for it", async () => {
    const { offer, suggested } = await aPair();
    await sql`update posts set remaining = 0 where id = ${offer.id}::uuid`;
    expect(await suggested()).toEqual([false, false]);
  });

  it("is what waits in review, also for coordinators", async () => {
    const { need, suggested } = await aPair();
    await sql`update posts set status = 'in_review', unapproved = true where id = ${need.id}::uuid`;
    expect(await suggested()).toEqual([false, false]);
  });

  it("is what was opened again without having been approved", async () => {
    const { offer, need, admin } = await aPair();
    await sql`update posts set unapproved = true where id = ${offer.id}::uuid`;
    expect(await codesFor(admin, need)).toEqual([]);
  });

  it("is what the asker may not see: the team's for visitors and volunteers, the volunteers' for visitors", async () => {
    const { group, need, offer, admin } = await aPair();
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    const seenBy = () =>
      Promise.all([ctx, volunteer, coordinator, admin].map(async (asker) => (await codesFor(asker, need)).length));
    await sql`update posts set visibility = 'volunteers' where id = ${offer.id}::uuid`;
    expect(await seenBy()).toEqual([0, 1, 1, 1]);
    await sql`update posts set visibility = 'team' where id = ${offer.id}::uuid`;
    expect(await seenBy()).toEqual([0, 0, 1, 1]);
  });

  it("is one's own", async () => {
    const { need, offer, suggested } = await aPair();
    await sql`update posts set author_id = (select author_id from posts where id = ${need.id}::uuid) where id = ${offer.id}::uuid`;
    expect(await suggested()).toEqual([false, false]);
  });

  it("is a pair of people whom a coordinator keeps apart, whoever's id is lower", async () => {
    const { needs, offers, suggested, here } = await aPair();
    const again = await aPost(ctx, { ...here, authorId: offers.id });
    const back = await aPost(ctx, { ...here, kind: "offer", authorId: needs.id });
    await sql`insert into kept_apart (person_id, other_id, at)
      select least(a, b), greatest(a, b), now() from (select ${needs.id}::uuid as a, ${offers.id}::uuid as b) pair`;
    expect(await suggested()).toEqual([false, false]);
    expect(await codesFor(ctx, again)).toEqual([]);
    expect(await codesFor(ctx, back)).toEqual([]);
  });

  it("is somebody who blocked the other, or was blocked; a conversation that just ended says nothing", async () => {
    const { need, needs, offers, suggested } = await aPair();
    const relay = newId();
    const claim = newId();
    await sql`insert into claims (id, post_id, person_id, quantity, status, due_at, lapses_at, idempotency_key, request_hash, created_at, updated_at)
      values (${claim}::uuid, ${need.id}::uuid, ${offers.id}::uuid, 1, 'released', now(), now(), ${claim}, '', now(), now())`;
    await sql`insert into relays (id, claim_id, post_id, opened_at, closed_at, closed_why)
      values (${relay}::uuid, ${claim}::uuid, ${need.id}::uuid, now(), now(), 'over')`;
    await sql`insert into relay_parties (relay_id, side, person_id)
      values (${relay}::uuid, 'author', ${needs.id}::uuid), (${relay}::uuid, 'claimer', ${offers.id}::uuid)`;
    expect(await suggested()).toEqual([true, true]);
    await sql`update relays set closed_why = 'blocked' where id = ${relay}::uuid`;
    expect(await suggested()).toEqual([false, false]);
  });

  it("is a pair that was dismissed, until it is due again; other pairs of the two stay", async () => {
    const { need, offer, suggested, here } = await aPair();
    const other = await aPost(ctx, { ...here, kind: "offer" });
    const until = new Date(ctx.now.getTime() + 14 * DAY);
    await sql`insert into match_dismissals (need_id, offer_id, reason, at, until)
      values (${need.id}::uuid, ${offer.id}::uuid, 'not_a_fit', now(), ${until}::timestamptz)`;
    expect(await suggested()).toEqual([false, false]);
    expect(await codesFor(ctx, need)).toEqual([other.code]);
    const later = { ...ctx, now: new Date(until.getTime() + 1) };
    expect(await suggested(later)).toEqual([true, true]);
  });

  it("is another of the same kind, of another group, or of a category that serves nothing here", async () => {
    const { need, here, group, offer } = await aPair();
    const elsewhere = await aGroup(ctx);
    await aPost(ctx, here);
    await aPost(ctx, { ...here, kind: "offer", groupId: elsewhere.id, categoryId: null });
    await aPost(ctx, { ...here, kind: "offer", categoryId: (await aCategory(ctx, group.id)).id });
    expect(await codesFor(ctx, need)).toEqual([offer.code]);
  });

  it("is hidden behind others that are: sixty of them nearer change nothing", async () => {
    const { need, here, offer } = await aPair();
    await sql`update posts set lat = 40.8 where id = ${offer.id}::uuid`;
    for (let n = 0; n < 60; n++) await aPost(ctx, { ...here, kind: "offer", visibility: "team" });
    expect(await codesFor(ctx, need)).toEqual([offer.code]);
  });
});

describe("who asks", () => {
  it("has to be allowed to see the post, except over its author's link", async () => {
    const { need, group, offer } = await aPair();
    await sql`update posts set visibility = 'team' where id = ${need.id}::uuid`;
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    for (const asker of [ctx, volunteer]) {
      await expect(findMatches(asker, { code: need.code }, "en")).rejects.toMatchObject({ kind: "not-found" });
      expect(await codesFor(asker, need)).toEqual([offer.code]);
    }
    await expect(findMatches(ctx, { token: "no such token" }, "en")).rejects.toMatchObject({ kind: "not-found" });
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    expect((await findMatches(coordinator, { code: need.code.toLowerCase() }, "en")).items).toHaveLength(1);
  });

  it("keeps asking for what they promised when it is no longer shown to them", async () => {
    const { need, offers } = await aPair();
    const claim = newId();
    await sql`insert into claims (id, post_id, person_id, quantity, status, due_at, lapses_at, idempotency_key, request_hash, created_at, updated_at)
      values (${claim}::uuid, ${need.id}::uuid, ${offers.id}::uuid, 1, 'promised', now(), now(), ${claim}, '', now(), now())`;
    await sql`update posts set visibility = 'team' where id = ${need.id}::uuid`;
    const asker = await signedInAs(ctx, offers);
    expect((await findMatches(asker, { code: need.code }, "en")).items).toHaveLength(1);
  });
});
