import { beforeEach, describe, expect, test } from "vitest";
import { expandBroadcasts } from "#app/broadcasts/expand-broadcasts.server.ts";
import { getBroadcast } from "#app/broadcasts/get-broadcast.server.ts";
import { holdTexts } from "#app/broadcasts/hold-texts.server.ts";
import { broadcastProgress } from "#app/broadcasts/progress.server.ts";
import { pauseBroadcast, resumeBroadcast, stopBroadcast } from "#app/broadcasts/steer-broadcast.server.ts";
import { watchBroadcasts } from "#app/broadcasts/watch-broadcasts.server.ts";
import { audienceOf } from "#app/broadcasts/audience.ts";
import { countAudience } from "#app/broadcasts/audience.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { checkUncertain } from "#app/notifications/check-uncertain.server.ts";
import { HELD_UNTIL } from "#app/notifications/held.ts";
import { deliver } from "#app/notifications/deliver.server.ts";
import { afterQuietHours, localHour } from "#app/people/quiet-hours.ts";
import type { SendSms } from "#app/sms/sms.ts";
import { aMember } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aCrew, aSending, broadcastRow, manyVolunteers, textsByState, type Crew } from "./rows.ts";

const ctx = testCtx();
const live = (of: Ctx = ctx): Ctx => ({
  ...of,
  get now() {
    return new Date();
  },
});
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(async () => {
  await ctx.db.sql`delete from outbox_attempts`;
  await ctx.db.sql`delete from outbox`;
  await ctx.db.sql`delete from broadcasts`;
});

/** A provider that takes a moment and remembers whom it wrote to. */
function aProvider(latencyMs: number, outcome: () => Awaited<ReturnType<SendSms>> | null = () => null) {
  const to: string[] = [];
  const sendSms: SendSms = async (text) => {
    to.push(text.to);
    await sleep(latencyMs);
    return outcome() ?? { kind: "accepted", sid: `SM${text.outboxId.replaceAll("-", "")}`, status: "queued" };
  };
  return { to, sendSms };
}

async function crowd({ group }: Crew, count: number): Promise<string[]> {
  const people = await Promise.all(Array.from({ length: count }, () => aMember(ctx, group.id)));
  return people.map(({ phone }) => phone);
}

describe("while a worker drains", () => {
  test.each([
    ["stop", stopBroadcast, "stopped"],
    ["pause", pauseBroadcast, "paused"],
  ] as const)(
    "%s: nothing begins after it, what had begun ends, every text is accounted for",
    async (_, verb, state) => {
      const crew = await aCrew(ctx);
      const phones = await crowd(crew, 90);
      const { id } = await aSending(crew.author, { groupId: crew.group.id });
      await expandBroadcasts(ctx);
      const provider = aProvider(30);
      const stopping = new AbortController();
      const draining = deliver(live(), { ...provider, worker: "w", concurrency: 5, signal: stopping.signal });
      while (provider.to.length < 20) await sleep(5);
      await verb({ ...crew.author, now: new Date() }, { id });
      const before = provider.to.length;
      await draining;
      // A text whose gate was passed before the verb's statement may still reach the provider: at most those in flight.
      expect(provider.to.length - before).toBeLessThanOrEqual(5);
      expect(provider.to.length).toBeLessThan(phones.length);
      const texts = await textsByState(ctx, id);
      const rest = phones.length - provider.to.length;
      expect(texts).toEqual({ submitted: provider.to.length, [state === "stopped" ? "canceled" : "queued"]: rest });
      expect((await broadcastRow(ctx, id)).state).toBe(state);
      expect(await deliver(live(), { ...provider, worker: "w" })).toBe(0);
      if (state === "stopped") return;

      await resumeBroadcast({ ...crew.author, now: new Date() }, { id });
      await deliver(live(), { ...provider, worker: "w" });
      expect(provider.to.toSorted()).toEqual(phones.toSorted());
      await watchBroadcasts(live());
      expect((await broadcastRow(ctx, id)).state).toBe("sent");
    },
  );

  test("a text that comes back from the provider after a stop is canceled, after a pause held", async () => {
    const crew = await aCrew(ctx);
    await crowd(crew, 6);
    const { id } = await aSending(crew.author, { groupId: crew.group.id });
    await expandBroadcasts(ctx);
    let busy = true;
    const provider = aProvider(60, () => (busy ? { kind: "busy", code: "20429" } : null));
    const stopping = new AbortController();
    const draining = deliver(live(), { ...provider, worker: "w", concurrency: 6, signal: stopping.signal });
    while (provider.to.length < 6) await sleep(5);
    stopping.abort();
    await pauseBroadcast({ ...crew.author, now: new Date() }, { id });
    await draining;
    busy = false;
    await watchBroadcasts(live());
    const held = await ctx.db.sql`select 1 from outbox where not_before >= ${HELD_UNTIL}::timestamptz`;
    expect(held).toHaveLength(6);
    expect(await deliver(live({ ...ctx }), { ...provider, worker: "w" })).toBe(0);
    await stopBroadcast({ ...crew.author, now: new Date() }, { id });
    expect(await textsByState(ctx, id)).toEqual({ canceled: 6 });
  });
});

