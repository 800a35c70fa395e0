import { beforeEach, describe, expect, test } from "vitest";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { UNTIL_RESUMED } from "#app/notifications/pause-sender.server.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aSender, anOutboxText, later, outboxRow, senderRow } from "./rows.ts";

/** What a report changes, and what it leaves alone. */

const ctx = testCtx({ now: new Date("2026-03-01T12:00:00Z") });
const { sql } = ctx.db;
const newSid = () => `SM${crypto.randomUUID()}`;

beforeEach(() => sql`delete from senders`);

type Given = Parameters<typeof anOutboxText>[2] & { sid?: string | null; attempts?: number; rank?: number };
/** A text that was sent under an id at the provider, or whose call has not come back yet (`sid: null`). */
async function sent({ sid = newSid(), attempts = 1, rank = 2, ...given }: Given = {}) {
  const person = await aPerson(ctx);
  const id = await anOutboxText(ctx, person.id, { state: "submitted", expiresAt: later(ctx, 7200).now, ...given });
  await sql`
    update outbox set provider_sid = ${sid}::text, attempts = ${attempts}::smallint, status_rank = ${rank}::smallint,
      error_code = 'earlier', leased_by = 'w', lease_until = now(), next_check_at = now()
    where id = ${id}::uuid`;
  const report = (
    status: string,
    errorCode: string | null = null,
    about: { providerSid?: string; outboxId?: string | null } = {},
  ) => recordDeliveryReport(ctx, { providerSid: sid ?? newSid(), outboxId: id, status, errorCode, ...about });
  return { person, id, sid, report };
}
const rest = async (id: string) => {
  const [row] = await sql`
    select done_at as "doneAt", leased_by as "leasedBy", lease_until as "leaseUntil", provider_status as status
    from outbox where id = ${id}::uuid`;
  return row!;
};

describe("a report", () => {
  test.each([
    ["sent", "sent", 4, false],
    ["delivered", "delivered", 5, true],
    ["failed", "failed", 5, true],
  ])("%s settles the text, and ends its lease and its checks", async (status, state, rank, over) => {
    const { id, report } = await sent();
    expect(await report(status)).toBe(true);
    expect(await outboxRow(ctx, id)).toMatchObject({ state, rank, nextCheckAt: null });
    expect(await rest(id)).toEqual({ doneAt: over ? ctx.now : null, leasedBy: null, leaseUntil: null, status });
    // On the way an earlier word is kept; the last report has the last word.
    expect((await outboxRow(ctx, id)).errorCode).toBe(over ? null : "earlier");
    expect(await report(status)).toBe(false);
  });

  test("is kept, each once, also what nobody understands", async () => {
    const { sid, report } = await sent();
    for (const status of ["new_word", "new_word", "sent"]) await report(status);
    await report("sent", "30007");
    const rows = await sql`
      select status, error_code as code from delivery_reports where provider_sid = ${sid} order by status, error_code`;
    expect([...rows]).toEqual([
      { status: "new_word", code: "" },
      { status: "sent", code: "" },
      { status: "sent", code: "30007" },
    ]);
  });

  test.each(["dead", "suppressed", "canceled"] as const)("changes nothing about what is %s", async (state) => {
    const { id, report } = await sent({ state });
    expect(await report("delivered")).toBe(false);
    expect((await outboxRow(ctx, id)).state).toBe(state);
  });

  test("of an id nobody knows belongs to the text whose address it came to, until that has one", async () => {
    const waiting = await sent({ sid: null, state: "submitting", rank: 0 });
    const [first, second] = [newSid(), newSid()];
    expect(await waiting.report("sent", null, { providerSid: first })).toBe(true);
    expect(await outboxRow(ctx, waiting.id)).toMatchObject({ state: "sent", sid: first });
    expect(await waiting.report("delivered", null, { providerSid: second })).toBe(false);
    const other = await sent({ sid: null, state: "submitting", rank: 0 });
    expect(await other.report("delivered", null, { providerSid: first, outboxId: other.id })).toBe(true);
    expect(await outboxRow(ctx, other.id)).toMatchObject({ state: "submitting", sid: null });
    expect(await outboxRow(ctx, waiting.id)).toMatchObject({ state: "delivered" });
  });

  test("without an address finds its text by the id alone", async () => {
    const [one, other] = [await sent(), await sent({ sid: null })];
    expect(await one.report("sent", null, { outboxId: null })).toBe(true);
    expect((await outboxRow(ctx, one.id)).state).toBe("sent");
    expect((await outboxRow(ctx, other.id)).state).toBe("submitted");
  });
});

