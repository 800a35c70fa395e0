import { expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { coveredText } from "#app/notifications/covered-text.ts";
import { thankAsked } from "#app/notifications/thank-asked.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { declineAsk } from "#app/waves/decline-ask.server.ts";
import { aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { allSent, asksOf, members, minutesLater, textsTo, work } from "./rows.ts";

const NOON = new Date("2030-01-08T17:00:00Z");

const claim = async (ctx: Ctx, code: string, person: { id: string }) =>
  claimPost(await signedInAs(ctx, person), {
    code,
    quantity: null,
    eta: null,
    note: null,
    offerCode: null,
    idempotencyKey: `${person.id} ${code}`,
  });

/** A group of three who were all texted about `needs` needs at noon; the first takes all of them ten minutes later. */
async function covered(needs: number, now = NOON) {
  const ctx = testCtx({ now });
  const group = await aGroup(ctx);
  const [giver, one, two] = await members(ctx, group.id, 3);
  const posts = [];
  for (let n = 0; n < needs; n++) posts.push(await aPost(ctx, { groupId: group.id }));
  await work(ctx);
  await allSent(ctx);
  const later = minutesLater(ctx, 10);
  for (const { code } of posts) await claim(later, code, giver!);
  await work(later);
  return { ctx, later, group, giver: giver!, one: one!, two: two!, posts };
}

test("everybody who was asked and has not answered gets one thank-you for all of it, and only once", async () => {
  const { ctx, later, giver, one, two, posts } = await covered(2);
  await thankAsked(later);
  expect(await textsTo(ctx, one.id, "covered")).toEqual([]);
  const due = minutesLater(later, 5);
  const settled = await Promise.all([thankAsked(due), thankAsked(due), thankAsked(due)]);
  expect(settled.reduce((sum, n) => sum + n, 0)).toBe(4);
  await thankAsked(minutesLater(later, 500));
  for (const { id } of [one, two]) {
    const texts = await textsTo(ctx, id, "covered");
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatchObject({ segments: 1, state: "queued" });
    for (const { code } of posts) expect(texts[0]!.body).toContain(code);
  }
  expect(await textsTo(ctx, giver.id, "covered")).toEqual([]);
});

test("who said no hears no more of it, nor does who said STOP", async () => {
  const { ctx, later, one, two, posts } = await covered(1);
  expect(await declineAsk(ctx, { personId: one.id, postId: posts[0]!.id })).toBe(true);
  expect(await declineAsk(ctx, { personId: one.id, postId: posts[0]!.id })).toBe(false);
  await recordConsent(ctx, { phoneLookup: two.phoneLookup, action: "out", source: "keyword" });
  await thankAsked(minutesLater(later, 5));
  expect(await textsTo(ctx, one.id, "covered")).toEqual([]);
  expect(await textsTo(ctx, two.id, "covered")).toEqual([]);
});

test("an alert that has not gone out is taken back instead", async () => {
  const { ctx, later, one, two, posts } = await covered(1);
  await ctx.db.sql`update outbox set state = 'queued' where person_id = ${one.id}::uuid`;
  await ctx.db.sql`update outbox set state = 'claimed' where person_id = ${two.id}::uuid`;
  const due = minutesLater(later, 5);
  await thankAsked(due);
  expect((await textsTo(ctx, one.id, "new_need")).map(({ state }) => state)).toEqual(["canceled"]);
  expect(await textsTo(ctx, one.id, "covered")).toEqual([]);
  const ask = (await asksOf(ctx, posts[0]!.id)).find(({ personId }) => personId === one.id);
  expect(ask!.thankedAt).toEqual(due.now);
  const underWay = (await asksOf(ctx, posts[0]!.id)).find(({ personId }) => personId === two.id);
  expect(underWay!.thankedAt).toBeNull();
});

test("nobody is woken for it: it comes in the morning, together with what was covered at night", async () => {
  const { ctx, later, one } = await covered(1);
  await ctx.db.sql`
    update people set quiet_from = 12, quiet_to = 15, time_zone = 'America/New_York' where id = ${one.id}::uuid`;
  await thankAsked(minutesLater(later, 5));
  expect(await textsTo(ctx, one.id, "covered")).toEqual([]);
  const morning = { ...ctx, now: new Date("2030-01-08T20:00:00Z") };
  await thankAsked(morning);
  expect(await textsTo(ctx, one.id, "covered")).toHaveLength(1);
});

test("a second need covered soon after joins the next thank-you; after a day nobody wonders any more", async () => {
  const { ctx, later, group, giver, one } = await covered(1);
  const first = minutesLater(later, 5);
  await thankAsked(first);
  const post = await aPost(first, { groupId: group.id });
  await work(first);
  await allSent(ctx);
  await claim(first, post.code, giver);
  await thankAsked(minutesLater(first, 30));
  expect(await textsTo(ctx, one.id, "covered")).toHaveLength(1);
  await thankAsked(minutesLater(first, 190));
  expect(await textsTo(ctx, one.id, "covered")).toHaveLength(2);

  const old = await aPost(first, { groupId: group.id });
  await work(first);
  await allSent(ctx);
  await claim(minutesLater(first, 25 * 60), old.code, giver);
  await thankAsked(minutesLater(first, 26 * 60));
  expect(await textsTo(ctx, one.id, "covered")).toHaveLength(2);
});

test("a need that was taken back is not told as covered, one that was met is", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  const person = await aMember(ctx, group.id);
  const [met, gone] = [await aPost(ctx, { groupId: group.id }), await aPost(ctx, { groupId: group.id })];
  await work(ctx);
  await allSent(ctx);
  await closePost(ctx, { token: met.manageToken, reason: "fulfilled" });
  await closePost(ctx, { token: gone.manageToken, reason: "withdrawn" });
  await thankAsked(minutesLater(ctx, 6));
  const [text] = await textsTo(ctx, person.id, "covered");
  expect(text!.body).toContain(met.code);
  expect(text!.body).not.toContain(gone.code);
});

test.each(LOCALES)("the thank-you is one segment in %s, however many and long the codes are", (locale) => {
  for (const n of [1, 2, 3, 4, 5, 40, 400]) {
    const codes = Array.from({ length: n }, (_, at) => `4F2K${10 + (at % 90)}`);
    const text = coveredText(codes, textFor(locale), locale);
    expect({ text, count: segmentsOf(text).count }).toEqual({ text, count: 1 });
  }
});