test.each([
  ["stopped", "canceled"],
  ["paused", "queued"],
])(
  "a text that was taken is let go by nobody once its broadcast is %s, even before its texts are moved",
  async (state, then) => {
    const crew = await aCrew(ctx);
    await crowd(crew, 4);
    const { id } = await aSending(crew.author, { groupId: crew.group.id });
    await expandBroadcasts(ctx);
    await ctx.db.sql`update broadcasts set state = ${state} where id = ${id}::uuid`;
    const provider = aProvider(0);
    expect(await deliver(ctx, { ...provider, worker: "w" })).toBe(0);
    expect(provider.to).toEqual([]);
    expect(await textsByState(ctx, id)).toEqual({ [then]: 4 });
    await ctx.db.sql`update broadcasts set state = 'sending' where id = ${id}::uuid`;
    await watchBroadcasts(ctx);
    expect(await deliver(ctx, { ...provider, worker: "w" })).toBe(state === "paused" ? 4 : 0);
  },
);

test("an outcome nobody knows is never sent again: at most once, come what may", async () => {
  const crew = await aCrew(ctx);
  const phones = await crowd(crew, 8);
  const { id } = await aSending(crew.author, { groupId: crew.group.id });
  await expandBroadcasts(ctx);
  const provider = aProvider(0, () => ({ kind: "unknown", code: "ECONNRESET" }));
  await deliver(ctx, { ...provider, worker: "w" });
  for (let minute = 1; minute < 60; minute += 1) {
    const then = testCtx({ now: new Date(ctx.now.getTime() + minute * 60_000) });
    await checkUncertain(then, { listTexts: async () => [] });
    await deliver(then, { ...provider, worker: "w" });
    await watchBroadcasts(then);
  }
  expect(provider.to.toSorted()).toEqual(phones.toSorted());
  expect(await textsByState(ctx, id)).toEqual({ unknown: 8 });
  expect((await broadcastRow(ctx, id)).state).toBe("sent");
});

