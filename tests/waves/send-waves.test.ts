import { expect, test } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { pauseAlerts } from "#app/people/pause-alerts.server.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asksOf, members, minutesLater, sizesOf, textsTo, waveOf, work } from "./rows.ts";

/** Some time of day nobody of these tests sleeps at, unless they say so. */
const NOON = new Date("2030-01-08T17:00:00Z");
const NIGHT = new Date("2030-01-09T04:00:00Z");
const ASLEEP = { timeZone: "America/New_York", quietFrom: 21, quietTo: 8 };

const claim = async (ctx: Ctx, code: string, person: { id: string }, quantity: number | null = null) =>
  claimPost(await signedInAs(ctx, person), {
    code,
    quantity,
    eta: null,
    note: null,
    offerCode: null,
    idempotencyKey: `${person.id} ${code} ${ctx.now.getTime()}`,
  });

test("a need is told to a few, then to more on a timer, until nobody is left", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 20);
  const post = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  const [few] = await sizesOf(ctx, post.id);
  expect(few).toBeGreaterThanOrEqual(2);
  expect(few).toBeLessThanOrEqual(6);
  for (const { personId } of await asksOf(ctx, post.id)) {
    expect((await textsTo(ctx, personId, "new_need"))[0]!.body).toContain(post.code);
  }
  await work(minutesLater(ctx, 59));
  expect(await sizesOf(ctx, post.id)).toEqual([few]);
  await work(minutesLater(ctx, 60));
  expect((await sizesOf(ctx, post.id)).length).toBe(2);
  expect(await waveOf(ctx, post.id)).toEqual({ sent: 2, nextAt: minutesLater(ctx, 120).now });
  for (let hours = 2; hours <= 12; hours++) await work(minutesLater(ctx, hours * 60));
  expect(await asksOf(ctx, post.id)).toHaveLength(20);
  expect((await waveOf(ctx, post.id))!.nextAt).toBeNull();
});

test("what is urgent reaches more at once, others every five minutes, and everybody before long", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 45);
  const calm = await aPost(ctx, { groupId: group.id });
  const post = await aPost(ctx, { groupId: group.id, urgency: "urgent" });
  for (const minutes of [0, 5, 10]) await work(minutesLater(ctx, minutes));
  const sizes = await sizesOf(ctx, post.id);
  expect(sizes.length).toBe(3);
  expect(sizes[0]).toBeGreaterThan((await sizesOf(ctx, calm.id))[0]!);
  for (let minutes = 15; minutes <= 240; minutes += 5) await work(minutesLater(ctx, minutes));
  expect(await asksOf(ctx, post.id)).toHaveLength(45);
});

test("three workers at once ask nobody twice and send each wave once", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 40);
  const posts = await Promise.all(
    Array.from({ length: 5 }, () => aPost(ctx, { groupId: group.id, urgency: "urgent" })),
  );
  await fanOut(ctx);
  for (const minutes of [0, 5]) {
    const now = minutesLater(ctx, minutes);
    const sent = await Promise.all([sendWaves(now), sendWaves(now), sendWaves(now)]);
    expect(sent.reduce((sum, n) => sum + n, 0)).toBe(5);
  }
  await Promise.all([fanOut(ctx), fanOut(ctx)]);
  for (const post of posts) {
    const asks = await asksOf(ctx, post.id);
    expect(new Set(asks.map(({ personId }) => personId)).size).toBe(asks.length);
    expect((await sizesOf(ctx, post.id)).length).toBe(2);
    const [row] = await ctx.db.sql<{ n: number }[]>`
      select count(*)::int as n from events where post_id = ${post.id}::uuid and type = 'need.wave'`;
    expect(row!.n).toBe(2);
  }
});

test("a covered need asks nobody more; handed back, it goes on with those who were not asked", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 12);
  const post = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  const [first] = await asksOf(ctx, post.id);
  const promise = await claim(minutesLater(ctx, 10), post.code, { id: first!.personId });
  await work(minutesLater(ctx, 10));
  expect((await asksOf(ctx, post.id)).find(({ personId }) => personId === first!.personId)?.answeredAt).not.toBeNull();
  const before = (await asksOf(ctx, post.id)).length;
  await work(minutesLater(ctx, 60));
  await work(minutesLater(ctx, 600));
  expect(await sizesOf(ctx, post.id)).toEqual([before]);
  expect((await waveOf(ctx, post.id))!.nextAt).toBeNull();

  const later = minutesLater(ctx, 700);
  await releaseClaim(await signedInAs(later, { id: first!.personId }), { id: promise.id, reason: null });
  await work(later);
  const asks = await asksOf(ctx, post.id);
  expect((await sizesOf(ctx, post.id)).length).toBe(2);
  expect(asks.length).toBeGreaterThan(before);
  expect(new Set(asks.map(({ personId }) => personId)).size).toBe(asks.length);
});

