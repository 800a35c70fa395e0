import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { confirmSilentDeliveries } from "#app/claims/confirm-silent-deliveries.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { aMember, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { tick } from "#tests/questions/rows.ts";
import { faultsOf } from "./checker.ts";
import { asking, eventsOf, posted, postRow, somebody } from "./rows.ts";

const ctx = testCtx();
const later = <C extends Ctx>(of: C, hours: number): C => ({
  ...of,
  now: new Date(of.now.getTime() + hours * 3_600_000),
});
const typesOf = async (postId: string) => (await eventsOf(ctx, postId)).map((event) => event.type);

async function promised(quantity = 8, given: Parameters<typeof posted>[1] = {}) {
  const post = await posted(ctx, given);
  const me = await somebody(ctx);
  const author = await signedInAs(ctx, { id: post.authorId });
  const claim = await claimPost(me, asking(post.code, { quantity }));
  return { post, me, author, claim, id: claim.id };
}

describe("on the way and delivered", () => {
  it("goes step by step, and the same step twice is one", async () => {
    const { post, me, id } = await promised();
    expect(await startClaim(me, { id })).toMatchObject({ status: "on_the_way", repeated: false });
    expect(await startClaim(me, { id })).toMatchObject({ status: "on_the_way", repeated: true });
    expect(await deliverClaim(me, { id, quantity: null })).toMatchObject({ status: "delivered", deliveredQuantity: 8 });
    expect(await deliverClaim(me, { id, quantity: null })).toMatchObject({ repeated: true });
    await expect(startClaim(me, { id })).rejects.toMatchObject({ kind: "wrong-step", status: 409 });
    expect(await typesOf(post.id)).toEqual(["post.claimed", "claim.on_the_way", "claim.delivered"]);
    expect(await postRow(ctx, post.id)).toMatchObject({ remaining: 12 });
  });

  it("opens again what did not arrive", async () => {
    const { post, me, id } = await promised();
    const claim = await deliverClaim(me, { id, quantity: 5 });
    expect(claim).toMatchObject({ deliveredQuantity: 5, post: { remaining: 15 } });
    expect((await eventsOf(ctx, post.id)).at(-1)).toMatchObject({ data: { quantity: 5, returned: 3 } });
    expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
  });

  it("refuses more than was promised", async () => {
    const { me, id } = await promised();
    await expect(deliverClaim(me, { id, quantity: 9 })).rejects.toMatchObject({
      kind: "invalid-input",
      facts: { most: 8 },
    });
    await deliverClaim(me, { id, quantity: 5 });
    await expect(deliverClaim(me, { id, quantity: 4 })).rejects.toMatchObject({ kind: "wrong-step" });
  });

  it("is for the claimer and the group's coordinators only", async () => {
    const { post, author, id } = await promised();
    for (const other of [await somebody(ctx), author, await signedInAs(ctx, await aMember(ctx, post.groupId))]) {
      await expect(startClaim(other, { id })).rejects.toMatchObject({ kind: "not-found" });
      await expect(deliverClaim(other, { id, quantity: 99 })).rejects.toMatchObject({ kind: "not-found" });
      await expect(releaseClaim(other, { id, reason: null })).rejects.toMatchObject({ kind: "not-found" });
    }
    const coordinator = await signedInAs(ctx, await aMember(ctx, post.groupId, { role: "coordinator" }));
    await startClaim(coordinator, { id });
    expect((await eventsOf(ctx, post.id)).at(-1)!.actor_id).toBe(coordinator.person.id);
  });
});

describe("handing back", () => {
  it("opens the quantity again", async () => {
    const { post, me, id } = await promised();
    expect(await releaseClaim(me, { id, reason: "no_time" })).toMatchObject({
      status: "released",
      releaseReason: "no_time",
      post: { remaining: 20 },
    });
    expect(await releaseClaim(me, { id, reason: null })).toMatchObject({ repeated: true });
    expect((await eventsOf(ctx, post.id)).at(-1)).toMatchObject({
      type: "claim.released",
      data: { quantity: 8, remaining: 20 },
    });
    await expect(deliverClaim(me, { id, quantity: null })).rejects.toMatchObject({ kind: "wrong-step" });
  });

  it("opens the backing offer again too", async () => {
    const need = await posted(ctx);
    const giver = await somebody(ctx);
    const offer = await posted(ctx, { kind: "offer", authorId: giver.person.id, quantity: 12 });
    const claim = await claimPost(giver, asking(need.code, { quantity: 10, offerCode: offer.code }));
    await releaseClaim(giver, { id: claim.id, reason: null });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 20 });
    expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 12 });
  });
});