describe("a text that did not arrive", () => {
  test.each([
    ["the queue was full", {}, "30001", 15],
    ["the phone was off", {}, "30003", 30],
    ["it was a reply", { lane: 1 }, "30003", 30],
  ])("goes once more where %s", async (_why, given, code, minutes) => {
    const { id, report } = await sent(given);
    expect(await report("undelivered", code)).toBe(true);
    expect(await outboxRow(ctx, id)).toMatchObject({
      state: "queued",
      sid: null,
      rank: 0,
      errorCode: code,
      notBefore: later(ctx, minutes * 60).now,
    });
    expect((await rest(id))["doneAt"]).toBeNull();
  });

  test.each<[string, Given, string, string]>([
    ["it is an alert", { lane: 9 }, "undelivered", "30003"],
    ["it was tried twice", { attempts: 2 }, "undelivered", "30003"],
    ["it would be too late by then", { expiresAt: later(ctx, 1800).now }, "undelivered", "30003"],
    ["a carrier filtered it", {}, "undelivered", "30007"],
    ["nobody says why", {}, "undelivered", ""],
  ])("is given up where %s", async (_why, given, status, code) => {
    const { id, report } = await sent(given);
    await report(status, code || null);
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "undelivered", notBefore: ctx.now });
    expect((await rest(id))["doneAt"]).toEqual(ctx.now);
  });

  test("goes by another of our numbers where this one may not send, also an alert; that number waits for a person", async () => {
    const senderId = await aSender(ctx);
    const { id, report } = await sent({ senderId, lane: 9 });
    await report("undelivered", "30032");
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "queued", notBefore: ctx.now, sid: null });
    expect(await senderRow(ctx, senderId)).toMatchObject({ pausedUntil: UNTIL_RESUMED, pauseReason: "30032" });
  });

  test("is given up where there is no number to pause, and a report on the way pauses none", async () => {
    const alone = await sent();
    await alone.report("undelivered", "30032");
    expect((await outboxRow(ctx, alone.id)).state).toBe("undelivered");
    const senderId = await aSender(ctx);
    const { report } = await sent({ senderId });
    await report("sent", "30032");
    await report("undelivered", "30003");
    expect((await senderRow(ctx, senderId)).pausedUntil).toBeNull();
  });
});

describe("a STOP that a report tells of", () => {
  const states = (ids: string[]) => Promise.all(ids.map(async (id) => (await outboxRow(ctx, id)).state));

  test("is entered, and silences what waits for this person alone", async () => {
    const { person, id, report } = await sent();
    const other = await aPerson(ctx);
    const mine = [await anOutboxText(ctx, person.id), await anOutboxText(ctx, person.id, { state: "claimed" })];
    const gone = await anOutboxText(ctx, person.id, { state: "sent" });
    const theirs = await anOutboxText(ctx, other.id);
    await report("undelivered", "21610");
    expect(await states([...mine, gone, theirs, id])).toEqual([
      "suppressed",
      "suppressed",
      "sent",
      "queued",
      "undelivered",
    ]);
    expect((await rest(mine[0]!))["doneAt"]).toEqual(ctx.now);
    const ledger = await sql`select action, source from consent_events where phone_lookup = ${person.phoneLookup}`;
    expect([...ledger]).toEqual([{ action: "out", source: "provider" }]);
  });

  test("is none with any other code", async () => {
    const { person, report } = await sent();
    const waiting = await anOutboxText(ctx, person.id);
    await report("undelivered", "30005");
    expect(await states([waiting])).toEqual(["queued"]);
    expect(await sql`select from consent_events where phone_lookup = ${person.phoneLookup}`).toHaveLength(0);
  });
});
