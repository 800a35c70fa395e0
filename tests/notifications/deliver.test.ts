import { expect, test } from "vitest";
import { checkUncertain } from "#app/notifications/check-uncertain.server.ts";
import { deliver } from "#app/notifications/deliver.server.ts";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { isOptedOut, recordConsent } from "#app/people/consent.server.ts";
import type { OutgoingText, SendOutcome, SendSms } from "#app/sms/sms.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { anOutboxText, later, outboxRow } from "./rows.ts";

const sid = () => `SM${crypto.randomUUID().replaceAll("-", "")}`;

/** A provider that answers one outcome, and remembers what it was handed. */
function provider(outcome: SendOutcome | (() => SendOutcome)) {
  const calls: OutgoingText[] = [];
  const sendSms: SendSms = async (text) => {
    calls.push(text);
    return typeof outcome === "function" ? outcome() : outcome;
  };
  return { calls, sendSms };
}

async function one(outcome: SendOutcome | (() => SendOutcome), lane = 5) {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const id = await anOutboxText(ctx, person.id, { lane, body: `hello ${person.phone}` });
  const { calls, sendSms } = provider(outcome);
  await deliver(ctx, { sendSms, worker: "w" });
  return { ctx, person, id, calls: calls.filter((call) => call.outboxId === id), sendSms };
}

test("an accepted text is submitted with the provider's id, to the opened number", async () => {
  const { ctx, person, id, calls } = await one(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
  expect(calls).toMatchObject([{ to: person.phone, body: `hello ${person.phone}`, attempt: 1 }]);
  expect(await outboxRow(ctx, id)).toMatchObject({ state: "submitted", attempts: 1, rank: 2 });
  const [attempt] = await ctx.db.sql`select * from outbox_attempts where outbox_id = ${id}::uuid`;
  expect(attempt).toMatchObject({ attempt: 1, outcome: "accepted", worker: "w", http_status: 201 });
});

test.each<[string, SendOutcome, string]>([
  ["busy", { kind: "busy", code: "20429", httpStatus: 429 }, "queued"],
  ["dead", { kind: "rejected", code: "21211", httpStatus: 400, fate: "dead" }, "dead"],
  ["opted out", { kind: "rejected", code: "21610", httpStatus: 400, fate: "opted_out" }, "suppressed"],
  ["sender in trouble", { kind: "rejected", code: "20003", httpStatus: 401, fate: "pause_sender" }, "queued"],
  ["unknown", { kind: "unknown", code: "ECONNRESET" }, "uncertain"],
])("%s: the row's fate", async (_, outcome, state) => {
  const { ctx, id, calls } = await one(outcome);
  const row = await outboxRow(ctx, id);
  expect(row).toMatchObject({ state, errorCode: outcome.kind === "accepted" ? null : outcome.code });
  expect(calls).toHaveLength(1);
  if (state === "queued") expect(row.notBefore.getTime()).toBeGreaterThan(ctx.now.getTime());
  if (state === "uncertain") expect(row.nextCheckAt?.getTime()).toBe(ctx.now.getTime() + 60_000);
});

test("a provider that knows of a STOP silences everything else for that person", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const first = await anOutboxText(ctx, person.id, { lane: 1 });
  const held = await anOutboxText(ctx, person.id, { notBefore: later(ctx, 500).now });
  await deliver(ctx, {
    worker: "w",
    sendSms: provider({ kind: "rejected", code: "21610", httpStatus: 400, fate: "opted_out" }).sendSms,
  });
  expect((await outboxRow(ctx, first)).state).toBe("suppressed");
  expect((await outboxRow(ctx, held)).state).toBe("suppressed");
});

