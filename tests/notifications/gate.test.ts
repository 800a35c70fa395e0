import { beforeEach, describe, expect, test } from "vitest";
import { HELD_UNTIL } from "#app/notifications/held.ts";
import { markSubmitting } from "#app/notifications/mark-submitting.server.ts";
import { backoff, settle } from "#app/notifications/settle.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import type { SendOutcome } from "#app/sms/sms.ts";
import { aGroup, aPerson } from "#tests/factories.ts";
import { posted } from "#tests/claims/rows.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aSender, anOutboxText, later, outboxRow, senderRow } from "./rows.ts";

/** The last gate before the provider, and what is written down of each call. */

const ctx = testCtx({ now: new Date("2026-03-01T12:00:00Z") });
const { sql } = ctx.db;
const GATE = { worker: "w", leaseSeconds: 40 };

beforeEach(() => sql`delete from senders`);

/** A text that worker `w` has taken. */
async function taken(given: Parameters<typeof anOutboxText>[2] = {}) {
  const person = await aPerson(ctx);
  const id = await anOutboxText(ctx, person.id, { ...given, state: "claimed" });
  await sql`update outbox set leased_by = 'w', lease_until = ${later(ctx, 30).now}::timestamptz where id = ${id}::uuid`;
  return { person, id };
}
const rest = async (id: string) => {
  const [row] = await sql`
    select leased_by as "leasedBy", lease_until as "leaseUntil", submit_started_at as "startedAt", done_at as "doneAt",
      provider_status as "providerStatus"
    from outbox where id = ${id}::uuid`;
  return row!;
};
const attempts = (id: string) => sql`
  select attempt, worker, started_at as "startedAt", ended_at as "endedAt", outcome, error_code as "errorCode",
    http_status as "httpStatus", provider_sid as "sid"
  from outbox_attempts where outbox_id = ${id}::uuid order by attempt`;

