import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { offerNext } from "#app/claims/offer-next.server.ts";
import { joinWaitingList } from "#app/claims/join-waiting-list.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { aGroup, aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asking, claimRow, eventsOf, hoursLater, keepApart, posted, postRow, somebody } from "./rows.ts";

/** Each thing that stands in the way of a promise, alone; and of a place in the line. */

const ctx = testCtx();
const { sql } = ctx.db;
const block = async (personId: string, scope: string) => {
  const [row] = await sql<{ lookup: string }[]>`select phone_lookup as lookup from people where id = ${personId}::uuid`;
  await sql`insert into blocked_phones (phone_lookup, scope, created_at) values (${row!.lookup}, ${scope}, now())`;
};

describe("a promise", () => {
  it("is not made between two who are kept apart; only these two", async () => {
    const [need, other] = [await posted(ctx), await posted(ctx)];
    const me = await somebody(ctx);
    await keepApart(ctx, me.person.id, need.authorId);
    await expect(claimPost(me, asking(need.code))).rejects.toMatchObject({ kind: "ask-coordinators" });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 20 });
    expect(await claimPost(me, asking(other.code))).toMatchObject({ status: "promised" });
    expect(await claimPost(await somebody(ctx), asking(need.code))).toMatchObject({ status: "promised" });
  });

  it("is not made by whom the group blocks, or everybody; another group's block is nothing to this one", async () => {
    const need = await posted(ctx);
    for (const [scope, refused] of [
      [need.groupId, true],
      ["all", true],
      [(await aGroup(ctx)).id, false],
    ] as const) {
      const me = await somebody(ctx);
      await block(me.person.id, scope);
      const made = claimPost(me, asking(need.code));
      if (refused) await expect(made).rejects.toMatchObject({ kind: "ask-coordinators" });
      else expect(await made).toMatchObject({ status: "promised" });
    }
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 19 });
  });

  it("with a note is the first word to whoever asked; without one it is none", async () => {
    const [plain, noted] = [await posted(ctx), await posted(ctx)];
    await claimPost(await somebody(ctx), asking(plain.code));
    for (const note of ["I come by bike", "me too"]) await claimPost(await somebody(ctx), asking(noted.code, { note }));
    const words = await sql`select post_id from first_words where post_id in (${plain.id}::uuid, ${noted.id}::uuid)`;
    expect([...words]).toEqual([{ post_id: noted.id }]);
  });

  it("that got no row although nothing stands in the way is tried five times, then later", async () => {
    const need = await posted(ctx);
    const me = await somebody(ctx);
    let tries = 0;
    const lost = (parts: TemplateStringsArray, ...values: never[]) => {
      if (!parts[0]!.includes("with claimer as")) return sql(parts, ...values);
      tries += 1;
      return Promise.resolve([]);
    };
    const db = Object.assign(Object.create(me.db) as Ctx["db"], { sql: Object.assign(lost, { json: sql.json }) });
    await expect(claimPost({ ...me, db }, asking(need.code))).rejects.toMatchObject({ kind: "too-busy", status: 503 });
    expect(tries).toBe(5);
  });
});

