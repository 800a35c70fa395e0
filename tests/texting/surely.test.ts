import { afterEach, expect, test, vi } from "vitest";
import * as claims from "#app/claims/claim-post.server.ts";
import { deliver } from "#app/notifications/deliver.server.ts";
import { handleTexts } from "#app/texting/handle-texts.server.ts";
import * as settling from "#app/texting/settle-text.server.ts";
import { isOptedOut } from "#app/people/consent.server.ts";
import { sweepInbound } from "#app/texting/sweep-inbound.server.ts";
import type { ListedInbound } from "#app/sms/sms.ts";
import { aGroup, aPerson, aPhone, aPost } from "#tests/factories.ts";
import { anOutboxText } from "#tests/notifications/rows.ts";
import { testCtx } from "#tests/setup/context.ts";
import { after, aTextingPhone, newSid, OURS, ticking } from "./phone.ts";

vi.mock("#app/texting/settle-text.server.ts", { spy: true });
vi.mock("#app/claims/claim-post.server.ts", { spy: true });
afterEach(() => vi.clearAllMocks());

const ctx = testCtx();
const aNeed = async (quantity = 20) => aPost(ctx, { groupId: (await aGroup(ctx)).id, quantity });
const claimed = (postId: string) => ctx.db.sql`select quantity from claims where post_id = ${postId}::uuid`;
const inbound = async (sid: string) =>
  (await ctx.db.sql`select outcome, tries, handled_at, source from inbound_texts where message_sid = ${sid}`)[0]!;

test("the same CLAIM five times at once: one promise, one reply", async () => {
  const post = await aNeed();
  const phone = aTextingPhone(ctx, (await aPerson(ctx)).phone);
  const sid = newSid();
  const heard = await Promise.all([1, 2, 3, 4, 5].map(() => phone.sends(`CLAIM ${post.code} 3`, { sid })));
  expect(heard.filter(({ fresh }) => fresh)).toHaveLength(1);
  await Promise.all(["a", "b", "c"].map((worker) => handleTexts(ctx, { worker })));
  expect(await claimed(post.id)).toEqual([{ quantity: 3 }]);
  expect(await phone.hears()).toHaveLength(1);
});

test("killed between the promise and the statement that ends the text: one promise, one reply", async () => {
  const post = await aNeed();
  const phone = aTextingPhone(ctx, (await aPerson(ctx)).phone);
  const { sid } = await phone.sends(`CLAIM ${post.code} 3`);
  vi.mocked(settling.settleText).mockRejectedValueOnce(new Error("killed"));
  await handleTexts(ctx, { worker: "first" });
  expect(await claimed(post.id)).toHaveLength(1);
  expect(await phone.hears()).toEqual([]);
  expect((await inbound(sid))["handled_at"]).toBeNull();
  await handleTexts(after(ctx, 1), { worker: "second" });
  expect(await claimed(post.id)).toEqual([{ quantity: 3 }]);
  const replies = await phone.hears();
  expect(replies).toHaveLength(1);
  expect(replies[0]).toContain(`3 items for ${post.code}`);
});

test("DONE and DROP without a code, killed after the effect: said again once, done once", async () => {
  for (const [word, status] of [
    ["DONE", "delivered"],
    ["DROP", "released"],
  ] as const) {
    const post = await aNeed();
    const phone = aTextingPhone(ctx, (await aPerson(ctx)).phone);
    await phone.says(`CLAIM ${post.code}`);
    await phone.sends(word);
    vi.mocked(settling.settleText).mockRejectedValueOnce(new Error("killed"));
    await handleTexts(ctx, { worker: "first" });
    await handleTexts(after(ctx, 1), { worker: "second" });
    expect(await phone.hears()).toEqual([expect.stringContaining(post.code)]);
    const rows = await ctx.db.sql`select status from claims where post_id = ${post.id}::uuid`;
    expect(rows).toEqual([{ status }]);
  }
});

test("a worker that died keeps nobody waiting: its phones are free when the lease is over", async () => {
  const phone = aTextingPhone(ctx, (await aPerson(ctx)).phone);
  await phone.sends("MENU");
  await ctx.db.sql`
    update text_threads set leased_by = 'dead', lease_until = ${after(ctx, 1).now}::timestamptz where phone_lookup = ${phone.phoneLookup}`;
  await handleTexts(ctx, { worker: "w" });
  expect(await phone.hears()).toEqual([]);
  await handleTexts(after(ctx, 2), { worker: "w" });
  expect(await phone.hears()).toHaveLength(1);
});

test("a text that always fails goes to a person after three tries, and those behind it are handled", async () => {
  const post = await aNeed();
  const phone = aTextingPhone(ctx, (await aPerson(ctx)).phone);
  vi.mocked(claims.claimPost).mockRejectedValue(new Error("broken"));
  const { sid } = await phone.sends(`CLAIM ${post.code}`);
  await phone.sends("MENU", { ctx: after(ctx, 0.01) });
  for (let minute = 1; minute <= 6; minute += 1) await handleTexts(ticking(after(ctx, minute)), { worker: "w" });
  vi.mocked(claims.claimPost).mockReset();
  expect(await inbound(sid)).toMatchObject({ outcome: "inbox", handled_at: expect.any(Date) });
  expect((await phone.thread()).unread_since).not.toBeNull();
  expect((await phone.hears()).join()).toMatch(/A person will read it.*NEED or GIVE/s);
});

