import { beforeEach, expect, test } from "vitest";
import type { PersonCtx } from "#app/core/ctx.ts";
import { claimTexts, sendersNow, type Taken } from "#app/notifications/claim-texts.server.ts";
import { deliver } from "#app/notifications/deliver.server.ts";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { enrolSenders } from "#app/notifications/enrol-senders.server.ts";
import { listSenders } from "#app/notifications/list-senders.server.ts";
import { moveTexts } from "#app/notifications/move-texts.server.ts";
import { insertTexts, owedText } from "#app/notifications/owed-texts.server.ts";
import { pauseSender, resumeSender, UNTIL_RESUMED } from "#app/notifications/pause-sender.server.ts";
import type { OutgoingText, SenderSettings, SendOutcome, SendSms } from "#app/sms/sms.ts";
import { aPerson, aPhone } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { anOutboxText, aSender, later, outboxRow, senderRow } from "./rows.ts";

const sid = () => `SM${crypto.randomUUID().replaceAll("-", "")}`;
const ctx = testCtx({ now: new Date("2026-03-01T12:00:00Z") });
const admin: PersonCtx = {
  ...ctx,
  person: { id: "00000000-0000-0000-0000-000000000001", isAdmin: true, locale: "en", roles: {} },
};
const settings = (given: Partial<SenderSettings> = {}): SenderSettings => ({
  address: aPhone(),
  rate: 1,
  burst: 1,
  dailyCap: null,
  timeZone: "America/New_York",
  ...given,
});

beforeEach(async () => {
  await ctx.db.sql`delete from senders`;
  await ctx.db.sql`delete from outbox`;
});

const take = (sender: string, at = ctx, limit = 100): Promise<Taken> =>
  claimTexts(at, sender, { worker: "w", limit, leaseSeconds: 600 });

async function texts(count: number, given: Parameters<typeof anOutboxText>[2] = {}): Promise<string[]> {
  const person = await aPerson(ctx);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await anOutboxText(ctx, person.id, given));
  return ids;
}

