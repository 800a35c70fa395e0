import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { deliver, newPace, type Delivering } from "#app/notifications/deliver.server.ts";
import type { OutgoingText, SendOutcome } from "#app/sms/sms.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aHeap, anOutboxText, aSender, later, outboxRow } from "./rows.ts";

/** How many calls run at once, what slows them down, and when a run ends. */

const ctx = testCtx({ now: new Date("2026-03-01T12:00:00Z"), rateLimits: false });
const { sql } = ctx.db;
const taken = (): SendOutcome => ({ kind: "accepted", sid: `SM${crypto.randomUUID()}`, status: "queued" });
const refused: SendOutcome = { kind: "rejected", code: "20003", httpStatus: 401, fate: "pause_sender" };

beforeEach(async () => {
  await sql`delete from senders`;
  await sql`delete from outbox`;
});

/** Runs once, and says what was sent and how many calls ran at once. @param together so many wait for each other. */
async function run(
  of: Ctx,
  outcome: (text: OutgoingText) => SendOutcome,
  given: Partial<Delivering> = {},
  together = 1,
) {
  const calls: OutgoingText[] = [];
  let [now, most] = [0, 0];
  const deadline = Date.now() + 5_000;
  const sent = await deliver(of, {
    worker: "w",
    async sendSms(text) {
      calls.push(text);
      most = Math.max(most, ++now);
      while (most < together && Date.now() < deadline) await pause(5);
      await pause(together > 1 ? 50 : 2);
      now -= 1;
      return outcome(text);
    },
    ...given,
  });
  return { calls, most, sent };
}
const texts = async (count: number, given: Parameters<typeof anOutboxText>[2] = {}) => {
  const person = await aPerson(ctx);
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push(await anOutboxText(ctx, person.id, given));
  return { person, ids };
};

describe("one call", () => {
  test("is handed what was opened, and for how long it is worth trying", async () => {
    const { person, ids } = await texts(1, { body: "hello" });
    const { calls } = await run(ctx, taken);
    expect(calls).toEqual([
      { to: person.phone, body: "hello", from: null, outboxId: ids[0], attempt: 1, validitySeconds: 3570 },
    ]);
  });

  test("that breaks may have been sent: it is looked up, by the name of what broke", async () => {
    const { ids } = await texts(1);
    await run(ctx, () => {
      throw new TypeError("socket");
    });
    expect(await outboxRow(ctx, ids[0]!)).toMatchObject({ state: "uncertain", errorCode: "TypeError" });
    const { ids: others } = await texts(1);
    await run(ctx, () => {
      throw "words"; // oxlint-disable-line no-throw-literal
    });
    expect(await outboxRow(ctx, others[0]!)).toMatchObject({ state: "uncertain", errorCode: "unknown" });
  });

  test("is not made for a text that does not open; the log says which", async () => {
    const { ids } = await texts(1);
    await sql`update outbox set body_sealed = null where id = ${ids[0]!}::uuid`;
    const said: unknown[] = [];
    const heard = { ...ctx, log: { ...ctx.log, error: (what: string, f?: object) => void said.push([what, f]) } };
    const { calls } = await run(heard, taken);
    expect(calls).toEqual([]);
    expect(await outboxRow(ctx, ids[0]!)).toMatchObject({ state: "dead", errorCode: "sealed" });
    expect(said).toMatchObject([["a text does not open", { outboxId: ids[0], errorName: "SealBroken" }]]);
  });

  test("is looked up when its worker wants, and leased for as long as it says", async () => {
    const { ids } = await texts(1);
    let until: unknown;
    await run(ctx, () => ({ kind: "unknown", code: "x" }), {
      checkAfterSeconds: [7],
      submitSeconds: 9,
      async sendSms() {
        const [row] = await sql`select lease_until from outbox where id = ${ids[0]!}::uuid`;
        until = row!["lease_until"];
        return { kind: "unknown", code: "x" };
      },
    });
    expect(until).toEqual(later(ctx, 9).now);
    expect((await outboxRow(ctx, ids[0]!)).nextCheckAt).toEqual(later(ctx, 7).now);
  });
});