describe("the gate", () => {
  test("lets through what its worker holds, once, with all the call needs", async () => {
    const sender = await aSender(ctx, { address: "+15550100199" });
    const { person, id } = await taken({ senderId: sender, lane: 1 });
    const text = await markSubmitting(ctx, { id, ...GATE });
    expect(text).toMatchObject({
      id,
      personId: person.id,
      phoneLookup: person.phoneLookup,
      from: "+15550100199",
      senderId: sender,
      lane: 1,
      attempt: 1,
      expiresAt: later(ctx, 3600).now,
    });
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "submitting", attempts: 1, errorCode: null });
    expect(await rest(id)).toMatchObject({
      leasedBy: "w",
      leaseUntil: later(ctx, 40).now,
      startedAt: ctx.now,
      doneAt: null,
    });
    expect(await attempts(id)).toMatchObject([{ attempt: 1, worker: "w", startedAt: ctx.now, endedAt: null }]);
    expect(await markSubmitting(ctx, { id, ...GATE })).toBeNull();
  });

  test("is closed to another worker, and to what nobody has taken", async () => {
    const { id } = await taken();
    expect(await markSubmitting(ctx, { id, ...GATE, worker: "other" })).toBeNull();
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "claimed", attempts: 0 });
    await sql`update outbox set state = 'queued' where id = ${id}::uuid`;
    expect(await markSubmitting(ctx, { id, ...GATE })).toBeNull();
    expect(await attempts(id)).toEqual([]);
  });

  test.each([
    ["whoever has no number any more", "canceled"],
    ["whoever said STOP", "suppressed"],
    ["what is too late", "expired"],
  ])("stops for good what goes to %s", async (why, state) => {
    const { person, id } = await taken({ expiresAt: why.includes("late") ? ctx.now : later(ctx, 1).now });
    if (why.includes("STOP"))
      await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
    if (why.includes("number")) await sql`update people set phone_sealed = null where id = ${person.id}::uuid`;
    expect(await markSubmitting(ctx, { id, ...GATE })).toBeNull();
    expect(await outboxRow(ctx, id)).toMatchObject({ state, attempts: 0 });
    expect(await rest(id)).toEqual({
      leasedBy: null,
      leaseUntil: null,
      startedAt: null,
      doneAt: ctx.now,
      providerStatus: null,
    });
    expect(await attempts(id)).toEqual([]);
  });

  test("hears the last word: START after STOP, and somebody else's STOP does not count", async () => {
    const { person, id } = await taken();
    const other = await aPerson(ctx);
    await recordConsent(ctx, { phoneLookup: other.phoneLookup, action: "out", source: "keyword" });
    await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
    await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "in", source: "keyword" });
    expect(await markSubmitting(ctx, { id, ...GATE })).not.toBeNull();
  });

  test("still lets the answer to STOP out", async () => {
    const { person, id } = await taken({ template: "opted_out", lane: 1 });
    await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
    expect(await markSubmitting(ctx, { id, ...GATE })).not.toBeNull();
  });

  test.each([
    ["is paused", { paused_until: later(ctx, 1).now }, false],
    ["was paused", { paused_until: ctx.now }, true],
    ["was put away", { enabled: false }, false],
  ])("sends back what is to leave by a number that %s", async (_how, change, goes) => {
    const sender = await aSender(ctx);
    await sql`update senders set ${sql(change)} where id = ${sender}::uuid`;
    const { id } = await taken({ senderId: sender });
    expect((await markSubmitting(ctx, { id, ...GATE })) !== null).toBe(goes);
    if (goes) return;
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "queued", attempts: 0, notBefore: ctx.now });
    expect(await rest(id)).toMatchObject({ leasedBy: null, doneAt: null });
  });

  test.each([
    ["paused", "queued", HELD_UNTIL],
    ["stopped", "canceled", ctx.now],
    ["sending", "submitting", ctx.now],
  ])("keeps to what became of a text to many: %s", async (state, becomes, notBefore) => {
    const { id } = await taken({ template: "broadcast", lane: 9 });
    const group = await aGroup(ctx);
    const [broadcast] = await sql<{ id: string }[]>`
      insert into broadcasts (id, group_id, author_id, state, created_at, updated_at)
      select gen_random_uuid(), ${group.id}::uuid, person_id, ${state}, now(), now()
      from outbox where id = ${id}::uuid returning id`;
    await sql`update outbox set broadcast_id = ${broadcast!.id}::uuid where id = ${id}::uuid`;
    await markSubmitting(ctx, { id, ...GATE });
    expect(await outboxRow(ctx, id)).toMatchObject({ state: becomes, notBefore });
  });

  test.each([
    [1, 60],
    [5, 45],
    [9, 30],
  ])("in lane %i lets the last one of the day through, and no more", async (lane, most) => {
    const { person, id } = await taken({ lane });
    await sql`insert into text_days (phone_lookup, day, sent) values (${person.phoneLookup}, '2026-03-01', ${most - 1})`;
    expect(await markSubmitting(ctx, { id, ...GATE })).not.toBeNull();
    const next = await anOutboxText(ctx, person.id, { lane, state: "claimed" });
    await sql`update outbox set leased_by = 'w' where id = ${next}::uuid`;
    expect(await markSubmitting(ctx, { id: next, ...GATE })).toBeNull();
    expect(await outboxRow(ctx, next)).toMatchObject({ state: "suppressed", errorCode: "day_cap" });
    const days = await sql`select sent from text_days where phone_lookup = ${person.phoneLookup}`;
    expect(days).toEqual([{ sent: most }]);
  });

  test("counts nobody's texts where limits are off", async () => {
    const { person, id } = await taken({ lane: 9 });
    await sql`insert into text_days (phone_lookup, day, sent) values (${person.phoneLookup}, '2026-03-01', 99)`;
    expect(await markSubmitting({ ...ctx, rateLimits: false }, { id, ...GATE })).not.toBeNull();
  });

  test("keeps back an alert for what nobody needs any more, and no other text about it", async () => {
    const post = await posted(ctx);
    const [event] = await sql<{ id: string }[]>`
      insert into events (type, post_id, at) values ('need.wave', ${post.id}::uuid, now()) returning id`;
    const about = { eventId: Number(event!.id) };
    const open = await taken({ ...about, template: "new_need", lane: 9 });
    expect(await markSubmitting(ctx, { id: open.id, ...GATE })).not.toBeNull();
    await sql`update posts set remaining = 0 where id = ${post.id}::uuid`;
    const [alert, notice] = [
      await taken({ ...about, template: "new_need", lane: 9 }),
      await taken({ ...about, template: "claimed" }),
    ];
    expect(await markSubmitting(ctx, { id: alert.id, ...GATE })).toBeNull();
    expect((await outboxRow(ctx, alert.id)).state).toBe("canceled");
    expect(await markSubmitting(ctx, { id: notice.id, ...GATE })).not.toBeNull();
  });
});