test("nothing is sent to somebody who said STOP, nor after its time, nor without a number", async () => {
  const ctx = testCtx();
  const [silent, late, gone] = [await aPerson(ctx), await aPerson(ctx), await aPerson(ctx)];
  const ids = [
    await anOutboxText(ctx, silent.id),
    await anOutboxText(ctx, late.id, { expiresAt: ctx.now }),
    await anOutboxText(ctx, gone.id),
  ];
  const farewell = await anOutboxText(ctx, silent.id, { template: "opted_out" });
  await recordConsent(ctx, { phoneLookup: silent.phoneLookup, action: "out", source: "keyword" });
  await ctx.db.sql`update people set phone_sealed = null where id = ${gone.id}::uuid`;
  const { calls, sendSms } = provider(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
  await deliver(ctx, { sendSms, worker: "w" });
  expect(await Promise.all(ids.map(async (id) => (await outboxRow(ctx, id)).state))).toEqual([
    "suppressed",
    "expired",
    "canceled",
  ]);
  const made = calls.map((call) => call.outboxId);
  expect(made).toContain(farewell);
  for (const id of ids) expect(made).not.toContain(id);
});

test("several workers share a queue: every text is sent once, codes first", async () => {
  const ctx = testCtx({ rateLimits: false });
  const person = await aPerson(ctx);
  const ids: string[] = [];
  for (let n = 0; n < 30; n += 1) ids.push(await anOutboxText(ctx, person.id, { lane: 9 }));
  const code = await anOutboxText(ctx, person.id, { lane: 0, template: "sign_in_code" });
  const { calls, sendSms } = provider(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
  await Promise.all(["a", "b", "c"].map((worker) => deliver(ctx, { sendSms, worker, concurrency: 4 })));
  const mine = calls.map((call) => call.outboxId).filter((id) => ids.includes(id) || id === code);
  expect(mine.toSorted()).toEqual([...ids, code].toSorted());
  expect(mine.indexOf(code)).toBeLessThan(12);
});

test("a killed worker's texts: only taken ones go back, those that may have been sent are looked up first", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const taken = await anOutboxText(ctx, person.id, { notBefore: later(ctx, 9999).now });
  const asked = await anOutboxText(ctx, person.id, { notBefore: later(ctx, 9999).now, body: "asked" });
  await ctx.db
    .sql`update outbox set state = 'claimed', leased_by = 'dead', lease_until = ${ctx.now}::timestamptz where id = ${taken}::uuid`;
  await ctx.db
    .sql`update outbox set state = 'submitting', attempts = 1, leased_by = 'dead', lease_until = ${ctx.now}::timestamptz,
    submit_started_at = ${ctx.now}::timestamptz where id = ${asked}::uuid`;
  const message = { sid: sid(), body: "asked", status: "sent", createdAt: ctx.now };
  const listTexts = async () => [message];
  await checkUncertain(later(ctx, 1), { listTexts });
  expect((await outboxRow(ctx, taken)).state).toBe("queued");
  expect((await outboxRow(ctx, asked)).state).toBe("uncertain");
  await checkUncertain(later(ctx, 62), { listTexts });
  expect(await outboxRow(ctx, asked)).toMatchObject({ state: "sent", sid: message.sid });
});

test.each([
  [5, "queued"],
  [1, "queued"],
  [9, "unknown"],
  [0, "expired"],
])("lane %i with no trace after ten minutes becomes %s", async (lane, state) => {
  const { ctx, id } = await one({ kind: "unknown", code: "ECONNABORTED" }, lane);
  const listTexts = async () => [];
  for (const seconds of [61, 181]) {
    await checkUncertain(later(ctx, seconds), { listTexts });
    expect((await outboxRow(ctx, id)).state).toBe("uncertain");
  }
  await checkUncertain(later(ctx, 601), { listTexts });
  expect((await outboxRow(ctx, id)).state).toBe(state);
});

test("a message at the provider that another text owns is not taken for this one", async () => {
  const { ctx, person, id } = await one(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
  const owned = (await outboxRow(ctx, id)).sid!;
  const twin = await anOutboxText(ctx, person.id, { body: `hello ${person.phone}` });
  await deliver(ctx, { worker: "w", sendSms: provider({ kind: "unknown", code: "500" }).sendSms });
  const listTexts = async () => [{ sid: owned, body: `hello ${person.phone}`, status: "sent", createdAt: ctx.now }];
  await checkUncertain(later(ctx, 61), { listTexts });
  expect((await outboxRow(ctx, twin)).state).toBe("uncertain");
});

test("reports in any order and twice end in the same state", async () => {
  const statuses = ["queued", "sent", "delivered", "sending", "brand_new"];
  const orders = [
    statuses,
    statuses.toReversed(),
    ["delivered", "sent", "delivered", "queued", "brand_new", "sending"],
  ];
  for (const order of orders) {
    const { ctx, id } = await one(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
    const providerSid = (await outboxRow(ctx, id)).sid!;
    for (const status of order) await recordDeliveryReport(ctx, { providerSid, outboxId: id, status, errorCode: null });
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "delivered", rank: 5 });
    await recordDeliveryReport(ctx, { providerSid, outboxId: id, status: "failed", errorCode: "30008" });
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "delivered" });
  }
});