describe("an offer behind a promise", () => {
  async function pair(given: Parameters<typeof posted>[1] = {}) {
    const giver = await somebody(ctx);
    const need = await posted(ctx);
    const offer = await posted(ctx, { kind: "offer", authorId: giver.person.id, quantity: 5, ...given });
    return { giver, need, offer };
  }

  it("is the one that was named", async () => {
    const { giver, need, offer } = await pair();
    const second = await posted(ctx, { kind: "offer", authorId: giver.person.id, quantity: 5 });
    const claim = await claimPost(giver, asking(need.code, { offerCode: second.code, quantity: 2 }));
    expect(await claimRow(ctx, claim.id)).toMatchObject({ offerId: second.id });
    expect([(await postRow(ctx, offer.id)).remaining, (await postRow(ctx, second.id)).remaining]).toEqual([5, 3]);
  });

  it("may be named by whoever wrote the need; the promise is its author's", async () => {
    const { giver, need, offer } = await pair();
    const author = await signedInAs(ctx, { id: need.authorId });
    const claim = await claimPost(author, asking(need.code, { offerCode: offer.code }));
    expect(await claimRow(ctx, claim.id)).toMatchObject({ offerId: offer.id, personId: giver.person.id });
  });

  it.each([
    ["is a need", { kind: "need" as const }, "not-found"],
    ["is closed", { status: "closed" as const }, "not-open"],
    ["holds less", { quantity: 1 }, "already-covered"],
  ])("does not do where it %s", async (_why, given, kind) => {
    const { giver, need, offer } = await pair(given);
    const asked = asking(need.code, { offerCode: offer.code, quantity: 2 });
    await expect(claimPost(giver, asked)).rejects.toMatchObject({ kind });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 20 });
  });

  it("is not to be named by anybody else, and coordinators of either side hear why it does not do", async () => {
    const { need, offer } = await pair({ quantity: 1, groupId: (await aGroup(ctx)).id });
    const asked = asking(need.code, { offerCode: offer.code, quantity: 2 });
    await expect(claimPost(await somebody(ctx), asked)).rejects.toMatchObject({ kind: "not-found" });
    for (const groupId of [need.groupId, offer.groupId]) {
      const lead = await signedInAs(ctx, await aMember(ctx, groupId, { role: "coordinator" }));
      await expect(claimPost(lead, asked)).rejects.toMatchObject({ kind: "already-covered" });
    }
  });

  it("does not do where whoever names it may not see it, or what it is for is an offer, too", async () => {
    const hidden = await pair({ visibility: "team" });
    const author = await signedInAs(ctx, { id: hidden.need.authorId });
    const asked = asking(hidden.need.code, { offerCode: hidden.offer.code });
    await expect(claimPost(author, asked)).rejects.toMatchObject({ kind: "not-found" });
    const { giver, offer } = await pair();
    const other = await posted(ctx, { kind: "offer" });
    const both = claimPost(giver, asking(other.code, { offerCode: offer.code }));
    await expect(both).rejects.toMatchObject({ kind: "not-found" });
  });

  it("keeps its share of what did not arrive, and counts what is confirmed", async () => {
    const { giver, need, offer } = await pair();
    const { id } = await claimPost(giver, asking(need.code, { offerCode: offer.code, quantity: 5 }));
    await deliverClaim(giver, { id, quantity: 3 });
    expect([await postRow(ctx, need.id), await postRow(ctx, offer.id)]).toMatchObject([
      { remaining: 17 },
      { remaining: 2 },
    ]);
    await confirmClaim(ctx, { id, token: need.token });
    expect([await postRow(ctx, need.id), await postRow(ctx, offer.id)]).toMatchObject([
      { confirmed: 3, status: "open" },
      { confirmed: 3, status: "open" },
    ]);
  });
});

describe("the line for a covered post", () => {
  async function covered() {
    const post = await posted(ctx, { quantity: 1 });
    const giver = await somebody(ctx);
    const claim = await claimPost(giver, asking(post.code));
    const wait = async (given: Parameters<typeof aPerson>[1] = {}) => {
      const person = await aPerson(ctx, given);
      await joinWaitingList(await signedInAs(ctx, person), { code: post.code, quantity: 1 });
      return person;
    };
    return { post, wait, release: () => releaseClaim(giver, { id: claim.id, reason: null }) };
  }
  const told = async (postId: string) =>
    (await eventsOf(ctx, postId))
      .filter(({ type }) => type === "post.offered_next")
      .map(({ data }) => data["personId"]);

  it("passes by who has no number or said STOP, and hears who said START again", async () => {
    const { post, wait, release } = await covered();
    const [gone, silent, back] = [await wait(), await wait(), await wait()];
    await sql`update people set phone_sealed = null where id = ${gone.id}::uuid`;
    for (const { phoneLookup } of [silent, back])
      await recordConsent(ctx, { phoneLookup, action: "out", source: "keyword" });
    await recordConsent(ctx, { phoneLookup: back.phoneLookup, action: "in", source: "keyword" });
    await release();
    await offerNext(hoursLater(ctx, 1));
    expect(await told(post.id)).toEqual([back.id]);
  });

  it("says nothing while nothing is left, or once the post is closed", async () => {
    const { post, wait, release } = await covered();
    await wait();
    expect(await offerNext(hoursLater(ctx, 1))).toBe(0);
    await release();
    await sql`update posts set status = 'closed', closed_reason = 'withdrawn' where id = ${post.id}::uuid`;
    expect(await offerNext(hoursLater(ctx, 1))).toBe(0);
    expect(await told(post.id)).toEqual([]);
  });
});