test("three workers, one phone: its texts are handled in their order, one after the other", async () => {
  const phone = aTextingPhone(ctx, (await aPerson(ctx)).phone);
  const words = ["PAUSE 1", "PAUSE 2", "PAUSE 3", "PAUSE 4", "PAUSE 5", "PAUSE 6"];
  for (const [n, word] of words.entries()) await phone.sends(word, { ctx: after(ctx, n / 100) });
  const clock = ticking(after(ctx, 1));
  await Promise.all(["a", "b", "c"].map((worker) => handleTexts(clock, { worker })));
  const replies = await phone.hears();
  expect(replies.map((body) => Number(/for (\d)/.exec(body)?.[1]))).toEqual([1, 2, 3, 4, 5, 6]);
  const [thread] = await ctx.db
    .sql`select version, leased_by from text_threads where phone_lookup = ${phone.phoneLookup}`;
  expect(thread).toEqual({ version: 6, leased_by: null });
});

test("the sweep finds what no hook brought, once, and remembers when it looked", async () => {
  const person = await aPerson(ctx);
  const phone = aTextingPhone(ctx, person.phone);
  const known = await phone.sends("MENU");
  const listed = (sid: string, body: string): ListedInbound => ({
    sid,
    from: person.phone,
    to: OURS,
    body,
    media: 0,
    receivedAt: ctx.now,
  });
  const missed = newSid();
  const asked: Date[] = [];
  const listInbound = async ({ since }: { since: Date }) => {
    asked.push(since);
    return [listed(known.sid, "MENU"), listed(missed, "STATUS")];
  };
  expect(await sweepInbound(ctx, { listInbound })).toBe(1);
  expect(await sweepInbound(after(ctx, 5), { listInbound })).toBe(0);
  expect(asked[1]).toEqual(after(ctx, -15).now);
  expect((await inbound(missed))["source"]).toBe("sweep");
  await handleTexts(ctx, { worker: "w" });
  expect(await phone.hears()).toHaveLength(2);
});

test("unknown words: a person reads them, and the writer is told once a day", async () => {
  const phone = aTextingPhone(ctx);
  expect(await phone.says("my cat is on the roof")).toEqual([expect.stringContaining("a person will read them")]);
  expect(await phone.says("still there")).toEqual([]);
  expect((await phone.thread()).unread_since).not.toBeNull();
  const tomorrow = after(ctx, 25 * 60);
  expect(await phone.says("the cat again", { ctx: tomorrow })).toHaveLength(1);
});

test("pictures are not seen, and the text that came with one is", async () => {
  const phone = aTextingPhone(ctx);
  expect(await phone.says("", { media: 2 })).toEqual([expect.stringContaining("can't see pictures")]);
  expect((await phone.says("MENU", { media: 1 })).join()).toMatch(/can't see pictures.*NEED or GIVE/s);
});

test("two of us that answer each other fall silent", async () => {
  const one = aTextingPhone(ctx);
  let words = ["MENU"];
  let texts = 0;
  for (let round = 0; round < 40 && words.length > 0; round += 1) {
    const heard: string[] = [];
    for (const word of words) heard.push(...(await one.says(word, { ctx: after(ctx, round / 100) })));
    texts += heard.length;
    words = heard;
  }
  expect(words).toEqual([]);
  expect(texts).toBeLessThanOrEqual(12);
});

test("we never answer our own number, and somebody who said STOP is done to but not answered", async () => {
  const post = await aNeed();
  const phone = aTextingPhone(ctx, (await aPerson(ctx)).phone);
  await phone.says(`CLAIM ${post.code}`);
  await phone.says("STOP");
  expect(await phone.says("DONE")).toEqual([]);
  expect(await ctx.db.sql`select status from claims where post_id = ${post.id}::uuid`).toEqual([
    { status: "delivered" },
  ]);
  expect((await phone.thread()).unread_since).not.toBeNull();
  const ours = aPhone();
  await phone.sends("MENU", { toNumber: phone.phone });
  expect(await phone.hears()).toEqual([]);
  expect(ours).not.toBe(phone.phone);
  await deliver(ctx, { worker: "w", sendSms: async () => ({ kind: "accepted", sid: newSid(), status: "queued" }) });
});

test("a START from before the last STOP, found late by the sweep, does not undo it", async () => {
  const { phone: number } = await aPerson(ctx);
  const phone = aTextingPhone(ctx, number);
  await phone.sends("STOP");
  const lookup = ctx.seal.lookup("phone", number!);
  const found = (before: number): ListedInbound => ({
    sid: newSid(),
    from: number!,
    to: OURS,
    body: "START",
    media: 0,
    receivedAt: new Date(ctx.now.getTime() - before),
  });
  await sweepInbound(after(ctx, 300), { listInbound: async () => [found(60_000)] });
  expect(await isOptedOut(ctx, lookup)).toBe(true);
  await sweepInbound(after(ctx, 300), { listInbound: async () => [found(-60_000)] });
  expect(await isOptedOut(ctx, lookup)).toBe(false);
});

test("START takes back the confirmation of a STOP that has not gone out yet", async () => {
  const phone = aTextingPhone(ctx);
  await phone.says("hello there");
  const [person] = await ctx.db.sql<{ id: string }[]>`select id from people where phone_lookup = ${phone.phoneLookup}`;
  const busy = await anOutboxText(ctx, person!.id, { state: "queued" });
  await ctx.db
    .sql`update outbox set state = 'submitting', lease_until = now() + interval '1 minute' where id = ${busy}::uuid`;
  await phone.sends("no me escriban mas por favor");
  await phone.sends("START");
  const rows = await ctx.db
    .sql`select state from outbox where person_id = ${person!.id}::uuid and template = 'opted_out'`;
  expect(rows).toEqual([{ state: "suppressed" }]);
}, 15_000);
