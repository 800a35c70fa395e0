import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { checkUncertain } from "#app/notifications/check-uncertain.server.ts";
import type { ListedText, ListTexts } from "#app/sms/sms.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { anOutboxText, later, outboxRow } from "./rows.ts";

/** What becomes of a text of which nobody knows whether it was sent: each step, to the second. */

const ctx = testCtx({ now: new Date("2026-03-01T12:00:00Z") });
const { sql } = ctx.db;
const sid = () => `SM${crypto.randomUUID().replaceAll("-", "")}`;
const finds =
  (...found: ListedText[]): ListTexts =>
  async () =>
    found;
const nothing = finds();

beforeEach(() => sql`delete from outbox`);

/** A text whose first call began at `ctx.now`, and that is to be looked up now. */
async function uncertain(given: { lane?: number; checks?: number; attempts?: number } = {}) {
  const person = await aPerson(ctx);
  const id = await anOutboxText(ctx, person.id, { lane: given.lane ?? 5, body: "hello" });
  await sql`
    update outbox set state = 'uncertain', attempts = ${given.attempts ?? 1}::smallint, checks = ${given.checks ?? 0}::smallint,
      submit_started_at = ${ctx.now}::timestamptz, next_check_at = ${ctx.now}::timestamptz
    where id = ${id}::uuid`;
  return { person, id };
}
const rest = async (id: string) => {
  const [row] = await sql<{ checks: number; doneAt: Date | null; leasedBy: string | null }[]>`
    select checks, done_at as "doneAt", leased_by as "leasedBy" from outbox where id = ${id}::uuid`;
  return row!;
};
const attempt = (id: string, n: number, startedAt: Date, providerSid: string | null = null) => sql`
  insert into outbox_attempts (outbox_id, attempt, worker, started_at, provider_sid)
  values (${id}::uuid, ${n}::int, 'w', ${startedAt}::timestamptz, ${providerSid}::text)`;

describe("without a trace at the provider", () => {
  test("it is looked up again three and ten minutes after the call", async () => {
    const { id } = await uncertain();
    expect(await checkUncertain(later(ctx, 61), { listTexts: nothing })).toBe(1);
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "uncertain", nextCheckAt: later(ctx, 180).now });
    expect(await checkUncertain(later(ctx, 179), { listTexts: nothing })).toBe(0);
    await checkUncertain(later(ctx, 180), { listTexts: nothing });
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "uncertain", nextCheckAt: later(ctx, 600).now });
    expect(await rest(id)).toEqual({ checks: 2, doneAt: null, leasedBy: null });
  });

  test("a check whose time has passed already is done at the next round", async () => {
    const { id } = await uncertain();
    const now = later(ctx, 400);
    await checkUncertain(now, { listTexts: nothing });
    expect((await outboxRow(ctx, id)).nextCheckAt).toEqual(now.now);
  });

  test.each([
    [0, "expired", true],
    [1, "queued", false],
    [5, "queued", false],
    [9, "unknown", true],
  ])("in lane %i it ends as %s", async (lane, state, over) => {
    const { id } = await uncertain({ lane, checks: 2 });
    const now = later(ctx, 601);
    expect(await checkUncertain(now, { listTexts: nothing })).toBe(1);
    expect(await outboxRow(ctx, id)).toMatchObject({ state, nextCheckAt: null });
    expect(await rest(id)).toMatchObject({ doneAt: over ? now.now : null, checks: state === "queued" ? 0 : 3 });
    expect((await outboxRow(ctx, id)).notBefore).toEqual(state === "queued" ? now.now : ctx.now);
  });

  test("other times than ours can be given", async () => {
    const { id } = await uncertain();
    await checkUncertain(ctx, { listTexts: nothing, checkAfterSeconds: [5, 7] });
    expect((await outboxRow(ctx, id)).nextCheckAt).toEqual(later(ctx, 7).now);
    await checkUncertain(later(ctx, 7), { listTexts: nothing, checkAfterSeconds: [5, 7] });
    expect((await outboxRow(ctx, id)).state).toBe("queued");
  });

  test("one that cannot be read, or has no number any more, is given up", async () => {
    const [gone, broken] = [await uncertain(), await uncertain()];
    await sql`update people set phone_sealed = null where id = ${gone.person.id}::uuid`;
    await sql`update outbox set body_sealed = null where id = ${broken.id}::uuid`;
    await checkUncertain(ctx, { listTexts: () => Promise.reject(new Error("not to be asked")) });
    for (const { id } of [gone, broken]) expect((await outboxRow(ctx, id)).state).toBe("unknown");
  });
});

