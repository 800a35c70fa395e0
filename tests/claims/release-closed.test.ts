import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { listMyClaims } from "#app/claims/my-claims.server.ts";
import { releaseClosed } from "#app/claims/release-closed.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { faultsOf } from "./checker.ts";
import { asking, eventsOf, posted, postRow, somebody } from "./rows.ts";

const ctx = testCtx();

/** The texts of a person, opened. */
async function textsTo(person: PersonCtx): Promise<string[]> {
  const rows = await ctx.db.sql<{ id: string; body: string }[]>`
    select id, body_sealed as body from outbox where person_id = ${person.person.id}::uuid and template = 'closed'`;
  return rows.map(({ id, body }) => ctx.seal.open(body, { table: "outbox", column: "body_sealed", row: id }));
}

describe("a post is closed while somebody still means to come", () => {
  it.each([
    ["withdrawn", "they no longer need it"],
    ["fulfilled", "they have what they need"],
    ["met_for_now", "they are fine for now"],
  ] as const)("%s: each live claimer hears it once, the others nothing; the figures hold", async (reason, words) => {
    const need = await posted(ctx);
    const [promised, moving, arrived, author] = [
      await somebody(ctx),
      await somebody(ctx),
      await somebody(ctx),
      await signedInAs(ctx, { id: need.authorId }),
    ];
    await claimPost(promised, asking(need.code, { quantity: 5 }));
    await startClaim(moving, await claimPost(moving, asking(need.code, { quantity: 4 })));
    const brought = await claimPost(arrived, asking(need.code, { quantity: 3 }));
    await deliverClaim(arrived, { id: brought.id, quantity: null });
    await closePost(author, { code: need.code, reason });

    await Promise.all([releaseClosed(ctx), releaseClosed(ctx), releaseClosed(ctx)]);
    await releaseClosed(ctx);
    await fanOut(ctx);
    for (const person of [promised, moving]) {
      const [text, ...more] = await textsTo(person);
      expect(text).toContain(`need ${need.code} is closed: ${words}. Thank you! No need to bring anything.`);
      expect(more).toEqual([]);
    }
    expect([...(await textsTo(arrived)), ...(await textsTo(author))]).toEqual([]);
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 17, confirmed: 0, closed_reason: reason });
    expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
    const released = (await eventsOf(ctx, need.id)).filter(({ type }) => type === "claim.released");
    expect(released.map(({ data, actor_id }) => [data["closed"], actor_id])).toEqual([
      [reason, need.authorId],
      [reason, need.authorId],
    ]);
  });

  it("shows on the claimer's page as closed and over, before and after the clock came by", async () => {
    const need = await posted(ctx);
    const me = await somebody(ctx);
    await claimPost(me, asking(need.code));
    await closePost(await signedInAs(ctx, { id: need.authorId }), { code: need.code, reason: "withdrawn" });
    for (const status of ["promised", "released"]) {
      expect(await listMyClaims(me, "en")).toEqual([]);
      expect(await listMyClaims(me, "en", { past: true })).toMatchObject([{ status, over: true, closed: true }]);
      await releaseClosed(ctx);
    }
  });

  it("frees the offer that backed it, and asks again for all of it when it is reopened", async () => {
    const need = await posted(ctx, { quantity: 6 });
    const offer = await posted(ctx, { kind: "offer", quantity: 10 });
    const giver = await signedInAs(ctx, { id: offer.authorId });
    const author = await signedInAs(ctx, { id: need.authorId });
    await claimPost(giver, asking(need.code, { quantity: 6, offerCode: offer.code }));
    expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 4 });
    await closePost(author, { code: need.code, reason: "met_for_now" });
    await releaseClosed(ctx);
    expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 10 });
    await reopenPost(author, { code: need.code });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 6, status: "open" });
  });

  it("tells whoever had asked for an offer that there is nothing to fetch", async () => {
    const offer = await posted(ctx, { kind: "offer" });
    const me = await somebody(ctx);
    await claimPost(me, asking(offer.code));
    await closePost(await signedInAs(ctx, { id: offer.authorId }), { code: offer.code, reason: "fulfilled" });
    await releaseClosed(ctx);
    await fanOut(ctx);
    expect(await textsTo(me)).toEqual([expect.stringContaining("all of it is given away")]);
  });

  it("catches the promise that was made while the post was being closed", async () => {
    for (let round = 0; round < 10; round += 1) {
      const need = await posted(ctx);
      const people = await Promise.all([1, 2, 3].map(() => somebody(ctx)));
      const author = await signedInAs(ctx, { id: need.authorId });
      await Promise.all([
        ...people.map((me) => claimPost(me, asking(need.code)).catch(() => undefined)),
        closePost(author, { code: need.code, reason: "withdrawn" }),
        releaseClosed(ctx),
      ]);
      await releaseClosed(ctx);
      expect(await postRow(ctx, need.id)).toMatchObject({ remaining: need.quantity });
      expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
    }
  });
});