function provider(outcome: (text: OutgoingText) => SendOutcome) {
  const calls: OutgoingText[] = [];
  const sendSms: SendSms = async (text) => {
    calls.push(text);
    return outcome(text);
  };
  return { calls, run: { sendSms, worker: "w" } };
}
const takes = () => provider(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
const refuses = (code: string, httpStatus = 400) =>
  provider(() => ({ kind: "rejected", code, httpStatus, fate: "pause_sender" }));

test("a full bucket gives its burst at once, then its rate; tokens do not pile up", async () => {
  const sender = await aSender(ctx, { rate: 2, burst: 5 });
  await texts(40);
  expect((await take(sender)).ids).toHaveLength(5);
  expect(await take(sender)).toMatchObject({ ids: [], waitSeconds: expect.closeTo(0.5, 3) });
  expect((await take(sender, later(ctx, 1.5))).ids).toHaveLength(3);
  expect((await take(sender, later(ctx, 3600))).ids).toHaveLength(5);
});

test("what counts are segments; a text longer than the bucket goes alone when that is full, and is paid for after", async () => {
  const sender = await aSender(ctx, { rate: 2, burst: 4 });
  const [long] = await texts(1, { segments: 6, notBefore: later(ctx, -1).now });
  const [next] = await texts(1, { segments: 1 });
  expect((await take(sender)).ids).toEqual([long]);
  expect((await senderRow(ctx, sender)).tokens).toBeCloseTo(-2, 4);
  expect(await take(sender, later(ctx, 1))).toMatchObject({ ids: [], waitSeconds: expect.closeTo(0.5, 3) });
  expect((await take(sender, later(ctx, 1.6))).ids).toEqual([next]);
});

test("the first in line is not passed by: codes, replies, notices, then alerts", async () => {
  const sender = await aSender(ctx, { rate: 1, burst: 3 });
  const [bulk] = await texts(1, { lane: 9 });
  const [notice] = await texts(1, { lane: 5, segments: 3 });
  const [reply] = await texts(1, { lane: 1 });
  const [code] = await texts(1, { lane: 0 });
  expect((await take(sender)).ids.toSorted()).toEqual([code, reply].toSorted());
  expect((await take(sender, later(ctx, 1))).ids).toEqual([]);
  expect((await take(sender, later(ctx, 2))).ids).toEqual([notice]);
  expect((await take(sender, later(ctx, 3))).ids).toEqual([bulk]);
});

test("a clock that was moved on and set back silences nobody", async () => {
  const sender = await aSender(ctx, { rate: 1, burst: 3, dailyCap: 100 });
  const tomorrow = later(ctx, 3 * 86_400);
  await texts(9);
  expect((await take(sender, tomorrow)).ids).toHaveLength(3);
  expect((await take(sender, later(ctx, 1))).ids).toHaveLength(3);
  expect(await senderRow(ctx, sender)).toMatchObject({ day: "2026-03-01", sentToday: 3 });
  expect((await take(sender, later(ctx, 2))).ids).toHaveLength(1);
});

test("a start of a worker ends a pause that better settings may have mended, and no other", async () => {
  const given = settings();
  await enrolSenders(ctx, [given]);
  for (const [reason, ends] of [
    ["20003", true],
    ["21606", true],
    ["21611", false],
    ["30034", false],
    ["by_hand", false],
  ]) {
    await ctx.db.sql`update senders set paused_until = ${UNTIL_RESUMED}::timestamptz, pause_reason = ${String(reason)}`;
    await enrolSenders(ctx, [given]);
    expect((await sendersNow(ctx)).length, String(reason)).toBe(ends ? 1 : 0);
  }
});

test("texts of no sender are anybody's; another's are not", async () => {
  const mine = await aSender(ctx, { burst: 10 });
  const theirs = await aSender(ctx, { burst: 10 }, true);
  const [own] = await texts(1, { senderId: mine });
  const [free] = await texts(1);
  const [other] = await texts(1, { senderId: theirs });
  expect((await take(mine)).ids.toSorted()).toEqual([own, free].toSorted());
  expect((await outboxRow(ctx, free!)).senderId).toBe(mine);
  expect((await take(theirs)).ids).toEqual([other]);
});

test("the day's cap holds, counts from midnight where the sender is, and alerts leave a tenth of it to the others", async () => {
  const before = { ...ctx, now: new Date("2026-03-02T04:59:00Z") };
  const sender = await aSender(before, { rate: 1000, burst: 1000, dailyCap: 50, timeZone: "America/New_York" });
  await texts(60, { lane: 9 });
  await texts(20, { lane: 5 });
  expect((await take(sender, before)).ids).toHaveLength(45);
  const [reply] = await texts(1, { lane: 1 });
  expect((await take(sender, before)).ids).toEqual([reply]);
  await texts(20, { lane: 5 });
  expect((await take(sender, before)).ids).toHaveLength(4);
  expect(await take(sender, later(before, 30))).toEqual({ ids: [], waitSeconds: null });
  expect(await senderRow(ctx, sender)).toMatchObject({ sentToday: 50, day: "2026-03-01" });
  // One minute later it is the second of March in New York.
  expect((await take(sender, later(before, 61))).ids).toHaveLength(45);
  expect(await senderRow(ctx, sender)).toMatchObject({ day: "2026-03-02", sentToday: 45 });
  // A worker whose clock is a little slow does not bring the day before back.
  expect((await take(sender, before)).ids).toHaveLength(0);
  expect(await senderRow(ctx, sender)).toMatchObject({ day: "2026-03-02", sentToday: 45 });
});

test("workers that ask at once get no more than the bucket and the cap hold, and no text twice", async () => {
  const sender = await aSender(ctx, { rate: 1, burst: 200, dailyCap: 130 });
  const ids = await texts(160, { lane: 5 });
  const rounds = await Promise.all(Array.from({ length: 16 }, () => take(sender, ctx, 20)));
  const taken = rounds.flatMap((round) => round.ids);
  expect(new Set(taken).size).toBe(taken.length);
  for (let more = await take(sender, ctx, 20); more.ids.length > 0; more = await take(sender, ctx, 20))
    taken.push(...more.ids);
  expect(taken).toHaveLength(130);
  expect(ids).toEqual(expect.arrayContaining(taken));
  expect(await senderRow(ctx, sender)).toMatchObject({ sentToday: 130, tokens: expect.closeTo(70, 3) });
});

test("a person is always texted by the same of our numbers; one number more moves only its share", async () => {
  const people = await Promise.all(Array.from({ length: 60 }, () => aPerson(ctx)));
  const write = async (round: string) => {
    const reader = (id: string) => ({ id, timeZone: "UTC", quietFrom: 0, quietTo: 0 });
    const rows = people.map(({ id }) =>
      owedText(ctx, { dedupeKey: `${round}:${id}`, template: "reply", reader: reader(id), body: "hello" }),
    );
    await insertTexts(ctx, rows);
    return Promise.all(rows.map(async ({ id }) => (await outboxRow(ctx, id)).senderId));
  };
  expect(new Set(await write("none"))).toEqual(new Set([null]));
  const three = [settings(), settings(), settings()];
  await enrolSenders(ctx, three);
  const first = await write("a");
  expect(new Set(first).size).toBe(3);
  expect(await write("b")).toEqual(first);
  await enrolSenders(ctx, [...three, settings()]);
  const after = await write("c");
  const moved = after.filter((sender, n) => sender !== first[n]);
  expect(new Set(moved).size).toBe(1);
  expect(moved.length).toBeLessThan(30);
});

test("an answer comes from the number they wrote to; a relayed line and a notice from their own", async () => {
  const person = await aPerson(ctx);
  const numbers = [settings(), settings(), settings(), settings()];
  await enrolSenders(ctx, numbers);
  const send = async (template: "reply" | "relay" | "claimed") => {
    const reader = { id: person.id, timeZone: "UTC", quietFrom: 0, quietTo: 0 };
    const row = owedText(ctx, { dedupeKey: crypto.randomUUID(), template, reader, body: "hello" });
    await insertTexts(ctx, [row]);
    const [sender] = await ctx.db.sql<{ address: string }[]>`
      select s.address from outbox o join senders s on s.id = o.sender_id where o.id = ${row.id}::uuid`;
    return sender!.address;
  };
  const own = await send("reply");
  const other = numbers.find(({ address }) => address !== own)!.address;
  await ctx.db.sql`insert into inbound_texts (message_sid, phone_lookup, from_sealed, to_number, received_at)
    values (${sid()}, ${person.phoneLookup}, 'x', ${other}, ${ctx.now}::timestamptz)`;
  expect([await send("reply"), await send("relay"), await send("claimed")]).toEqual([other, own, own]);
  await ctx.db.sql`update senders set enabled = false where address = ${other}`;
  expect(await send("reply")).toBe(own);
});

test("what the settings no longer name is put away, and its texts go by another; the day's count survives a restart", async () => {
  const [a, b] = [settings({ burst: 9 }), settings({ burst: 9 })];
  await enrolSenders(ctx, [a, b]);
  const idOf = async (address: string) =>
    (await ctx.db.sql<{ id: string }[]>`select id from senders where address = ${address}`)[0]!.id;
  const gone = await idOf(a.address);
  const [notice] = await texts(1, { senderId: gone });
  const [line] = await texts(1, { senderId: gone, template: "relay" });
  await texts(2, { senderId: gone });
  await take(gone, ctx, 2);
  await enrolSenders(ctx, [b]);
  expect(await senderRow(ctx, gone)).toMatchObject({ enabled: false, sentToday: 2 });
  expect(await sendersNow(ctx)).toEqual([await idOf(b.address)]);
  await ctx.db.sql`update outbox set state = 'queued'`;
  expect(await moveTexts(ctx)).toBe(4);
  for (const id of [notice, line]) expect((await outboxRow(ctx, id!)).senderId).toBe(await idOf(b.address));
  await enrolSenders(ctx, [a, b]);
  expect(await senderRow(ctx, gone)).toMatchObject({ enabled: true, sentToday: 2, tokens: expect.closeTo(7, 3) });
});

test("a zone only this machine knows counts as UTC", async () => {
  const odd = settings({ timeZone: "Mars/Base" });
  await enrolSenders(ctx, [odd]);
  expect(await ctx.db.sql`select time_zone from senders where address = ${odd.address}`).toMatchObject([
    { time_zone: "UTC" },
  ]);
});

test("a text leaves by its sender's address", async () => {
  const address = aPhone();
  await aSender(ctx, { address });
  await texts(1);
  const { calls, run } = takes();
  await deliver(ctx, run);
  expect(calls).toMatchObject([{ from: address }]);
});

test.each([["21611"], ["20003"], ["21606"]])(
  "%s pauses the sender for all workers; its text waits and nothing is counted against it",
  async (code) => {
    const sender = await aSender(ctx, { burst: 5 });
    const expiresAt = later(ctx, 86_400).now;
    const [first] = await texts(1, { expiresAt });
    const [second] = await texts(1, { expiresAt });
    const { calls, run } = refuses(code);
    await deliver(ctx, { ...run, concurrency: 1 });
    expect(calls).toHaveLength(1);
    expect(await senderRow(ctx, sender)).toMatchObject({ pauseReason: code, pausedUntil: later(ctx, 600).now });
    for (const id of [first, second])
      expect(await outboxRow(ctx, id!)).toMatchObject({ state: "queued", notBefore: ctx.now });
    expect(await take(sender, later(ctx, 599))).toEqual({ ids: [], waitSeconds: null });

    // It tries again by itself; refused once more, the pause is longer.
    const again = refuses(code);
    await deliver(later(ctx, 601), { ...again.run, concurrency: 1 });
    expect(again.calls).toHaveLength(1);
    expect((await senderRow(ctx, sender)).pausedUntil).toEqual(later(ctx, 601 + 3600).now);
    const well = takes();
    await deliver(later(ctx, 601 + 3601), well.run);
    expect(well.calls).toHaveLength(2);
  },
);

test("a text that was taken while its sender was paused goes back, not out", async () => {
  const sender = await aSender(ctx, { burst: 5 });
  const [text] = await texts(1);
  await take(sender);
  await pauseSender(admin, { id: sender });
  await ctx.db.sql`update outbox set leased_by = 'w'`;
  const { markSubmitting } = await import("#app/notifications/mark-submitting.server.ts");
  expect(await markSubmitting(ctx, { id: text!, worker: "w", leaseSeconds: 9 })).toBe(null);
  expect(await outboxRow(ctx, text!)).toMatchObject({ state: "queued", attempts: 0 });
});

test.each([["30034"], ["30032"]])(
  "a report with %s pauses the number until a person looks; the text goes by another",
  async (code) => {
    const bad = await aSender(ctx, { burst: 5 });
    const [lost] = await texts(1);
    const { run } = takes();
    await deliver(ctx, { ...run, concurrency: 1 });
    const [waiting] = await texts(1, { senderId: bad });
    const { sid: providerSid } = await outboxRow(ctx, lost!);
    await recordDeliveryReport(ctx, {
      providerSid: providerSid!,
      outboxId: lost!,
      status: "undelivered",
      errorCode: code,
    });
    expect(await senderRow(ctx, bad)).toMatchObject({ pauseReason: code, pausedUntil: UNTIL_RESUMED });
    expect(await outboxRow(ctx, lost!)).toMatchObject({ state: "queued", errorCode: code });

    expect(await moveTexts(ctx)).toBe(0);
    const good = await aSender(ctx, { burst: 5 }, true);
    const [line] = await texts(1, { senderId: bad, template: "relay" });
    expect(await moveTexts(ctx)).toBe(2);
    for (const id of [lost, waiting]) expect((await outboxRow(ctx, id!)).senderId).toBe(good);
    expect((await outboxRow(ctx, line!)).senderId).toBe(bad);
    await deliver(ctx, run);
    // Blocked a second time it is not tried again.
    const again = await outboxRow(ctx, lost!);
    await recordDeliveryReport(ctx, {
      providerSid: again.sid!,
      outboxId: lost!,
      status: "undelivered",
      errorCode: code,
    });
    expect((await outboxRow(ctx, lost!)).state).toBe("undelivered");
  },
);

test("what a carrier filtered is never tried again", async () => {
  await aSender(ctx);
  const [text] = await texts(1);
  await deliver(ctx, takes().run);
  const { sid: providerSid } = await outboxRow(ctx, text!);
  await recordDeliveryReport(ctx, {
    providerSid: providerSid!,
    outboxId: text!,
    status: "undelivered",
    errorCode: "30007",
  });
  expect(await outboxRow(ctx, text!)).toMatchObject({ state: "undelivered", errorCode: "30007" });
});

test("admins stop a number and let it go on; coordinators see how each does", async () => {
  const sender = await aSender(ctx, { burst: 5, dailyCap: 100 });
  const [good, bad] = await texts(2);
  await deliver(ctx, takes().run);
  const report = async (id: string, status: string, errorCode: string | null) =>
    recordDeliveryReport(ctx, { providerSid: (await outboxRow(ctx, id)).sid!, outboxId: id, status, errorCode });
  await report(good!, "delivered", null);
  await report(bad!, "undelivered", "30007");
  const health = { sent: 2, delivered: 1, failed: 1, filtered: 1 };
  const shown = {
    id: sender,
    rate: 1,
    dailyCap: 100,
    sentToday: 2,
    pausedUntil: null,
    pauseReason: null,
    last24h: health,
  };
  expect(await listSenders(admin)).toMatchObject([shown]);
  expect(await listSenders({ ...admin, ...later(ctx, 86_401), person: admin.person })).toMatchObject([
    { sentToday: 0, last24h: { sent: 0 } },
  ]);

  await pauseSender(admin, { id: sender });
  expect(await listSenders(admin)).toMatchObject([{ pausedUntil: UNTIL_RESUMED, pauseReason: "by_hand" }]);
  expect(await sendersNow(ctx)).toEqual([]);
  await resumeSender(admin, { id: sender });
  expect(await listSenders(admin)).toMatchObject([shown]);

  const coordinator = { ...admin, person: { ...admin.person, isAdmin: false, roles: { g: "coordinator" as const } } };
  expect(await listSenders(coordinator)).toHaveLength(1);
  await expect(pauseSender(coordinator, { id: sender })).rejects.toThrow("not-allowed");
  await expect(resumeSender(coordinator, { id: sender })).rejects.toThrow("not-allowed");
  await expect(pauseSender(admin, { id: crypto.randomUUID() })).rejects.toThrow("not-found");
  await expect(pauseSender(admin, { id: "nonsense" })).rejects.toThrow("not-found");
  const volunteer = { ...admin, person: { ...admin.person, isAdmin: false } };
  await expect(listSenders(volunteer)).rejects.toThrow("not-allowed");
});