describe("what the provider knows", () => {
  test("is asked by number, from the first call on", async () => {
    const { person, id } = await uncertain({ attempts: 2 });
    await attempt(id, 1, later(ctx, -900).now);
    await attempt(id, 2, ctx.now);
    const asked: unknown[] = [];
    await checkUncertain(ctx, { listTexts: async (query) => (asked.push(query), []) });
    expect(asked).toEqual([{ to: person.phone, since: later(ctx, -900).now }]);
  });

  test("is asked from this call on where no other is on record", async () => {
    const { person } = await uncertain();
    const asked: unknown[] = [];
    await checkUncertain(later(ctx, 1), { listTexts: async (query) => (asked.push(query), []) });
    expect(asked).toEqual([{ to: person.phone, since: ctx.now }]);
  });

  test.each([
    ["sent", "sent", 4, false],
    ["delivered", "delivered", 5, true],
    ["failed", "failed", 5, true],
  ])("settles it: %s", async (status, state, rank, over) => {
    const { id } = await uncertain();
    const message = { sid: sid(), body: "hello", status, createdAt: ctx.now };
    expect(await checkUncertain(ctx, { listTexts: finds(message) })).toBe(1);
    expect(await outboxRow(ctx, id)).toMatchObject({ state, rank, sid: message.sid, nextCheckAt: null });
    expect((await rest(id)).doneAt).toEqual(over ? ctx.now : null);
  });

  test("counts only with the very words, and when no other text has it", async () => {
    const [one, other] = [await uncertain(), await uncertain()];
    const [owned, tried, free] = [sid(), sid(), sid()];
    await sql`update outbox set state = 'sent', provider_sid = ${owned} where id = ${other.id}::uuid`;
    await attempt(other.id, 1, ctx.now, tried);
    const message = (of: string, body = "hello") => ({ sid: of, body, status: "sent", createdAt: ctx.now });
    await checkUncertain(ctx, { listTexts: finds(message(owned), message(tried), message(free, "hello!")) });
    expect(await outboxRow(ctx, one.id)).toMatchObject({ state: "uncertain", sid: null });
    await checkUncertain(later(ctx, 181), { listTexts: finds(message(tried), message(free)) });
    expect(await outboxRow(ctx, one.id)).toMatchObject({ state: "sent", sid: free });
  });

  test("may be what an earlier call of this very text made", async () => {
    const { id } = await uncertain({ attempts: 2 });
    const own = sid();
    await attempt(id, 1, ctx.now, own);
    await checkUncertain(ctx, { listTexts: finds({ sid: own, body: "hello", status: "sent", createdAt: ctx.now }) });
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "sent", sid: own });
  });

  test("changes nothing where a report was faster", async () => {
    const { id } = await uncertain();
    const listTexts = async () => {
      await sql`update outbox set state = 'delivered' where id = ${id}::uuid`;
      return [{ sid: sid(), body: "hello", status: "sent", createdAt: ctx.now }];
    };
    expect(await checkUncertain(ctx, { listTexts })).toBe(0);
    expect(await outboxRow(ctx, id)).toMatchObject({ state: "delivered", sid: null });
  });

  test("can be out of reach for one and known for another; the log says of which", async () => {
    const [one, other] = [await uncertain(), await uncertain()];
    const said: unknown[] = [];
    const heard: Ctx = {
      ...ctx,
      log: { ...ctx.log, warn: (what, fields) => void said.push([what, fields?.outboxId]) },
    };
    const listTexts: ListTexts = async ({ to }) => {
      if (to === one.person.phone) throw new Error("away");
      return [{ sid: sid(), body: "hello", status: "sent", createdAt: ctx.now }];
    };
    expect(await checkUncertain(heard, { listTexts })).toBe(1);
    expect(await outboxRow(ctx, one.id)).toMatchObject({ state: "uncertain", nextCheckAt: later(ctx, 60).now });
    expect((await outboxRow(ctx, other.id)).state).toBe("sent");
    expect(said).toEqual([["a text could not be looked up", one.id]]);
  });
});

describe("leases", () => {
  const leased = async (state: "claimed" | "submitting", until: Date) => {
    const id = await anOutboxText(ctx, (await aPerson(ctx)).id, { notBefore: later(ctx, 9999).now });
    await sql`
      update outbox set state = ${state}, leased_by = 'w', lease_until = ${until}::timestamptz, attempts = 1,
        submit_started_at = ${ctx.now}::timestamptz
      where id = ${id}::uuid`;
    return id;
  };

  test("that are over are ended, others are left alone", async () => {
    const over = [await leased("claimed", later(ctx, -1).now), await leased("submitting", later(ctx, -1).now)];
    const held = [await leased("claimed", later(ctx, 1).now), await leased("submitting", later(ctx, 1).now)];
    const sent = await leased("submitting", later(ctx, -1).now);
    await sql`update outbox set state = 'sent' where id = ${sent}::uuid`;
    expect(await checkUncertain(ctx, { listTexts: nothing })).toBe(2);
    const of = (ids: string[]) =>
      Promise.all(ids.map(async (id) => [(await outboxRow(ctx, id)).state, (await rest(id)).leasedBy]));
    expect(await of(over)).toEqual([
      ["queued", null],
      ["uncertain", null],
    ]);
    expect(await of(held)).toEqual([
      ["claimed", "w"],
      ["submitting", "w"],
    ]);
    expect((await outboxRow(ctx, sent)).state).toBe("sent");
    expect((await outboxRow(ctx, over[0]!)).nextCheckAt).toBeNull();
    expect((await outboxRow(ctx, over[1]!)).nextCheckAt).toEqual(later(ctx, 60).now);
    expect((await rest(over[0]!)).doneAt).toBeNull();
  });

  test("what waited past its time expires, unless it is held for later or taken", async () => {
    const person = await aPerson(ctx);
    const late = await anOutboxText(ctx, person.id, { expiresAt: ctx.now });
    const held = await anOutboxText(ctx, person.id, { expiresAt: ctx.now, notBefore: later(ctx, 1).now });
    const fresh = await anOutboxText(ctx, person.id, { expiresAt: later(ctx, 1).now });
    const sent = await anOutboxText(ctx, person.id, { expiresAt: ctx.now, state: "sent" });
    expect(await checkUncertain(ctx, { listTexts: nothing })).toBe(1);
    const states = await Promise.all([late, held, fresh, sent].map(async (id) => (await outboxRow(ctx, id)).state));
    expect(states).toEqual(["expired", "queued", "queued", "sent"]);
    expect((await rest(late)).doneAt).toEqual(ctx.now);
  });
});
