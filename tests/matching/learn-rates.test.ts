import { beforeEach, expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { releaseClosed } from "#app/claims/release-closed.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { learnRates } from "#app/matching/learn-rates.server.ts";
import { wantAsk } from "#app/waves/want-ask.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { aCategory, aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

/** 12:00 in New York. */
const NOON = new Date("2030-01-08T17:00:00Z");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const at = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: new Date(NOON.getTime() + ms) });
const ctx = testCtx({ now: NOON });

beforeEach(async () => {
  await ctx.db.sql`truncate posts, outcome_rates, area_rates cascade`;
});

type Given = Partial<{ km: number; offerId: string; answeredAt: Date; at: Date }>;
const ask = (postId: string, personId: string, given: Given = {}) => ctx.db.sql`
  insert into asks (post_id, person_id, wave, km, offer_id, asked_at, answered_at)
  values (${postId}::uuid, ${personId}::uuid, 1, ${given.km ?? null}::smallint, ${given.offerId ?? null}::uuid,
    ${given.at ?? NOON}::timestamptz, ${given.answeredAt ?? null}::timestamptz)`;

const claim = async (now: Ctx, code: string, person: { id: string }, quantity = 1) =>
  claimPost(await signedInAs(now, person), {
    code,
    quantity,
    eta: null,
    note: null,
    offerCode: null,
    idempotencyKey: `${person.id} ${code} ${now.now.getTime()}`,
  });

type Counts = [asked: number, yes: number, promised: number, kept: number];
async function counts(): Promise<Record<string, Counts>> {
  const rows = await ctx.db.sql<{ key: string; asked: number; yes: number; promised: number; kept: number }[]>`
    select scope || ':' || key as key, asked, yes, promised, kept from outcome_rates`;
  return Object.fromEntries(rows.map(({ key, ...n }) => [key, [n.asked, n.yes, n.promised, n.kept]]));
}

test("counts who said yes and who kept it, by person, category, distance, hour and whether they chose or offered it", async () => {
  const group = await aGroup(ctx);
  const meals = await aCategory(ctx, group.id);
  const chose = await aMember(ctx, group.id, { categoryIds: [meals.id] });
  const never = await aMember(ctx, group.id, { timeZone: "Asia/Tokyo" });
  const post = await aPost(ctx, { groupId: group.id, categoryId: meals.id, quantity: 5 });
  const offer = await aPost(ctx, { groupId: group.id, kind: "offer", authorId: chose.id });
  await ask(post.id, chose.id, { km: 2, offerId: offer.id });
  await ask(post.id, never.id, { km: 30 });
  const mine = await claim(at(ctx, 5 * MINUTE), post.code, chose);
  await deliverClaim(await signedInAs(at(ctx, 50 * MINUTE), chose), { id: mine.id, quantity: null });
  expect(await learnRates(at(ctx, 2 * 60 * MINUTE))).toBeGreaterThan(0);
  expect(await counts()).toEqual({
    "all:": [2, 1, 1, 1],
    [`person:${chose.id}`]: [1, 1, 1, 1],
    [`person:${never.id}`]: [1, 0, 0, 0],
    [`category:${meals.id}`]: [2, 1, 1, 1],
    "chosen:yes": [1, 1, 1, 1],
    "chosen:no": [1, 0, 0, 0],
    "offers:yes": [1, 1, 1, 1],
    "offers:no": [1, 0, 0, 0],
    "distance:1": [1, 1, 1, 1],
    "distance:4": [1, 0, 0, 0],
    "hour:12": [1, 1, 1, 1],
    "hour:2": [1, 0, 0, 0],
  });
});

test("an ask that is young, or that others covered or closed within the hour, says nothing; a no, an hour's silence and a yes that came late do", async () => {
  const group = await aGroup(ctx);
  const [quick, slow, no, young] = await Promise.all(Array.from({ length: 4 }, () => aMember(ctx, group.id)));
  const covered = await aPost(ctx, { groupId: group.id });
  await ask(covered.id, slow!.id);
  await claim(at(ctx, 59 * MINUTE), covered.code, quick!);
  const closed = await aPost(ctx, { groupId: group.id });
  await ask(closed.id, slow!.id);
  await closePost(at(ctx, 10 * MINUTE), { token: closed.manageToken, reason: "withdrawn" });
  const late = await aMember(ctx, group.id);
  await ask(covered.id, late.id);
  await wantAsk(at(ctx, 70 * MINUTE), { personId: late.id, code: covered.code });
  const open = await aPost(ctx, { groupId: group.id });
  await ask(open.id, no!.id, { answeredAt: at(ctx, MINUTE).now, at: at(ctx, 115 * MINUTE).now });
  await ask(open.id, slow!.id);
  await ask(open.id, young!.id, { at: at(ctx, 61 * MINUTE).now });
  await learnRates(at(ctx, 120 * MINUTE));
  expect(await counts()).toMatchObject({
    "all:": [3, 1, 0, 0],
    [`person:${late.id}`]: [1, 1, 0, 0],
    [`person:${slow!.id}`]: [1, 0, 0, 0],
    [`person:${no!.id}`]: [1, 0, 0, 0],
  });
});

