import { expect, test } from "vitest";
import { claimForm } from "#app/claims/claim-form.server.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { aCategory, aGroup, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

test("the claim form knows the asker's own offers that could serve the need, and no others", async () => {
  const ctx = testCtx();
  const group = await aGroup(ctx);
  const [meals, groceries, books] = [
    await aCategory(ctx, group.id),
    await aCategory(ctx, group.id),
    await aCategory(ctx, group.id),
  ];
  await ctx.db.sql`insert into category_fits (need_category_id, offer_category_id, fit)
    values (${meals.id}::uuid, ${groceries.id}::uuid, 'partly')`;
  const giver = await aPerson(ctx);
  const offer = (categoryId: string | null, given = {}) =>
    aPost(ctx, { kind: "offer", groupId: group.id, categoryId, authorId: giver.id, quantity: 8, ...given });
  const same = await offer(meals.id);
  const serves = await offer(groceries.id);
  const any = await offer(null);
  await offer(books.id);
  await aPost(ctx, { kind: "offer", groupId: group.id, categoryId: meals.id });
  const need = await aPost(ctx, { groupId: group.id, categoryId: meals.id, quantity: 10 });

  const asGiver = await signedInAs(ctx, giver);
  const { offers } = await claimForm(asGiver, need.id, "en");
  expect(offers.map(({ code }) => code).toSorted()).toEqual([same.code, serves.code, any.code].toSorted());

  await claimPost(asGiver, {
    code: need.code,
    quantity: 8,
    eta: null,
    note: null,
    offerCode: same.code,
    idempotencyKey: "from-my-offer",
  });
  const after = await claimForm(asGiver, need.id, "en");
  expect(after.offers.map(({ code }) => code)).not.toContain(same.code);
});
