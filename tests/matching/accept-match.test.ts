import { expect, test } from "vitest";
import { listBackedClaims } from "#app/claims/backed-claims.server.ts";
import { acceptMatch } from "#app/matching/accept-match.server.ts";
import { takeMatch } from "#app/matching/take-match.server.ts";
import { getManagedPost } from "#app/posts/get-post.server.ts";
import { aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const left = async (id: string) =>
  (await ctx.db.sql`select remaining from posts where id = ${id}::uuid`)[0]!["remaining"];

async function aPair() {
  const [ours, theirs] = [await aGroup(ctx), await aGroup(ctx)];
  const [asker, giver] = [await aPerson(ctx), await aPerson(ctx)];
  const need = await aPost(ctx, { groupId: ours.id, authorId: asker.id, quantity: 30 });
  const offer = await aPost(ctx, { groupId: theirs.id, authorId: giver.id, kind: "offer", quantity: 20 });
  return { ours, theirs, asker, giver, need, offer };
}
const pairOf = ({ need, offer }: Awaited<ReturnType<typeof aPair>>, key = "accept-once") => ({
  needCode: need.code,
  offerCode: offer.code,
  quantity: null,
  key,
});

test("lowers both, by as much as both have, in the name of the offer's author", async () => {
  const made = await aPair();
  const lead = await signedInAs(ctx, await aMember(ctx, made.ours.id, { role: "coordinator" }));
  const claim = await acceptMatch(lead, pairOf(made));
  expect(claim.quantity).toBe(20);
  expect([await left(made.need.id), await left(made.offer.id)]).toEqual([10, 0]);
  const [row] = await ctx.db.sql`select person_id, offer_id from claims where id = ${claim.id}::uuid`;
  expect(row).toMatchObject({ person_id: made.giver.id, offer_id: made.offer.id });
  expect((await acceptMatch(lead, pairOf(made))).repeated).toBe(true);
  await expect(acceptMatch(lead, pairOf(made, "accept-twice"))).rejects.toMatchObject({ kind: "already-covered" });
});

test.each(["asker", "giver"] as const)("its %s may, and so may a coordinator of the other group", async (who) => {
  const made = await aPair();
  await acceptMatch(await signedInAs(ctx, made[who]), { ...pairOf(made), quantity: 5 });
  const lead = await signedInAs(ctx, await aMember(ctx, made.theirs.id, { role: "coordinator" }));
  await acceptMatch(lead, { ...pairOf(made, "accept-again"), quantity: 5 });
  expect([await left(made.need.id), await left(made.offer.id)]).toEqual([20, 10]);
});

test("nobody else may, and nobody with what they may not see", async () => {
  const made = await aPair();
  const volunteer = await signedInAs(ctx, await aMember(ctx, made.ours.id));
  await expect(acceptMatch(volunteer, pairOf(made))).rejects.toMatchObject({ kind: "not-found" });
  await ctx.db.sql`update posts set visibility = 'team' where id = ${made.offer.id}::uuid`;
  const lead = await signedInAs(ctx, await aMember(ctx, made.ours.id, { role: "coordinator" }));
  await expect(acceptMatch(lead, pairOf(made))).rejects.toMatchObject({ kind: "not-found" });
  expect([await left(made.need.id), await left(made.offer.id)]).toEqual([30, 20]);
});

test("the private link takes up what fits, but brings none of its author's rights", async () => {
  const made = await aPair();
  await aMember(ctx, made.theirs.id, { personId: made.asker.id, role: "coordinator" });
  const managed = (await getManagedPost(ctx, made.need.manageToken, "en"))!;
  const wish = { other: made.offer.code, quantity: 4, key: "taken-by-link" };
  await ctx.db.sql`update posts set visibility = 'team' where id = ${made.offer.id}::uuid`;
  await expect(takeMatch(ctx, managed, wish)).rejects.toMatchObject({ kind: "not-found" });
  await ctx.db.sql`update posts set visibility = 'everyone' where id = ${made.offer.id}::uuid`;
  expect((await takeMatch(ctx, managed, wish)).quantity).toBe(4);
  expect([await left(made.need.id), await left(made.offer.id)]).toEqual([26, 16]);
});

test("shows on the offer to its author alone, by the link and signed in", async () => {
  const made = await aPair();
  await acceptMatch(await signedInAs(ctx, made.giver), { ...pairOf(made), quantity: 5 });
  const on = { postId: made.offer.id, token: null };
  const told = [{ needCode: made.need.code, quantity: 5, status: "promised" }];
  expect(await listBackedClaims(await signedInAs(ctx, made.giver), on, "en")).toMatchObject(told);
  expect(await listBackedClaims(ctx, { ...on, token: made.offer.manageToken }, "en")).toMatchObject(told);
  const lead = await signedInAs(ctx, await aMember(ctx, made.theirs.id, { role: "coordinator" }));
  expect(await listBackedClaims(lead, on, "en")).toEqual([]);
  expect(await listBackedClaims(ctx, { ...on, token: made.need.manageToken }, "en")).toEqual([]);
  expect(await listBackedClaims(ctx, on, "en")).toEqual([]);
});
