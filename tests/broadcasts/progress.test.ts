import { expect, test } from "vitest";
import { expandBroadcasts } from "#app/broadcasts/expand-broadcasts.server.ts";
import { broadcastProgress, segmentsThisMonth, sendingRate } from "#app/broadcasts/progress.server.ts";
import { newId } from "#app/core/ids.server.ts";
import { deliver } from "#app/notifications/deliver.server.ts";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { aMember, type MadePerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aCrew, aSending, broadcastRow } from "./rows.ts";

const start = new Date("2026-11-18T15:00:00Z");
const at = (minutes: number) => testCtx({ now: new Date(start.getTime() + minutes * 60_000) });
const ctx = at(0);

test("what became of it: delivered, failed, said STOP, answered; what others wrote does not count", async () => {
  const crew = await aCrew(ctx);
  const people: MadePerson[] = [];
  for (let n = 0; n < 6; n += 1) people.push(await aMember(ctx, crew.group.id));
  const stranger = await aMember(ctx, (await aCrew(ctx)).group.id);
  const author = { ...crew.author, now: ctx.now };
  const broadcast = await aSending(author, { groupId: crew.group.id });
  await expandBroadcasts(ctx);
  const sids = new Map<string, string>();
  const sendSms = async ({ to, outboxId }: { to: string; outboxId: string }) => {
    sids.set(to, `SM${outboxId}`);
    if (to === people[5]!.phone) return { kind: "rejected", code: "21614", httpStatus: 400, fate: "dead" } as const;
    return { kind: "accepted", sid: `SM${outboxId}`, status: "queued" } as const;
  };
  await deliver(at(1), { sendSms, worker: "w" });
  const report = (n: number, status: string, errorCode: string | null = null) =>
    recordDeliveryReport(at(2), { providerSid: sids.get(people[n]!.phone)!, outboxId: null, status, errorCode });
  await Promise.all([0, 1, 2].map((n) => report(n, "delivered")));
  await report(3, "undelivered", "30007");

  const heard = (lookup: string, minutes: number, keyword: string | null = null) => ctx.db.sql`
    insert into inbound_texts (message_sid, phone_lookup, from_sealed, keyword, received_at)
    values (${newId()}, ${lookup}, 'x', ${keyword}, ${at(minutes).now}::timestamptz)`;
  await heard(people[0]!.phoneLookup, 5);
  await heard(people[0]!.phoneLookup, 6);
  await heard(people[1]!.phoneLookup, 0.5); // before its text was sent
  await heard(people[2]!.phoneLookup, 7, "stop");
  await heard(stranger.phoneLookup, 7);
  await recordConsent(at(7), { phoneLookup: people[2]!.phoneLookup, action: "out", source: "keyword" });
  await recordConsent(at(7), { phoneLookup: stranger.phoneLookup, action: "out", source: "keyword" });

  expect(await broadcastProgress(at(8), { ...broadcast, approvedAt: ctx.now })).toEqual({
    written: 6,
    complete: true,
    waiting: 0,
    sent: 5,
    delivered: 3,
    failed: 2,
    filtered: 1,
    canceled: 0,
    segments: 6,
    saidStop: 1,
    answered: 1,
    leftOut: { optedOut: 0, resting: 0, overCap: 0, tooMany: 0 },
  });
  expect(await segmentsThisMonth(at(8), crew.group.id)).toBe(6);
  expect(await segmentsThisMonth(testCtx({ now: new Date("2026-12-01T12:00:00Z") }), crew.group.id)).toBe(0);
});

test("the caps hold: 20 of a kind an hour, and as many alerts a month as somebody wants", async () => {
  const { group, author } = await aCrew(ctx);
  const [flooded, capped, free] = [
    await aMember(ctx, group.id),
    await aMember(ctx, group.id, { monthlyCap: 2 }),
    await aMember(ctx, group.id),
  ];
  const had = async (person: { id: string }, count: number) => {
    for (let n = 0; n < count; n += 1) {
      const id = newId();
      await ctx.db
        .sql`insert into outbox (id, dedupe_key, person_id, template, lane, not_before, expires_at, created_at, updated_at)
        values (${id}, ${id}, ${person.id}, 'broadcast', 9, ${ctx.now}, ${ctx.now}, ${ctx.now}, ${ctx.now})`;
    }
  };
  await had(flooded, 20);
  await had(capped, 1);
  await had(free, 19);
  const send = () => aSending({ ...author, now: ctx.now }, { groupId: group.id });
  const first = await send();
  expect(await expandBroadcasts(ctx)).toBe(2);
  expect((await broadcastRow(ctx, first.id)).skipped).toMatchObject({ too_many: 1, over_cap: 0 });
  const second = await send();
  expect(await expandBroadcasts(ctx)).toBe(0);
  expect((await broadcastRow(ctx, second.id)).skipped).toMatchObject({ too_many: 2, over_cap: 1 });
});

test("the rate is what our numbers can send together; one a second while none is known", async () => {
  expect(await sendingRate(ctx)).toBe(1);
  const add = (address: string, rate: number, pausedUntil: Date | null, enabled = true) => ctx.db.sql`
    insert into senders (id, address, rate, burst, time_zone, tokens, refilled_at, paused_until, enabled, created_at)
    values (${newId()}, ${address}, ${rate}, 1, 'UTC', 1, ${ctx.now}, ${pausedUntil}::timestamptz, ${enabled}, ${ctx.now})`;
  await add("+15550100001", 3, null);
  await add("+15550100002", 1.5, new Date(ctx.now.getTime() - 1));
  await add("+15550100003", 100, new Date(ctx.now.getTime() + 1000));
  await add("+15550100004", 100, null, false);
  expect(await sendingRate(ctx)).toBe(4.5);
  await ctx.db.sql`delete from senders`;
});
