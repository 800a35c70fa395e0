import { expect, test, vi } from "vitest";
import { newId } from "#app/core/ids.server.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { handleTexts } from "#app/texting/handle-texts.server.ts";
import * as settling from "#app/texting/settle-text.server.ts";
import { aGroup, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { after, aTextingPhone, newSid } from "./phone.ts";

vi.mock("#app/texting/settle-text.server.ts", { spy: true });
const ctx = testCtx();

/** A need and somebody who promised all or part of it, both with phones. */
async function aPromise(quantity = 1, author?: { id: string; phone: string }) {
  const group = await aGroup(ctx);
  const writer = author ?? (await aPerson(ctx, { name: "Ana" }));
  const post = await aPost(ctx, { groupId: group.id, authorId: writer.id, quantity, title: "Soup" });
  const claimer = await aPerson(ctx, { name: "Lee" });
  const claim = await claimPost(await signedInAs(ctx, claimer), {
    code: post.code,
    quantity: 1,
    eta: null,
    note: null,
    offerCode: null,
    idempotencyKey: newSid(),
  });
  return {
    post,
    claim,
    requester: aTextingPhone(ctx, writer.phone),
    provider: aTextingPhone(ctx, claimer.phone),
    writer,
    claimer,
  };
}

async function ask(personId: string, postId: string, claimId: string | null, kind: string): Promise<void> {
  const later = new Date(ctx.now.getTime() + 3_600_000);
  await ctx.db.sql`
    insert into questions (id, kind, person_id, post_id, claim_id, asked_at, expires_at)
    values (${newId(ctx.now)}::uuid, ${kind}, ${personId}::uuid, ${postId}::uuid, ${claimId}::uuid, ${ctx.now}, ${later})`;
}
const statusOf = async (id: string) =>
  (await ctx.db.sql`select status from claims where id = ${id}::uuid`)[0]!["status"];

test("plain words and @code words reach the other side, and nobody's number does; coordinators do not see them", async () => {
  const { post, requester, provider, claimer } = await aPromise();
  await requester.hears();
  expect(await provider.says(`@${post.code} I come at five, call ${claimer.phone}`)).toEqual([]);
  const heard = await requester.hears();
  expect(heard.join()).toContain("I come at five");
  expect(heard.join()).not.toContain(claimer.phone.slice(-7));
  await provider.hears();
  expect((await requester.says("Thank you so much!")).join()).not.toContain("a person will read");
  expect((await provider.hears()).join()).toContain("Thank you so much!");
  expect((await requester.thread()).unread_since).toBeNull();
  const outcomes = await ctx.db.sql`select outcome from inbound_texts where phone_lookup = ${requester.phoneLookup}`;
  expect(outcomes).toEqual([{ outcome: "relay" }]);
});

test("several to talk to: asks who it is for, keeps the words, a number sends them", async () => {
  const first = await aPromise(5);
  const second = await aPromise(5, first.writer);
  for (const phone of [first.requester, first.provider, second.provider]) await phone.hears();
  await first.requester.says("Hello!");
  const [asked] = await first.requester.says("I moved to the blue tent");
  expect(asked).toMatch(/^Who is it for\? 1 /);
  const n = asked!.indexOf(first.post.code) < asked!.indexOf(second.post.code) ? 1 : 2;
  expect(await first.requester.says(String(n))).toEqual([]);
  expect((await first.provider.hears()).join()).toContain("Hello! I moved to the blue tent");
  expect((await second.provider.hears()).join()).not.toContain("blue tent");
});

test("SHARE, BLOCK and REPORT are answered and done", async () => {
  const { post, requester, provider } = await aPromise();
  await provider.says("hello");
  await requester.hears();
  expect((await provider.says("SHARE"))[0]).toContain("both of you text SHARE");
  expect((await requester.says(`COMPARTIR ${post.code}`)).join()).toContain(provider.phone);
  expect((await provider.hears()).join()).toContain(requester.phone);
  expect((await provider.says("BLOCK"))[0]).toContain("no more of their words");
  expect((await requester.says(`@${post.code} hello?`)).join()).toContain("has ended");
  expect((await provider.says(`REPORT ${post.code}`))[0]).toContain("will read that conversation");
});

test("STOP by one side: the other hears that the conversation has ended", async () => {
  const { requester, provider } = await aPromise();
  await provider.says("hello");
  await requester.hears();
  await provider.says("STOP");
  expect((await requester.hears()).join()).toContain("has ended");
});

test.each(["en", "es"] as const)("%s: a bare 1 answers the one question there is", async (locale) => {
  const { post, claim, provider, claimer } = await aPromise();
  await ctx.db.sql`update people set locale = ${locale} where id = ${claimer.id}::uuid`;
  await ask(claimer.id, post.id, claim.id, "still_good");
  expect((await provider.says(locale === "en" ? "1" : "uno"))[0]).toContain(
    locale === "en" ? "stays yours" : "sigue siendo tuyo",
  );
  expect(await statusOf(claim.id)).toBe("promised");
});

test("a bare number never answers two: with two questions it asks which, with the code it is one", async () => {
  const first = await aPromise();
  const other = await aPost(ctx, { groupId: (await aGroup(ctx)).id });
  const claim = await claimPost(await signedInAs(ctx, first.claimer), {
    code: other.code,
    quantity: null,
    eta: null,
    note: null,
    offerCode: null,
    idempotencyKey: newSid(),
  });
  await ask(first.claimer.id, first.post.id, first.claim.id, "still_good");
  await ask(first.claimer.id, other.id, claim.id, "still_good");
  const [asked] = await first.provider.says("2");
  expect(asked).toMatch(/^Which one\? Reply 2 \w+ or 2 \w+\.$/);
  expect([await statusOf(first.claim.id), await statusOf(claim.id)]).toEqual(["promised", "promised"]);
  expect((await first.provider.says(`2 ${other.code}`)).join()).toContain("open for others again");
  expect([await statusOf(first.claim.id), await statusOf(claim.id)]).toEqual(["promised", "released"]);
});

test("a question while a post is being written: the number is for neither until they say", async () => {
  const { post, claim, provider, claimer } = await aPromise();
  await provider.says("NEED a friend");
  await ask(claimer.id, post.id, claim.id, "still_good");
  expect((await provider.says("2"))[0]).toMatch(/^Which one\? .*2 new/);
  expect(await statusOf(claim.id)).toBe("promised");
  expect((await provider.says("1 new"))[0]).toContain("How many");
  expect((await provider.says(`1 ${post.code}`))[0]).toContain("stays yours");
  expect((await provider.says("4"))[0]).toContain("When do you need it?");
});

test("an answer whose worker was killed after its effect is the same answer again", async () => {
  const { post, claim, provider, claimer } = await aPromise();
  await ask(claimer.id, post.id, claim.id, "still_good");
  await provider.sends("2");
  vi.mocked(settling.settleText).mockRejectedValueOnce(new Error("killed"));
  await handleTexts(ctx, { worker: "first" });
  expect(await statusOf(claim.id)).toBe("released");
  await handleTexts(after(ctx, 1), { worker: "second" });
  expect((await provider.hears()).join()).toContain("open for others again");
});

test("NEXT waits in line for what they came too late for", async () => {
  const { post } = await aPromise();
  const person = await aPerson(ctx);
  const phone = aTextingPhone(ctx, person.phone);
  expect((await phone.says(`CLAIM ${post.code}`))[0]).toContain(`NEXT ${post.code}`);
  expect((await phone.says("next"))[0]).toContain(`in line for ${post.code}`);
  expect(await ctx.db.sql`select 1 from waiting_list where person_id = ${person.id}::uuid`).toHaveLength(1);
  expect((await phone.says("siguiente 22zz"))[0]).toContain("22ZZ");
});