test("a report that comes before the call returned settles the text, and the call's answer changes nothing", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const id = await anOutboxText(ctx, person.id);
  const providerSid = sid();
  await deliver(ctx, {
    worker: "w",
    async sendSms(text) {
      await recordDeliveryReport(ctx, { providerSid, outboxId: text.outboxId, status: "delivered", errorCode: null });
      return { kind: "unknown", code: "ECONNRESET" };
    },
  });
  expect(await outboxRow(ctx, id)).toMatchObject({ state: "delivered", sid: providerSid });
});

test("a phone that was off is tried once more later; a late or doubled report of the first try changes nothing", async () => {
  const { ctx, id } = await one(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
  await ctx.db.sql`update outbox set expires_at = ${later(ctx, 86_400).now}::timestamptz where id = ${id}::uuid`;
  const first = (await outboxRow(ctx, id)).sid!;
  const report = (providerSid: string, status: string, errorCode: string | null = null) =>
    recordDeliveryReport(ctx, { providerSid, outboxId: id, status, errorCode });
  await report(first, "undelivered", "30003");
  expect(await outboxRow(ctx, id)).toMatchObject({ state: "queued", sid: null, notBefore: later(ctx, 1800).now });
  await report(first, "undelivered", "30003");
  await report(first, "sent");
  expect(await outboxRow(ctx, id)).toMatchObject({ state: "queued", sid: null });

  await deliver(later(ctx, 1800), {
    worker: "w",
    sendSms: provider(() => ({ kind: "accepted", sid: sid(), status: "queued" })).sendSms,
  });
  const second = (await outboxRow(ctx, id)).sid!;
  await report(second, "undelivered", "30003");
  expect(await outboxRow(ctx, id)).toMatchObject({ state: "undelivered", sid: second, attempts: 2 });
});

test.each([
  ["a landline", "30005", 5, "undelivered"],
  ["an alert is sent at most once", "30003", 9, "undelivered"],
  ["a code would be worthless", "30003", 0, "undelivered"],
])("%s: not tried again", async (_, errorCode, lane, state) => {
  const { ctx, id } = await one(() => ({ kind: "accepted", sid: sid(), status: "queued" }), lane);
  if (lane === 0)
    await ctx.db.sql`update outbox set expires_at = ${later(ctx, 600).now}::timestamptz where id = ${id}::uuid`;
  const providerSid = (await outboxRow(ctx, id)).sid!;
  await recordDeliveryReport(ctx, { providerSid, outboxId: id, status: "undelivered", errorCode });
  expect((await outboxRow(ctx, id)).state).toBe(state);
});

test("a carrier's STOP in a report is entered in the ledger", async () => {
  const { ctx, person, id } = await one(() => ({ kind: "accepted", sid: sid(), status: "queued" }));
  const held = await anOutboxText(ctx, person.id, { notBefore: later(ctx, 500).now });
  const providerSid = (await outboxRow(ctx, id)).sid!;
  await recordDeliveryReport(ctx, { providerSid, outboxId: id, status: "undelivered", errorCode: "21610" });
  expect((await outboxRow(ctx, held)).state).toBe("suppressed");
  expect(await isOptedOut(ctx, person.phoneLookup)).toBe(true);
});
