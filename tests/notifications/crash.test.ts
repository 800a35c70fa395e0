import { expect, test } from "vitest";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import type { Faults } from "#app/sms/simulator/message.ts";
import { aPerson } from "#tests/factories.ts";
import { startTwilio } from "#tests/mocks/twilio.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aHeap, aSender, senderRow } from "./rows.ts";
import { underFire } from "./worker-processes.ts";

/** Fewer by `CRASH_TEXTS`, for a quick look. */
const TEXTS = Number(process.env["CRASH_TEXTS"] ?? 3_000);
const NAIVE_TEXTS = 600;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const FAULTS: Partial<Faults> = {
  latencyMs: 250,
  tooMany: 0.05,
  errorBefore: 0.03,
  errorAfter: 0.03,
  dropReply: 0.03,
  late: 0.01,
  lateMs: 4_500,
};
const ctx = testCtx();

/** The provider that fails in every way, with the hook it reports to. */
const failingTwilio = () =>
  startTwilio({ reportEveryMs: 200, maxMessages: 2 * TEXTS, faults: { ...FAULTS, fate: "silent" } }, (app) =>
    app.post("/hooks/twilio/status", async (req, res) => {
      const params = new URLSearchParams(String(req.body));
      await recordDeliveryReport(testCtx(), {
        providerSid: params.get("MessageSid")!,
        outboxId: String(req.query["m"]),
        status: params.get("MessageStatus")!,
        errorCode: null,
      });
      res.sendStatus(204);
    }),
  );

test("3,000 texts, three workers, one killed every second, the provider fails in every way: nothing is lost, nothing is sent twice", async () => {
  const sender = await aSender(ctx, { rate: 500, burst: 250 });
  const twilio = await failingTwilio();
  const ids = await heap(TEXTS);
  const fire = await underFire(twilio.url);
  const started = Date.now();
  while ((await open(ids)) > 0 && Date.now() - started < 300_000) {
    // Reports come for the second half only: the first must be found by looking.
    if ((await open(ids)) < TEXTS / 2) twilio.simulator.faults.fate = "delivered";
    await sleep(300);
  }
  const ms = Date.now() - started;
  await fire.stop();
  const { lost, twice } = lostAndTwice(twilio.simulator.list({ to: null, from: null }), ids);
  const attempts = await evidence(ids);
  await twilio.stop();
  process.stdout.write(
    `crash test: ${JSON.stringify({ TEXTS, kills: fire.kills(), ms, lost: lost.length, twice: twice.length, unsettled: await open(ids), ...attempts })}\n`,
  );

  expect({ lost, twice }).toEqual({ lost: [], twice: [] });
  expect(await open(ids)).toBe(0);
  expect(fire.kills()).toBeGreaterThanOrEqual(8);
  expect(attempts.cut).toBeGreaterThan(0);
  expect(attempts.unknown).toBeGreaterThan(0);
  expect((await senderRow(ctx, sender)).sentToday).toBeGreaterThanOrEqual(TEXTS);
}, 330_000);

test("the same with the `submitting` step removed sends twice: the test above can fail", async () => {
  const twilio = await failingTwilio();
  const ids = await heap(NAIVE_TEXTS);
  const fire = await underFire(twilio.url, { naive: true });
  const started = Date.now();
  while ((await open(ids)) > 0 && Date.now() - started < 60_000) await sleep(300);
  await fire.stop();
  const { lost, twice } = lostAndTwice(twilio.simulator.list({ to: null, from: null }), ids);
  await twilio.stop();
  process.stdout.write(
    `crash test without submitting: ${JSON.stringify({ texts: NAIVE_TEXTS, kills: fire.kills(), lost: lost.length, twice: twice.length })}\n`,
  );
  expect(twice.length).toBeGreaterThan(0);
}, 120_000);

async function heap(count: number): Promise<string[]> {
  const people = await Promise.all(Array.from({ length: 100 }, () => aPerson(ctx)));
  return aHeap(ctx, people, count, { lane: 5, template: "claimed" });
}

async function open(ids: string[]): Promise<number> {
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from outbox
    where id = any(${ids}::uuid[]) and state not in ('submitted', 'sent', 'delivered')`;
  return row!.n;
}

function lostAndTwice(accepted: { body: string }[], ids: string[]) {
  const counts = new Map<string, number>();
  for (const { body } of accepted) counts.set(body, (counts.get(body) ?? 0) + 1);
  return {
    lost: ids.filter((id) => !counts.has(`text ${id}`)),
    twice: ids.filter((id) => (counts.get(`text ${id}`) ?? 0) > 1),
  };
}

/** `cut`: calls whose worker died before it knew. `reconciled`: texts whose id at the provider came
 * from a report or from looking, not from a call. */
async function evidence(ids: string[]) {
  const [row] = await ctx.db.sql<{ cut: number; unknown: number; busy: number; reconciled: number }[]>`
    select count(*) filter (where a.ended_at is null)::int as cut,
      count(*) filter (where a.outcome = 'unknown')::int as unknown,
      count(*) filter (where a.outcome = 'busy')::int as busy,
      count(distinct o.id) filter (where o.provider_sid is not null and not exists (select from outbox_attempts told
        where told.outbox_id = o.id and told.provider_sid = o.provider_sid))::int as reconciled
    from outbox_attempts a join outbox o on o.id = a.outbox_id where o.id = any(${ids}::uuid[])`;
  return row!;
}