test("paused while it is written out: what is written later is held too, and writing goes on afterwards", async () => {
  const crew = await aCrew(ctx);
  await manyVolunteers(ctx, crew.group.id, 500, `half ${crew.group.id}`);
  const { id } = await aSending(crew.author, { groupId: crew.group.id });
  const writing = expandBroadcasts(ctx, { portion: 20 });
  while ((await broadcastRow(ctx, id)).expanded < 60) await sleep(2);
  await pauseBroadcast(crew.author, { id });
  await writing;
  const { expanded } = await broadcastRow(ctx, id);
  expect(expanded).toBeLessThan(500);
  const [free] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from outbox where broadcast_id = ${id}::uuid and not_before < ${HELD_UNTIL}::timestamptz`;
  expect(free!.n).toBe(0);
  expect(await expandBroadcasts(ctx)).toBe(0);
  await resumeBroadcast(crew.author, { id });
  expect(await expandBroadcasts(ctx)).toBe(500 - expanded);
  expect(await textsByState(ctx, id)).toEqual({ queued: 500 });
});

test("quiet hours hold each text back in its reader's own zone, when it is written and when it goes on", async () => {
  const night = testCtx({ now: new Date("2026-11-21T03:30:00Z") });
  const crew = await aCrew(night);
  const zones = ["America/New_York", "America/Phoenix", "America/Los_Angeles", "Europe/Berlin", "Asia/Kathmandu"];
  const people = await Promise.all(
    zones.map(async (timeZone) => {
      const given = { timeZone, quietFrom: 21, quietTo: 8 };
      return { ...given, ...(await aMember(night, crew.group.id, given)) };
    }),
  );
  const { id } = await aSending({ ...crew.author, now: night.now }, { groupId: crew.group.id });
  await expandBroadcasts(night);
  const times = async () => {
    const rows = await ctx.db.sql<{ person_id: string; not_before: Date; expires_at: Date }[]>`
      select person_id, not_before, expires_at from outbox where broadcast_id = ${id}::uuid`;
    return new Map(rows.map((row) => [row.person_id, row]));
  };
  const expectAt = async (now: Date) => {
    const found = await times();
    for (const person of people) {
      const at = afterQuietHours(now, person);
      expect(found.get(person.id)!.not_before.toISOString(), person.timeZone).toBe(at.toISOString());
      expect(found.get(person.id)!.expires_at.getTime() - at.getTime()).toBe(24 * 3_600_000);
    }
    return new Set([...found.values()].map((row) => row.not_before.getTime())).size;
  };
  expect(await expectAt(night.now)).toBeGreaterThan(2);
  await pauseBroadcast({ ...crew.author, now: night.now }, { id });
  const twoDaysOn = new Date("2026-11-23T05:10:00Z");
  await resumeBroadcast({ ...crew.author, now: twoDaysOn }, { id });
  await expectAt(twoDaysOn);
});

test("its group's quiet hours hold a broadcast too, and are counted as such before it goes", async () => {
  const night = testCtx({ now: new Date("2026-11-21T03:30:00Z") });
  const crew = await aCrew(night);
  const hour = localHour(night.now, homeZone());
  const quiet = { timeZone: homeZone(), quietFrom: hour, quietTo: (hour + 3) % 24 };
  await ctx.db
    .sql`update groups set quiet_from = ${quiet.quietFrom}, quiet_to = ${quiet.quietTo} where id = ${crew.group.id}::uuid`;
  const person = await aMember(night, crew.group.id);
  await ctx.db
    .sql`update people set quiet_from = 0, quiet_to = 0 where id in (select person_id from memberships where group_id = ${crew.group.id}::uuid)`;
  const morning = afterQuietHours(night.now, quiet);
  const author = { ...crew.author, now: night.now };
  const heldUntil = async (id: string) =>
    (
      await ctx.db
        .sql`select not_before from outbox where broadcast_id = ${id}::uuid and person_id = ${person.id}::uuid`
    )[0]?.["not_before"];
  const { id } = await aSending(author, { groupId: crew.group.id });
  await expandBroadcasts(night);
  expect(await heldUntil(id)).toEqual(morning);
  await pauseBroadcast(author, { id });
  await resumeBroadcast(author, { id });
  expect(await heldUntil(id)).toEqual(morning);
  const counted = await countAudience(night, { groupId: crew.group.id, audience: audienceOf({}) });
  expect(counted.quiet).toBe(counted.people);
});

describe("when carriers filter it", () => {
  /** Texts of a broadcast that are settled, so many of them blocked. */
  async function settled(author: PersonCtx, groupId: string, all: number, blocked: number, code = "30007") {
    await manyVolunteers(ctx, groupId, all + 10, `filter ${groupId}`);
    const { id } = await aSending(author, { groupId });
    await expandBroadcasts(ctx);
    await ctx.db.sql`
      update outbox o set state = case when n <= ${blocked}::int then 'undelivered' else 'delivered' end,
        error_code = case when n <= ${blocked}::int then ${code} end, done_at = ${ctx.now}::timestamptz + n * interval '1 ms'
      from (select id, row_number() over (order by id) as n from outbox where broadcast_id = ${id}::uuid limit ${all}::int) f
      where o.id = f.id`;
    return id;
  }

  test.each([
    ["3 of 149: more than 2 %", 149, 3, "30007", "paused"],
    ["3 of 150: 2 % exactly", 150, 3, "30007", "sending"],
    ["2 of 49: too few to tell", 49, 2, "30007", "sending"],
    ["2 of 50", 50, 2, "21610", "paused"],
    ["other failures", 150, 60, "30003", "sending"],
  ])("%s", async (_, all, blocked, code, state) => {
    const { group, author } = await aCrew(ctx);
    const id = await settled(author, group.id, all, blocked, code);
    await watchBroadcasts(ctx);
    expect(await broadcastRow(ctx, id)).toMatchObject({ state, paused_why: state === "paused" ? "filtered" : null });
    const queued = await ctx.db
      .sql`select not_before from outbox where broadcast_id = ${id}::uuid and state = 'queued'`;
    expect(queued).toHaveLength(10);
    const held = queued.filter((row) => row["not_before"] >= HELD_UNTIL);
    expect(held).toHaveLength(state === "paused" ? 10 : 0);
  });

  test("a coordinator may let it go on, and only what comes after that counts", async () => {
    const { group, author } = await aCrew(ctx);
    const id = await settled(author, group.id, 100, 50);
    await watchBroadcasts(ctx);
    const later = new Date(ctx.now.getTime() + 60_000);
    await resumeBroadcast({ ...author, now: later }, { id });
    await watchBroadcasts({ ...ctx, now: later });
    expect((await broadcastRow(ctx, id)).state).toBe("sending");
    const progress = await broadcastProgress(ctx, await getBroadcast(author, id, "en"));
    expect(progress).toMatchObject({
      written: 110,
      complete: true,
      waiting: 10,
      delivered: 50,
      failed: 50,
      filtered: 50,
    });
  });
});

test("what a crash left between a state and its texts is mended by the clock", async () => {
  const { group, author } = await aCrew(ctx);
  await manyVolunteers(ctx, group.id, 30, `crash ${group.id}`);
  const { id } = await aSending(author, { groupId: group.id });
  await expandBroadcasts(ctx);
  await ctx.db.sql`update broadcasts set state = 'paused', paused_why = 'by_hand' where id = ${id}::uuid`;
  expect(await holdTexts(ctx)).toBe(30);
  expect(await holdTexts(ctx)).toBe(0);
  await ctx.db.sql`update broadcasts set state = 'sending', paused_why = null where id = ${id}::uuid`;
  expect(await holdTexts(ctx)).toBe(30);
  await ctx.db.sql`update broadcasts set state = 'stopped', ended_at = ${ctx.now}::timestamptz where id = ${id}::uuid`;
  expect(await holdTexts(ctx)).toBe(30);
  expect(await textsByState(ctx, id)).toEqual({ canceled: 30 });
});