describe("what became of a call", () => {
  async function called(outcome: SendOutcome, given: Parameters<typeof anOutboxText>[2] = {}) {
    const { id, person } = await taken(given);
    const text = (await markSubmitting(ctx, { id, ...GATE }))!;
    const now = later(ctx, 3);
    const settled = await settle(now, text, outcome);
    return { id, person, text, now: now.now, settled };
  }
  const providerSid = "SM0123";

  test.each<[string, SendOutcome, { state: string; http: number | null; over: boolean }]>([
    [
      "accepted",
      { kind: "accepted", sid: `${providerSid}a`, status: "queued" },
      { state: "submitted", http: 201, over: false },
    ],
    [
      "accepted in a new word",
      { kind: "accepted", sid: `${providerSid}b`, status: "new" },
      { state: "submitted", http: 201, over: false },
    ],
    [
      "accepted and sent",
      { kind: "accepted", sid: `${providerSid}c`, status: "sent" },
      { state: "sent", http: 201, over: false },
    ],
    ["busy", { kind: "busy", code: "20429", httpStatus: 429 }, { state: "queued", http: 429, over: false }],
    ["no line", { kind: "busy", code: "ECONNREFUSED" }, { state: "queued", http: null, over: false }],
    ["unknown", { kind: "unknown", code: "500", httpStatus: 500 }, { state: "uncertain", http: 500, over: false }],
    [
      "dead",
      { kind: "rejected", code: "21211", httpStatus: 400, fate: "dead" },
      { state: "dead", http: 400, over: true },
    ],
    [
      "opted out",
      { kind: "rejected", code: "21610", httpStatus: 400, fate: "opted_out" },
      { state: "suppressed", http: 400, over: true },
    ],
    [
      "no sender to pause",
      { kind: "rejected", code: "20003", httpStatus: 401, fate: "pause_sender" },
      { state: "queued", http: 401, over: false },
    ],
  ])("%s: is written down with its evidence", async (_what, outcome, { state, http, over }) => {
    const { id, now, settled, text } = await called(outcome);
    expect(settled).toBe(true);
    const code = outcome.kind === "accepted" ? null : outcome.code;
    const sid = outcome.kind === "accepted" ? outcome.sid : null;
    expect(await outboxRow(ctx, id)).toMatchObject({ state, errorCode: code, sid });
    expect(await rest(id)).toMatchObject({ leasedBy: null, leaseUntil: null, doneAt: over ? now : null });
    expect(await attempts(id)).toMatchObject([
      { endedAt: now, outcome: outcome.kind, errorCode: code, httpStatus: http, sid },
    ]);
    // Said twice, it is once.
    await settle(later(ctx, 9), text, outcome);
    expect(await rest(id)).toMatchObject({ doneAt: over ? now : null });
  });

  test("a status nobody knows counts as queued, one that is known as itself", async () => {
    const unknown = await called({ kind: "accepted", sid: "SM1", status: "new" });
    const known = await called({ kind: "accepted", sid: "SM2", status: "accepted" });
    expect((await rest(unknown.id))["providerStatus"]).toBe("queued");
    expect((await rest(known.id))["providerStatus"]).toBe("accepted");
  });

  test("waits: as long as the provider is busy, ten minutes without a sender, a minute until it is looked up", async () => {
    const busy = await called({ kind: "busy", code: "20429" });
    const wait = (await outboxRow(ctx, busy.id)).notBefore.getTime() - busy.now.getTime();
    expect(wait).toBeGreaterThanOrEqual(1_000);
    expect(wait).toBeLessThanOrEqual(3_000);
    const refused = await called({ kind: "rejected", code: "20003", httpStatus: 401, fate: "pause_sender" });
    expect((await outboxRow(ctx, refused.id)).notBefore).toEqual(later(ctx, 603).now);
    const unknown = await called({ kind: "unknown", code: "x" });
    expect(await outboxRow(ctx, unknown.id)).toMatchObject({ nextCheckAt: later(ctx, 63).now, notBefore: ctx.now });
  });

  test("a sender in trouble is paused, and its text may go by another at once", async () => {
    const senderId = await aSender(ctx);
    const { id } = await called(
      { kind: "rejected", code: "20003", httpStatus: 401, fate: "pause_sender" },
      { senderId },
    );
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "queued", notBefore: ctx.now });
    expect(await senderRow(ctx, senderId)).toMatchObject({ pausedUntil: later(ctx, 603).now, pauseReason: "20003" });
    const dead = await aSender(ctx);
    await called({ kind: "rejected", code: "21211", httpStatus: 400, fate: "dead" }, { senderId: dead });
    expect((await senderRow(ctx, dead)).pausedUntil).toBeNull();
  });

  test("a STOP the provider knows is entered, for this number alone; a dead number is none", async () => {
    const stopped = await called({ kind: "rejected", code: "21610", httpStatus: 400, fate: "opted_out" });
    const dead = await called({ kind: "rejected", code: "21211", httpStatus: 400, fate: "dead" });
    const ledger = async ({ phoneLookup }: { phoneLookup: string }) => [
      ...(await sql`select action, source from consent_events where phone_lookup = ${phoneLookup}`),
    ];
    expect(await ledger(stopped.person)).toEqual([{ action: "out", source: "provider" }]);
    expect(await ledger(dead.person)).toEqual([]);
  });

  test("of an earlier try changes nothing of a later one", async () => {
    const { id, text } = await called({ kind: "busy", code: "20429" });
    await sql`update outbox set state = 'submitting', attempts = 2 where id = ${id}::uuid`;
    expect(await settle(later(ctx, 9), text, { kind: "accepted", sid: "SM3", status: "sent" })).toBe(false);
    expect((await outboxRow(ctx, id)).state).toBe("submitting");
  });

  test("is written beside its own try, not beside another", async () => {
    const { id, text } = await called({ kind: "busy", code: "20429" });
    await sql`insert into outbox_attempts (outbox_id, attempt, worker, started_at) values (${id}::uuid, 2, 'w', now())`;
    await settle(later(ctx, 9), { ...text, attempt: 2 }, { kind: "unknown", code: "500" });
    expect(await attempts(id)).toMatchObject([
      { attempt: 1, outcome: "busy" },
      { attempt: 2, outcome: "unknown" },
    ]);
  });

  test("a second id at the provider is said in the log", async () => {
    const { text } = await called({ kind: "accepted", sid: "SM4", status: "queued" });
    const said: unknown[] = [];
    const heard = { ...ctx, log: { ...ctx.log, error: (...words: unknown[]) => void said.push(words) } };
    await settle(heard, text, { kind: "accepted", sid: "SM4", status: "queued" });
    expect(said).toEqual([]);
    await settle(heard, text, { kind: "accepted", sid: "SM5", status: "queued" });
    expect(said).toEqual([["one text has two ids at the provider", { outboxId: text.id, attempt: 1 }]]);
  });

  test("the wait doubles up to ten minutes, spread by half", () => {
    const spread = (attempt: number) => Array.from({ length: 200 }, () => backoff(attempt));
    for (const [attempt, middle] of [
      [1, 2],
      [3, 8],
      [9, 512],
      [10, 600],
      [30, 600],
    ] as const) {
      const waits = spread(attempt);
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(middle * 0.5);
      expect(Math.max(...waits)).toBeLessThanOrEqual(middle * 1.5);
      expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(middle * 0.6);
    }
  });
});