describe("a run", () => {
  test("counts what was sent, not what the gate kept", async () => {
    await texts(3);
    await texts(2, { expiresAt: ctx.now });
    expect((await run(ctx, taken)).sent).toBe(3);
    expect((await run(ctx, taken)).sent).toBe(0);
  });

  test("makes no more calls at once than it may, and begins anew as they end", async () => {
    await texts(9);
    const { most, sent } = await run(ctx, taken, { concurrency: 4 }, 4);
    expect([most, sent]).toEqual([4, 9]);
  });

  test("begins nothing once it is told to end", async () => {
    await texts(2);
    expect((await run(ctx, taken, { signal: AbortSignal.abort() })).sent).toBe(0);
    const controller = new AbortController();
    const { sent } = await run(ctx, () => (controller.abort(), taken()), { signal: controller.signal, concurrency: 1 });
    expect(sent).toBe(1);
  });

  test("ends with what went wrong in the database, after what was under way", async () => {
    await texts(1);
    const broken = Object.assign(Object.create(ctx.db) as Ctx["db"], {
      sql: Object.assign(
        (parts: TemplateStringsArray, ...values: never[]) => {
          if (parts.some((part) => part.includes("outbox_attempts"))) return Promise.reject(new Error("gone"));
          return sql(parts, ...values);
        },
        { json: sql.json },
      ),
    });
    await expect(run({ ...ctx, db: broken }, taken)).rejects.toThrow("gone");
  });

  test("leaves a tenth of its places to others than alerts to many", async () => {
    await aSender(ctx, { rate: 1000, burst: 1000 });
    const person = await aPerson(ctx);
    await aHeap(ctx, [person], 40);
    expect((await run(ctx, taken, { pace: newPace(20) }, 18)).most).toBe(18);
    await aHeap(ctx, [person], 40, { lane: 5, template: "claimed" });
    expect((await run(ctx, taken, { pace: newPace(20) }, 20)).most).toBe(20);
  });
});

describe("the pace", () => {
  test("halves where the provider is busy, never to nothing, and comes back by one for each that is taken", async () => {
    const pace = newPace(8);
    await texts(1);
    const busy = (): SendOutcome => ({ kind: "busy", code: "20429" });
    await run(ctx, busy, { pace });
    expect(pace.now).toBe(4);
    await texts(3);
    await run(ctx, busy, { pace });
    expect(pace.now).toBe(1);
    await texts(5);
    await run(ctx, taken, { pace });
    expect(pace.now).toBe(6);
    await texts(5);
    await run(ctx, taken, { pace });
    expect(pace.now).toBe(8);
    await texts(1);
    await run(ctx, () => ({ kind: "unknown", code: "x" }), { pace });
    expect(pace.now).toBe(8);
  });

  test("stops for a minute where nothing may be sent and no sender can be paused; the log says so", async () => {
    const pace = newPace(1);
    await texts(2);
    const said: unknown[] = [];
    const heard = { ...ctx, log: { ...ctx.log, error: (...words: unknown[]) => void said.push(words) } };
    expect((await run(heard, () => refused, { pace })).calls).toHaveLength(1);
    expect(pace.pausedUntil).toBe(later(ctx, 60).now.getTime());
    expect(said).toEqual([["the provider refuses our sender or account; texts wait", { errorCode: "20003" }]]);
    expect((await run(later(ctx, 59), taken, { pace })).sent).toBe(0);
    expect((await run(later(ctx, 60), taken, { pace })).sent).toBe(1);
  });

  test("goes on by the other senders where one is refused", async () => {
    const pace = newPace(1);
    await aSender(ctx, { rate: 100, burst: 100, address: "+15550100101" });
    await aSender(ctx, { rate: 100, burst: 100, address: "+15550100102" }, true);
    await texts(3);
    const { calls } = await run(ctx, ({ from }) => (from === "+15550100101" ? refused : taken()), { pace });
    expect(pace.pausedUntil).toBe(0);
    expect(calls.map(({ from }) => from).toSorted()).toEqual(["+15550100101", "+15550100102", "+15550100102"]);
  });

  test("asks another sender first each time", async () => {
    const pace = newPace(1);
    await aSender(ctx, { rate: 100, burst: 100, address: "+15550100101" });
    await aSender(ctx, { rate: 100, burst: 100, address: "+15550100102" }, true);
    await texts(6);
    const { calls } = await run(ctx, taken, { pace });
    expect(new Set(calls.map(({ from }) => from)).size).toBe(2);
    expect(pace.turn).toBeGreaterThanOrEqual(6);
  });
});

describe("where tokens are missing", () => {
  /** One text goes, the next waits for its token. */
  async function waits(rate: number, wake = true) {
    await aSender(ctx, { rate, burst: 1 });
    await texts(2);
    const asked: number[] = [];
    const controller = new AbortController();
    const { sent } = await run(ctx, taken, {
      signal: controller.signal,
      ...(wake ? { wake: async (ms: number) => (asked.push(ms), await pause(20), controller.abort()) } : {}),
    });
    return { sent, asked: [...new Set(asked)] };
  }

  test.each([
    [2, 500],
    [4, 250],
    [100, 50],
  ])("at %i a second a long run sleeps %i ms", async (rate, ms) => {
    const { sent, asked } = await waits(rate);
    expect(sent).toBe(1);
    expect(asked).toContain(ms);
  });

  test("more than a second away is for the next run, and without sleep so is everything", async () => {
    expect((await waits(0.4)).sent).toBe(1);
    expect(await waits(2, false)).toEqual({ sent: 1, asked: [] });
  });
});