test("a promise handed back was not kept; one that ended with its post counts neither way, nor does one that still runs", async () => {
  const group = await aGroup(ctx);
  const giver = await aMember(ctx, group.id);
  const [back, closed, running] = await Promise.all([1, 2, 3].map(() => aPost(ctx, { groupId: group.id })));
  const mine = await claim(ctx, back!.code, giver);
  await releaseClaim(await signedInAs(ctx, giver), { id: mine.id, reason: null });
  await claim(ctx, closed!.code, giver);
  await closePost(ctx, { token: closed!.manageToken, reason: "withdrawn" });
  await releaseClosed(ctx);
  await claim(ctx, running!.code, giver);
  await learnRates(ctx);
  expect(await counts()).toEqual({ "all:": [0, 0, 1, 0], [`person:${giver.id}`]: [0, 0, 1, 0] });
});

test("nothing is counted of a group that does not learn, nor what is longer ago than half a year", async () => {
  const [group, silent] = [await aGroup(ctx), await aGroup(ctx)];
  await ctx.db.sql`update groups set learns = false where id = ${silent.id}::uuid`;
  const person = await aMember(ctx, group.id);
  await aMember(ctx, silent.id, { personId: person.id });
  const posts = await Promise.all([group, silent].map(({ id }) => aPost(ctx, { groupId: id })));
  await ask(posts[0]!.id, person.id, { at: at(ctx, -181 * DAY).now });
  await ask(posts[1]!.id, person.id, { at: at(ctx, -DAY).now });
  await learnRates(ctx);
  expect(await counts()).toEqual({ "all:": [0, 0, 0, 0] });
});

test("once an hour, the same again for the same rows; what is no more is forgotten; many workers do no harm", async () => {
  const group = await aGroup(ctx);
  const person = await aMember(ctx, group.id);
  const post = await aPost(ctx, { groupId: group.id });
  await ask(post.id, person.id);
  const later = at(ctx, 3 * 60 * MINUTE);
  await Promise.all([learnRates(later), learnRates(later), learnRates(later)]);
  const first = await counts();
  expect(first["all:"]).toEqual([1, 0, 0, 0]);
  await ctx.db.sql`delete from asks`;
  expect(await learnRates(at(later, 3 * 60 * MINUTE + 59 * MINUTE))).toBe(0);
  expect(await counts()).toEqual(first);
  expect(await learnRates(at(ctx, 4 * 60 * MINUTE))).toBe(1);
  expect(await counts()).toEqual({ "all:": [0, 0, 0, 0] });
});

test("an area's rate is the share of its needs that were taken up, leaning to that of all areas while it has few", async () => {
  const group = await aGroup(ctx);
  const giver = await aMember(ctx, group.id);
  const old = at(ctx, -2 * DAY);
  const here = { groupId: group.id, lat: 42.34, lng: -83.02 };
  const there = { groupId: group.id, lat: 42.44, lng: -83.22 };
  const needs = await Promise.all([here, here, here, there].map((given) => aPost(old, given)));
  for (const { code } of needs.slice(0, 3)) await claim(old, code, giver);
  await aPost(ctx, there);
  await aPost(old, { ...there, kind: "offer" });
  await learnRates(ctx);
  const rows = await ctx.db.sql<{ needs: number; answered: number; rate: number }[]>`
    select needs, answered, rate::float8 as rate from area_rates order by needs desc`;
  expect(rows).toEqual([
    { needs: 3, answered: 3, rate: expect.closeTo((3 + 5 * 0.75) / 8, 5) },
    { needs: 1, answered: 0, rate: expect.closeTo((0 + 5 * 0.75) / 6, 5) },
  ]);
});