test("taking it and handing it back before the next wave hurries nobody", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  const [someone] = await members(ctx, group.id, 12);
  const post = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  for (const minutes of [5, 10, 15]) {
    const now = minutesLater(ctx, minutes);
    const { id } = await claim(now, post.code, someone!);
    await releaseClaim(await signedInAs(now, someone!), { id, reason: null });
    await work(now);
  }
  expect((await sizesOf(ctx, post.id)).length).toBe(1);
});

test("a closed need rests, a reopened one goes on and asks nobody a second time", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 8);
  const post = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  await closePost(ctx, { token: post.manageToken, reason: "withdrawn" });
  await work(minutesLater(ctx, 90));
  expect(await waveOf(ctx, post.id)).toEqual({ sent: 1, nextAt: null });
  await reopenPost(minutesLater(ctx, 100), { token: post.manageToken });
  for (const minutes of [100, 200, 300]) await work(minutesLater(ctx, minutes));
  expect(new Set((await asksOf(ctx, post.id)).map(({ personId }) => personId)).size).toBe(8);
});

test("a need that comes back days later is asked about afresh, from a small wave on, each person with one text", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 4);
  const post = await aPost(ctx, { groupId: group.id });
  for (const minutes of [0, 61, 125, 190]) await work(minutesLater(ctx, minutes));
  expect(await asksOf(ctx, post.id)).toHaveLength(4);
  await closePost(minutesLater(ctx, 200), { token: post.manageToken, reason: "withdrawn" });
  await reopenPost(minutesLater(ctx, 7 * 1440), { token: post.manageToken });
  // Told twice, as after a crash: still one round.
  for (let times = 0; times < 2; times += 1) await work(minutesLater(ctx, 7 * 1440 + times));
  const [{ n: again } = { n: 0 }] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from asks
    where post_id = ${post.id}::uuid and asked_at > ${minutesLater(ctx, 1440).now}::timestamptz`;
  expect(again).toBeGreaterThanOrEqual(1);
  for (const minutes of [61, 125, 190]) await work(minutesLater(ctx, 7 * 1440 + minutes));
  const texts = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from outbox o join asks a on a.person_id = o.person_id
    where a.post_id = ${post.id}::uuid and o.template = 'new_need' group by o.person_id`;
  expect(texts.map(({ n }) => n)).toEqual([2, 2, 2, 2]);
});

test("who sleeps is passed over; where all sleep the wave waits for the first to wake", async () => {
  const ctx = testCtx({ now: NIGHT });
  const group = await aGroup(ctx);
  const late = await aMember(ctx, group.id, { ...ASLEEP, quietTo: 9 });
  const early = await aMember(ctx, group.id, { ...ASLEEP, quietTo: 6 });
  const post = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  expect(await asksOf(ctx, post.id)).toEqual([]);
  expect(await waveOf(ctx, post.id)).toEqual({ sent: 0, nextAt: new Date("2030-01-09T11:00:00Z") });
  await work({ ...ctx, now: new Date("2030-01-09T11:00:00Z") });
  expect((await asksOf(ctx, post.id)).map(({ personId }) => personId)).toEqual([early.id]);
  const awake = await aMember(ctx, group.id);
  const other = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  expect((await asksOf(ctx, other.id)).map(({ personId }) => personId)).toEqual([awake.id]);
  expect(late.id).not.toBe(early.id);
});

test("an urgent need wakes those who let it, at once; the simulator wakes everybody", async () => {
  const ctx = testCtx({ now: NIGHT });
  const group = await aGroup(ctx);
  const willing = await aMember(ctx, group.id, { ...ASLEEP, urgentAtNight: true });
  const asleep = await aMember(ctx, group.id, ASLEEP);
  const urgent = await aPost(ctx, { groupId: group.id, urgency: "urgent" });
  await work(ctx);
  expect((await asksOf(ctx, urgent.id)).map(({ personId }) => personId)).toEqual([willing.id]);
  expect((await textsTo(ctx, willing.id, "new_need"))[0]!.notBefore).toEqual(NIGHT);
  const soon = await aPost(ctx, { groupId: group.id, urgency: "soon" });
  await work(ctx);
  expect(await asksOf(ctx, soon.id)).toEqual([]);
  const tried = await aPost({ ...ctx, wakesNobody: true }, { groupId: group.id });
  await work({ ...ctx, wakesNobody: true });
  expect(new Set((await asksOf(ctx, tried.id)).map(({ personId }) => personId))).toEqual(
    new Set([willing.id, asleep.id]),
  );
});

