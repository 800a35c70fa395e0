import { expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { thankAsked } from "#app/notifications/thank-asked.server.ts";
import { action } from "#app/routes/p.$code.tsx";
import { action as claimAction } from "#app/routes/p.$code_.claims.tsx";
import { closePost } from "#app/posts/close-post.server.ts";
import { askedSoFar } from "#app/waves/asked-so-far.server.ts";
import { myAsk } from "#app/waves/my-ask.server.ts";
import { aGroup, aPost, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { members, minutesLater, textsTo, work } from "./rows.ts";

const ctx = testCtx();
const sayNo = (id: string, code: string) =>
  askRoute(ctx, action, { as: { id }, path: `/p/${code}`, params: { code }, form: { act: "cannot" } });

test("coordinators see how far the asking has come, and when nobody is left", async () => {
  const group = await aGroup(ctx);
  await members(ctx, group.id, 9);
  const post = await aPost(ctx, { groupId: group.id });
  expect(await askedSoFar(ctx, post.id)).toBeNull();
  await work(ctx);
  const nextAt = minutesLater(ctx, 60).now;
  const { asked, ...first } = (await askedSoFar(ctx, post.id))!;
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(9);
  expect(first).toEqual({ answered: 0, nextAt, nobodyLeft: false });
  for (let hours = 1; hours <= 8; hours++) await work(minutesLater(ctx, hours * 60));
  expect(await askedSoFar(ctx, post.id)).toEqual({ asked: 9, answered: 0, nextAt: null, nobodyLeft: true });
  await closePost(ctx, { token: post.manageToken, reason: "withdrawn" });
  expect((await askedSoFar(ctx, post.id))!.nobodyLeft).toBe(false);
});

test("who came too late is not told that they said no, and is thanked once", async () => {
  const group = await aGroup(ctx);
  const [quick, late] = await members(ctx, group.id, 2);
  const post = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  const claim = { code: post.code, quantity: 1, eta: null, note: null, offerCode: null, idempotencyKey: "late" };
  await claimPost(await signedInAs(ctx, quick!), claim);
  const form = { quantity: "1", key: "late on the web" };
  const path = `/p/${post.code}/claims`;
  const answer = await askRoute(ctx, claimAction, { as: { id: late!.id }, path, params: { code: post.code }, form });
  expect(answer.status).toBe(409);
  expect(await myAsk(await signedInAs(ctx, late!), post.id)).toBeNull();
  await thankAsked(minutesLater(ctx, 30));
  expect(await textsTo(ctx, late!.id, "covered")).toEqual([]);
});

test("who was asked can say no on the need's page; who promised is not asked any more", async () => {
  const group = await aGroup(ctx);
  const [asked, giver, third] = await members(ctx, group.id, 3);
  const post = await aPost(ctx, { groupId: group.id, quantity: 3 });
  const other = await aPost(ctx, { groupId: group.id });
  expect(await myAsk(await signedInAs(ctx, asked!), post.id)).toBeNull();
  await work(ctx);
  expect(await myAsk(ctx, post.id)).toBeNull();
  expect(await myAsk(await signedInAs(ctx, asked!), post.id)).toBe("waiting");
  const answer = await sayNo(asked!.id, post.code);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/p/${post.code}`]);
  expect(await myAsk(await signedInAs(ctx, asked!), post.id)).toBe("declined");
  expect(await myAsk(await signedInAs(ctx, asked!), other.id)).toBe("waiting");
  const claim = { code: post.code, quantity: 1, eta: null, note: null, offerCode: null, idempotencyKey: "k" };
  await claimPost(await signedInAs(ctx, giver!), claim);
  expect(await myAsk(await signedInAs(ctx, giver!), post.id)).toBeNull();
  expect(await myAsk(await signedInAs(ctx, third!), post.id)).toBe("waiting");
});