describe("confirming", () => {
  it("is done by the author, signed in or by the private link, and closes a need that is all there", async () => {
    const { post, me, author, id } = await promised();
    const rest = await claimPost(await somebody(ctx), asking(post.code, { quantity: null }));
    await deliverClaim(me, { id, quantity: null });
    await expect(confirmClaim(me, { id, token: null })).rejects.toMatchObject({ kind: "not-found" });
    await expect(confirmClaim(ctx, { id, token: "wrong" })).rejects.toMatchObject({ kind: "not-found" });
    await expect(confirmClaim(ctx, { id, token: null })).rejects.toMatchObject({ kind: "not-found" });

    expect(await confirmClaim(author, { id, token: null })).toMatchObject({
      status: "confirmed",
      post: { status: "open" },
    });
    const last = await confirmClaim(ctx, { id: rest.id, token: post.token });
    expect(last).toMatchObject({ status: "confirmed", deliveredQuantity: 12, post: { status: "closed" } });
    expect(await postRow(ctx, post.id)).toMatchObject({ confirmed: 20, closed_reason: "fulfilled" });
    expect((await typesOf(post.id)).slice(-3)).toEqual(["claim.confirmed", "claim.confirmed", "post.closed"]);
    expect(await confirmClaim(ctx, { id, token: post.token })).toMatchObject({ repeated: true });
  });

  it("closes the need once when the two last confirmations come at the same moment", async () => {
    for (let round = 0; round < 10; round++) {
      const { post, id } = await promised(10);
      const rest = await claimPost(await somebody(ctx), asking(post.code, { quantity: null }));
      await Promise.all([id, rest.id].map((each) => confirmClaim(ctx, { id: each, token: post.token })));
      expect(await postRow(ctx, post.id)).toMatchObject({ status: "closed", confirmed: 20 });
      expect((await typesOf(post.id)).filter((type) => type === "post.closed")).toHaveLength(1);
    }
  });

  it("of an offer is done by the one who claimed it", async () => {
    const { post, me, author, id } = await promised(20, { kind: "offer" });
    await expect(startClaim(me, { id })).rejects.toMatchObject({ kind: "wrong-step" });
    await expect(deliverClaim(me, { id, quantity: null })).rejects.toMatchObject({ kind: "wrong-step" });
    await expect(confirmClaim(author, { id, token: post.token })).rejects.toMatchObject({ kind: "not-found" });
    expect(await confirmClaim(me, { id, token: null })).toMatchObject({ status: "confirmed" });
    expect(await postRow(ctx, post.id)).toMatchObject({ status: "closed", closed_reason: "fulfilled" });
  });

  it("of part of a need leaves the rest open", async () => {
    const { post, me, author, id } = await promised();
    await deliverClaim(me, { id, quantity: 3 });
    await confirmClaim(author, { id, token: null });
    expect(await postRow(ctx, post.id)).toMatchObject({ status: "open", remaining: 17, confirmed: 3 });
    expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
  });
});

describe("the clock", () => {
  const due = (me: PersonCtx, by: Date) => ({ ...testCtx(), now: new Date(by.getTime() + 1000), person: null });

  it("opens again what went silent past its time of grace, once, however many clocks there are", async () => {
    const { post, me, claim } = await promised();
    const clock = due(me, claim.lapsesAt);
    await Promise.all([lapseClaims(clock), lapseClaims(clock), lapseClaims(clock)]);
    expect(await postRow(ctx, post.id)).toMatchObject({ remaining: 20 });
    expect((await eventsOf(ctx, post.id)).filter((e) => e.type === "claim.lapsed")).toEqual([
      { type: "claim.lapsed", claim_id: claim.id, actor_id: null, data: { quantity: 8, remaining: 20 } },
    ]);
    await expect(startClaim(me, { id: claim.id })).rejects.toMatchObject({ kind: "wrong-step" });
    expect(await lapseClaims(clock)).toBe(0);
  });

  it("leaves alone what isn't due, is delivered or belongs to a closed post", async () => {
    const waiting = await promised(3, { urgency: "normal" });
    const delivered = await promised(3, { urgency: "urgent" });
    await deliverClaim(delivered.me, { id: delivered.id, quantity: null });
    const closed = await promised(3, { urgency: "urgent" });
    await ctx.db
      .sql`update posts set status = 'closed', closed_reason = 'withdrawn' where id = ${closed.post.id}::uuid`;
    await lapseClaims(due(closed.me, closed.claim.lapsesAt));
    for (const { post } of [waiting, delivered, closed]) expect(await typesOf(post.id)).not.toContain("claim.lapsed");
  });

  it("gives back several promises on one post together", async () => {
    const { post, claim } = await promised(4);
    await claimPost(await somebody(ctx), asking(post.code, { quantity: 5 }));
    await lapseClaims({ ...later(ctx, 1000), now: new Date(claim.lapsesAt.getTime() + 60_000) });
    expect(await postRow(ctx, post.id)).toMatchObject({ remaining: 20 });
    expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
  });

  it("counts a delivery as fulfilled after 48 silent hours", async () => {
    const { post, me, id } = await promised(20);
    await deliverClaim(me, { id, quantity: null });
    for (const hours of [2.1, 24.1, 36.1, 47]) await tick(later(ctx, hours));
    expect(await typesOf(post.id)).not.toContain("claim.confirmed");
    await Promise.all([1, 2, 3].map(() => confirmSilentDeliveries(later(ctx, 49))));
    expect(await typesOf(post.id)).toEqual([
      "post.claimed",
      "claim.delivered",
      "question.asked",
      "question.asked",
      "claim.unconfirmed",
      "claim.confirmed",
      "post.closed",
    ]);
    expect(await postRow(ctx, post.id)).toMatchObject({ status: "closed", closed_reason: "fulfilled" });
  });
});