test("only those are asked who want to hear of it and can be texted", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  const [meals, blankets] = [await aCategory(ctx, group.id), await aCategory(ctx, group.id)];
  const wants = await aMember(ctx, group.id, { categoryIds: [meals.id] });
  await aMember(ctx, group.id, { categoryIds: [blankets.id] });
  await aMember(ctx, group.id, { alerts: false });
  await aMember(ctx, group.id, { state: "asked" });
  await aMember(ctx, group.id, { state: "left" });
  await aMember(ctx, group.id, { pausedUntil: new Date(NOON.getTime() + 60_000) });
  await aMember(ctx, group.id, { monthlyCap: 0 });
  const rested = await aMember(ctx, group.id, { pausedUntil: new Date(NOON.getTime() + 3_600_000) });
  await pauseAlerts(ctx, { personId: rested.id, until: null });
  const silent = await aMember(ctx, group.id);
  await recordConsent(ctx, { phoneLookup: silent.phoneLookup, action: "out", source: "keyword" });
  const author = await aMember(ctx, group.id);
  const post = await aPost(ctx, {
    groupId: group.id,
    categoryId: meals.id,
    authorId: author.id,
    urgency: "urgent",
  });
  await work(ctx);
  expect(new Set((await asksOf(ctx, post.id)).map(({ personId }) => personId))).toEqual(new Set([wants.id, rested.id]));
});

test("a monthly cap holds over needs of the same moment", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  const capped = await aMember(ctx, group.id, { monthlyCap: 2 });
  for (let n = 0; n < 4; n++) await aPost(ctx, { groupId: group.id });
  await work(ctx);
  expect(await textsTo(ctx, capped.id, "new_need")).toHaveLength(2);
  const [row] = await ctx.db.sql<
    { n: number }[]
  >`select count(*)::int as n from asks where person_id = ${capped.id}::uuid`;
  expect(row!.n).toBe(2);
});

test("where a group reads posts first nobody is asked before it is let up; a post for the team asks coordinators", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx, { moderates: true });
  const lead = await aMember(ctx, group.id, { role: "coordinator" });
  await members(ctx, group.id, 2);
  const post = await aPost(ctx, { groupId: group.id });
  await work(ctx);
  expect(await waveOf(ctx, post.id)).toBeNull();
  await approvePost(await signedInAs(ctx, lead), { code: post.code });
  await work(ctx);
  expect(await asksOf(ctx, post.id)).toHaveLength(3);

  const team = await aPost(ctx, { groupId: group.id, visibility: "team" });
  await approvePost(await signedInAs(ctx, lead), { code: team.code });
  await work(ctx);
  expect((await asksOf(ctx, team.id)).map(({ personId }) => personId)).toEqual([lead.id]);
});

test("the best-fitting are asked first: near, sharing a language, not asked of late", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  const here = { lat: 42.34, lng: -83.02 };
  await Promise.all(Array.from({ length: 12 }, () => aMember(ctx, group.id, { lat: 43.5, lng: -84, locale: "en" })));
  const near = await aMember(ctx, group.id, { ...here, languages: ["es"] });
  const neighbor = await aMember(ctx, group.id, { lat: 42.35, lng: -83.03, locale: "es" });
  const post = await aPost(ctx, { groupId: group.id, ...here, locale: "es", languages: [] });
  await work(ctx);
  const asked = (await asksOf(ctx, post.id)).map(({ personId }) => personId);
  expect(asked).toEqual(expect.arrayContaining([near.id, neighbor.id]));
  const next = await aPost(ctx, { groupId: group.id, lat: 43.5, lng: -84, locale: "en" });
  await work(minutesLater(ctx, 1));
  const then = (await asksOf(ctx, next.id)).map(({ personId }) => personId);
  expect(then.length).toBeGreaterThan(0);
  expect(then.filter((id) => asked.includes(id))).toEqual([]);
});

test("a need for many asks more at once", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 40);
  const [one, many] = [await aPost(ctx, { groupId: group.id }), await aPost(ctx, { groupId: group.id, quantity: 40 })];
  await work(ctx);
  expect((await sizesOf(ctx, many.id))[0]).toBeGreaterThan((await sizesOf(ctx, one.id))[0]!);
});

test("whoever posts an offer wakes nobody", async () => {
  const ctx = testCtx({ now: NOON });
  const group = await aGroup(ctx);
  await members(ctx, group.id, 3);
  const author = await aPerson(ctx);
  const post = await aPost(ctx, { groupId: group.id, kind: "offer", authorId: author.id });
  await work(ctx);
  expect(await waveOf(ctx, post.id)).toBeNull();
});
