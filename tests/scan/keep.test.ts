import { expect, it, vi } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { Problem } from "#app/core/problems.ts";
import { keepWorld } from "#scripts/scan/keep.ts";
import { asking, posted, postRow, somebody } from "#tests/claims/rows.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

/** A refusal is an answer; what the database throws is none. */
const refused = (error: unknown) => {
  if (!(error instanceof Problem)) throw error;
};

it("puts posts back together with what is promised of them", async () => {
  const [need, offer] = [await posted(ctx), await posted(ctx, { kind: "offer" })];
  const [before, since] = [await somebody(ctx), await somebody(ctx)];
  const kept = await claimPost(before, asking(need.code, { quantity: 5 }));
  const stop = await keepWorld(ctx.db.sql, 20);
  await releaseClaim(before, { id: kept.id, reason: null });
  const made = await claimPost(since, asking(need.code, { quantity: 12 }));
  const asked = await claimPost(since, asking(offer.code, { quantity: 12 }));
  await vi.waitFor(async () => expect(await postRow(ctx, need.id)).toMatchObject({ quantity: 20, remaining: 15 }));
  await vi.waitFor(async () => expect(await postRow(ctx, offer.id)).toMatchObject({ quantity: 20, remaining: 20 }));
  await stop();
  for (const id of [made.id, asked.id]) await releaseClaim(since, { id, reason: null }).catch(refused);
  await releaseClaim(before, { id: kept.id, reason: null });
  expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 20 });
  expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 20 });
});

it("does so in the middle of what is claimed and handed back", async () => {
  const [need, offer] = [await posted(ctx), await posted(ctx, { kind: "offer" })];
  const people = await Promise.all([1, 2, 3, 4].map(() => somebody(ctx)));
  const stop = await keepWorld(ctx.db.sql, 5);
  const end = Date.now() + 2_000;
  const busy = people.map(async (person, at) => {
    while (Date.now() < end) {
      const { code } = at % 2 ? need : offer;
      const claim = await claimPost(person, asking(code, { quantity: 9 })).catch(refused);
      if (claim) await releaseClaim(person, { id: claim.id, reason: null }).catch(refused);
    }
  });
  await Promise.all(busy).finally(stop);
});
