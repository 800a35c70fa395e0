import { expect, test } from "vitest";
import { aPerson } from "#tests/factories.ts";
import { startTwilio } from "#tests/mocks/twilio.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aHeap, anOutboxText, aSender, senderRow } from "./rows.ts";
import { startWorkers, stopWorkers } from "./worker-processes.ts";

const RATE = 20;
const BURST = 10;
const WAITING = 20_000;
const SECONDS = 20;
const REPLIES = 10;

const ctx = testCtx();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("two processes share a sender of 20 segments a second, and a reply passes 20,000 waiting alerts", async () => {
  const sender = await aSender(ctx, { rate: RATE, burst: BURST });
  await noteTakes();
  const people = await Promise.all(Array.from({ length: 200 }, () => aPerson(ctx)));
  await aHeap(ctx, people, WAITING);
  const arrived = new Map<string, number>();
  const twilio = await startTwilio({ faults: { fate: "silent", latencyMs: 50 } }, (app) =>
    app.use((req, _res, next) => {
      const id = /^text (.*)$/.exec(new URLSearchParams(String(req.body)).get("Body") ?? "")?.[1];
      if (id) arrived.set(id, Date.now());
      next();
    }),
  );
  // They look for work by themselves once a second, as in production; nobody rings for the replies.
  await startWorkers(2, twilio.url, { pollMs: 1_000, timeoutMs: 15_000, leaseSeconds: 30 });
  while (arrived.size === 0) await sleep(20);
  const began = Date.now();

  const waits: number[] = [];
  for (let n = 0; n < REPLIES; n += 1) {
    await sleep((SECONDS * 1000 * (n + 0.5)) / REPLIES - (Date.now() - began));
    const now = new Date();
    const id = await anOutboxText({ ...ctx, now }, people[n]!.id, { lane: 1, template: "reply" });
    const committed = Date.now();
    while (!arrived.has(id) && Date.now() - committed < 10_000) await sleep(10);
    waits.push((arrived.get(id) ?? Infinity) - committed);
  }
  await sleep(SECONDS * 1000 - (Date.now() - began));
  await stopWorkers();
  await twilio.stop();

  const times = [...arrived.values()].toSorted((a, b) => a - b);
  const [first, last] = [times[0]!, times.at(-1)!];
  // The first second is the burst; after it the bucket is as full as it gets.
  const steady = times.filter((at) => at >= first + 1_000);
  const average = steady.length / ((last - first) / 1000 - 1);
  const slack = Math.ceil(RATE * (await spreadOfLag(arrived)));
  const figures = {
    rate: RATE,
    burst: BURST,
    arrived: times.length,
    busiestSecondTaken: busiest(await takes()),
    allowed: RATE + BURST,
    busiestSecondArrived: busiest(times),
    slack,
    average: Number(average.toFixed(2)),
    replyMs: { p50: at(waits, 0.5), max: at(waits, 1) },
  };
  process.stdout.write(`rate: ${JSON.stringify(figures)}\n`);
  expect(figures.busiestSecondTaken).toBeLessThanOrEqual(RATE + BURST);
  expect(figures.busiestSecondArrived).toBeLessThanOrEqual(RATE + BURST + slack);
  expect(average).toBeGreaterThan(0.9 * RATE);
  expect(average).toBeLessThan(1.05 * RATE);
  expect(figures.replyMs.max).toBeLessThanOrEqual(2_000);
  // What was counted against the day is what was taken.
  const [taken] = await ctx.db.sql<{ n: number }[]>`select count(*)::int as n from outbox where state <> 'queued'`;
  expect((await senderRow(ctx, sender)).sentToday).toBe(taken!.n);
}, 120_000);

/** The most that arrived within any 1,000 ms. */
function busiest(times: number[]): number {
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to += 1) {
    while (times[to]! - times[from]! >= 1_000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** Has the database note each time the bucket gave something, by the bucket's own clock, and each text that was taken. */
async function noteTakes(): Promise<void> {
  await ctx.db.sql`create table given_out (at timestamptz, n int)`;
  await ctx.db.sql`create table taken (id uuid, at timestamptz)`;
  await ctx.db.sql`create function note_given() returns trigger language plpgsql as $$ begin
    insert into given_out values (new.refilled_at, new.sent_today - old.sent_today); return new; end $$`;
  await ctx.db.sql`create function note_taken() returns trigger language plpgsql as $$ begin
    insert into taken values (new.id, clock_timestamp()); return new; end $$`;
  await ctx.db
    .sql`create trigger given after update of sent_today on senders for each row execute function note_given()`;
  await ctx.db.sql`create trigger taken after update of state on outbox for each row
    when (new.state = 'claimed') execute function note_taken()`;
}

async function takes(): Promise<number[]> {
  const rows = await ctx.db.sql<{ at: Date; n: number }[]>`select at, n from given_out order by at`;
  return rows.flatMap(({ at, n }) => Array.from({ length: n }, () => at.getTime()));
}

/**
 * Seconds between the quickest and the slowest text on its way from the database to us. What was taken evenly may arrive
 * bunched up by so much, on a machine that is busy with other things: the honest slack of a measurement at arrival.
 */
async function spreadOfLag(arrived: Map<string, number>): Promise<number> {
  const rows = await ctx.db.sql<{ id: string; at: Date }[]>`select id, at from taken`;
  const lags = rows.flatMap(({ id, at: taken }) => (arrived.has(id) ? [arrived.get(id)! - taken.getTime()] : []));
  return (Math.max(...lags) - Math.min(...lags)) / 1000;
}

const at = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;
