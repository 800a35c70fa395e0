import { expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { askedWithOffer } from "#app/waves/asked-with-offer.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { after, aTextingPhone } from "../texting/phone.ts";
import { asksOf, members, minutesLater, textsTo, work } from "./rows.ts";

/** Some time of day nobody of these tests sleeps at. */
const NOON = new Date("2030-01-08T17:00:00Z");
const ctx = testCtx({ now: NOON });

async function aKitchen() {
  const group = await aGroup(ctx);
  const meals = await aCategory(ctx, group.id);
  return { group, meals, post: { groupId: group.id, categoryId: meals.id } };
}
const askedIn = async (wave: number, postId: string) =>
  (await asksOf(ctx, postId)).filter((one) => one.wave === wave).map(({ personId }) => personId);
const backing = (postId: string) => ctx.db.sql<{ personId: string; offerId: string | null; km: number | null }[]>`
  select person_id as "personId", offer_id as "offerId", km from asks where post_id = ${postId}::uuid and offer_id is not null`;
const apart = (one: string, other: string) => ctx.db.sql`
  insert into kept_apart (person_id, other_id, at)
  values (least(${one}::uuid, ${other}::uuid), greatest(${one}::uuid, ${other}::uuid), ${NOON}::timestamptz)`;
const remaining = async (id: string) =>
  (await ctx.db.sql<{ remaining: number }[]>`select remaining from posts where id = ${id}::uuid`)[0]!.remaining;

test("whoever offers what is needed is asked first, from outside the group too, and their text names their offer", async () => {
  const { group, post } = await aKitchen();
  await members(ctx, group.id, 20);
  const here = { lat: 42.34, lng: -83.02 };
  const outside = await aPerson(ctx);
  const inside = await aMember(ctx, group.id);
  const offers = await Promise.all([
    aPost(ctx, { ...post, ...here, kind: "offer", authorId: outside.id, quantity: 20 }),
    aPost(ctx, { ...post, ...here, kind: "offer", authorId: inside.id, quantity: 20 }),
  ]);
  const need = await aPost(ctx, { ...post, lat: 42.36, lng: -83.02, quantity: 4 });
  await work(ctx);
  const first = await askedIn(1, need.id);
  expect(first).toEqual(expect.arrayContaining([outside.id, inside.id]));
  expect(new Set(await backing(need.id))).toEqual(
    new Set([
      { personId: outside.id, offerId: offers[0]!.id, km: null },
      { personId: inside.id, offerId: offers[1]!.id, km: null },
    ]),
  );
  for (const [at, { id }] of [outside, inside].entries()) {
    const [text] = await textsTo(ctx, id, "new_need");
    expect(text!.body).toContain(`Your offer ${offers[at]!.code} may fit: CLAIM ${need.code}`);
  }
  const other = first.find((id) => id !== outside.id && id !== inside.id);
  expect((await textsTo(ctx, other!, "new_need"))[0]!.body).toContain(`Can you help? CLAIM ${need.code}`);
});

test("CLAIM by text is backed by that offer and lowers both, the same when the text is handled twice; a used-up offer backs nothing", async () => {
  const { post } = await aKitchen();
  const phone = aTextingPhone(ctx);
  await phone.says("HELLO");
  const [author] = await ctx.db.sql<{ id: string }[]>`
    select id from people where phone_lookup = ${phone.phoneLookup}`;
  const offer = await aPost(ctx, { ...post, kind: "offer", authorId: author!.id, quantity: 20 });
  const need = await aPost(ctx, { ...post, quantity: 30 });
  await work(ctx);
  const said = await phone.says(`CLAIM ${need.code}`, { ctx: after(ctx, 5) });
  expect(said.at(0)).toContain(`for ${need.code} from your offer ${offer.code}.`);
  expect([await remaining(need.id), await remaining(offer.id)]).toEqual([10, 0]);
  const [made] = await ctx.db.sql<{ key: string }[]>`
    select idempotency_key as key from claims where person_id = ${author!.id}::uuid`;
  const repeated = { code: need.code, quantity: null, key: made!.key };
  expect(await askedWithOffer(await signedInAs(ctx, author!), repeated)).toBe(offer.code);
  const again = await aPost(after(ctx, 10), { ...post, quantity: 3 });
  await work(after(ctx, 10));
  await phone.says(`CLAIM ${again.code}`, { ctx: after(ctx, 15) });
  expect(await remaining(again.id)).toBe(0);
  const claims = await ctx.db.sql<{ offer: string | null }[]>`
    select offer_id as offer from claims where person_id = ${author!.id}::uuid order by created_at`;
  expect(claims.map((one) => one.offer)).toEqual([offer.id, null]);
});

test("whoever is kept apart from the author is never asked, nor does their offer fit", async () => {
  const { group, post } = await aKitchen();
  const author = await aPerson(ctx);
  const [kept, fine] = await members(ctx, group.id, 2);
  const outside = await aPerson(ctx);
  await aPost(ctx, { ...post, kind: "offer", authorId: outside.id });
  await aPost(ctx, { ...post, kind: "offer", authorId: kept!.id });
  await apart(author.id, kept!.id);
  await apart(outside.id, author.id);
  const need = await aPost(ctx, { ...post, authorId: author.id, urgency: "urgent" });
  for (const minutes of [0, 5, 10, 15]) await work(minutesLater(ctx, minutes));
  expect((await asksOf(ctx, need.id)).map(({ personId }) => personId)).toEqual([fine!.id]);
});

test("an offer does not bring texts to whoever wants none, nor a need for the team to somebody outside it", async () => {
  const { group, post } = await aKitchen();
  const silent = await aMember(ctx, group.id, { alerts: false });
  const paused = await aPerson(ctx, { pausedUntil: new Date(NOON.getTime() + 60_000) });
  const outside = await aPerson(ctx);
  for (const { id } of [silent, paused, outside]) await aPost(ctx, { ...post, kind: "offer", authorId: id });
  const team = await aPost(ctx, { ...post, visibility: "team" });
  const volunteers = await aPost(ctx, { ...post, visibility: "volunteers" });
  await work(ctx);
  expect(await asksOf(ctx, team.id)).toEqual([]);
  expect(await asksOf(ctx, volunteers.id)).toEqual([]);
  const open = await aPost(ctx, post);
  await work(ctx);
  expect((await asksOf(ctx, open.id)).map(({ personId }) => personId)).toEqual([outside.id]);
});

/** Asked about so many other needs in the last days. */
async function askedBefore(now: Ctx, { groupId }: { groupId: string }, personId: string, n: number): Promise<void> {
  for (let at = 0; at < n; at++) {
    const old = await aPost(now, { groupId });
    await ctx.db.sql`insert into asks (post_id, person_id, wave, asked_at)
      values (${old.id}::uuid, ${personId}::uuid, 1, ${now.now}::timestamptz - interval '2 days')`;
    await ctx.db.sql`delete from waves where post_id = ${old.id}::uuid`;
    await ctx.db.sql`update posts set status = 'closed', closed_reason = 'withdrawn' where id = ${old.id}::uuid`;
  }
}

test("who was asked five times this week is asked only after everybody else was", async () => {
  const { group, post } = await aKitchen();
  const near = { lat: 42.34, lng: -83.02 };
  const tired = await aMember(ctx, group.id, near);
  await askedBefore(ctx, post, tired.id, 5);
  await Promise.all(Array.from({ length: 10 }, () => aMember(ctx, group.id, { lat: 42.38, lng: -83.02 })));
  const need = await aPost(ctx, { ...post, ...near });
  await work(ctx);
  const first = await askedIn(1, need.id);
  expect(first.length).toBeGreaterThanOrEqual(3);
  expect(first).not.toContain(tired.id);
  for (const minutes of [60, 120, 180]) await work(minutesLater(ctx, minutes));
  expect((await asksOf(ctx, need.id)).map(({ personId }) => personId)).toContain(tired.id);
});

const counted = (personId: string, yes: number, asked: number) => ctx.db.sql`
  insert into outcome_rates (scope, key, asked, yes, promised, kept, learned_at)
  values ('person', ${personId}, ${asked}, ${yes}, ${yes}, ${yes}, ${NOON}::timestamptz)`;

test("somebody who nearly always helps is asked first, and few beside them; where the group does not learn, nobody knows", async () => {
  const { group, post } = await aKitchen();
  const people = await members(ctx, group.id, 12);
  const helper = people[7]!;
  for (const { id } of people) await counted(id, id === helper.id ? 60 : 0, id === helper.id ? 60 : 10);
  const need = await aPost(ctx, post);
  await work(ctx);
  const first = await askedIn(1, need.id);
  expect(first).toContain(helper.id);
  await ctx.db.sql`update groups set learns = false where id = ${group.id}::uuid`;
  const other = await aPost(ctx, post);
  await work(ctx);
  expect((await askedIn(1, other.id)).length).toBeGreaterThan(first.length);
});

test("three workers at once ask an offer's author once, and a promise made meanwhile keeps both remainders right", async () => {
  const { post } = await aKitchen();
  const author = await aPerson(ctx);
  const offer = await aPost(ctx, { ...post, kind: "offer", authorId: author.id, quantity: 5 });
  const need = await aPost(ctx, { ...post, quantity: 8 });
  await work(ctx);
  await Promise.all([sendWaves(ctx), sendWaves(ctx), sendWaves(ctx)]);
  expect(await backing(need.id)).toHaveLength(1);
  const me = await signedInAs(ctx, author);
  const input = { code: need.code, quantity: 3, eta: null, note: null, offerCode: offer.code };
  const all = await Promise.allSettled([1, 2, 3].map((n) => claimPost(me, { ...input, idempotencyKey: `k${n}` })));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect([await remaining(need.id), await remaining(offer.id)]).toEqual([5, 2]);
});
