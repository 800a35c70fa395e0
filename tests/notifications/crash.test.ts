import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { newId } from "#app/core/ids.server.ts";
import { recordDeliveryReport } from "#app/notifications/delivery-report.server.ts";
import { aPerson } from "#tests/factories.ts";
import { ACCOUNT, startTwilio, TOKEN } from "#tests/mocks/twilio.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";

const TEXTS = 500;
const WORKERS = 3;
const KILLS = 10;
const SCRIPT = fileURLToPath(new URL("./crash-worker.ts", import.meta.url));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("workers are killed again and again, the provider fails in every way: nothing is lost, nothing is sent twice", async () => {
  const ctx = testCtx();
  const twilio = await startTwilio(
    {
      reportEveryMs: 200,
      faults: {
        latencyMs: 250,
        tooMany: 0.05,
        errorBefore: 0.03,
        errorAfter: 0.03,
        dropReply: 0.03,
        late: 0.02,
        lateMs: 2_500,
        fate: "silent",
      },
    },
    (app) =>
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
  const ids = await queue(TEXTS);
  const workers = new Set<ChildProcess>();
  for (let n = 0; n < WORKERS; n += 1) workers.add(await startWorker(twilio.url));

  let kills = 0;
  const started = Date.now();
  while ((await open(ids)) > 0 && Date.now() - started < 50_000) {
    if (kills < KILLS) {
      const [victim] = workers;
      victim!.kill("SIGKILL");
      workers.delete(victim!);
      kills += 1;
      workers.add(await startWorker(twilio.url));
    } else twilio.simulator.faults.fate = "delivered";
    await sleep(300);
  }
  const took = Date.now() - started;
  await Promise.all([...workers].map(stopWorker));

  const counts = new Map<string, number>();
  for (const { body } of twilio.simulator.list({ to: null, from: null })) counts.set(body, (counts.get(body) ?? 0) + 1);
  const lost = ids.filter((id) => !counts.has(`text ${id}`));
  const twice = ids.filter((id) => (counts.get(`text ${id}`) ?? 0) > 1);
  const [attempts] = await ctx.db.sql<{ cut: number; unknown: number; busy: number; reconciled: number }[]>`
    select count(*) filter (where a.ended_at is null)::int as cut,
      count(*) filter (where a.outcome = 'unknown')::int as unknown,
      count(*) filter (where a.outcome = 'busy')::int as busy,
      count(*) filter (where o.checks > 0)::int as reconciled
    from outbox_attempts a join outbox o on o.id = a.outbox_id where o.id = any(${ids}::uuid[])`;
  await twilio.stop();
  process.stdout.write(
    `crash test: ${JSON.stringify({ TEXTS, kills, ms: took, lost: lost.length, twice: twice.length, ...attempts })}\n`,
  );

  expect({ lost, twice }).toEqual({ lost: [], twice: [] });
  expect(await open(ids)).toBe(0);
  // On a busy machine a new worker takes longer to start than the texts take to drain.
  expect(kills).toBeGreaterThanOrEqual(3);
  expect(attempts!.unknown + attempts!.cut).toBeGreaterThan(0);

  async function queue(count: number): Promise<string[]> {
    const people = await Promise.all(Array.from({ length: 50 }, () => aPerson(ctx)));
    const rows = Array.from({ length: count }, (_, n) => {
      const id = newId(ctx.now);
      return {
        id,
        person: people[n % people.length]!.id,
        body: ctx.seal.seal(`text ${id}`, { table: "outbox", column: "body_sealed", row: id }),
      };
    });
    await ctx.db.sql`
      insert into outbox (id, dedupe_key, person_id, template, lane, body_sealed, not_before, expires_at, created_at, updated_at)
      select id, 'crash:' || id, person, 'claimed', 5, body, ${ctx.now}::timestamptz,
        ${ctx.now}::timestamptz + interval '1 hour', ${ctx.now}::timestamptz, ${ctx.now}::timestamptz
      from jsonb_to_recordset(${ctx.db.sql.json(rows)}) as r(id uuid, person uuid, body text)`;
    return rows.map(({ id }) => id);
  }

  async function open(of: string[]): Promise<number> {
    const [row] = await ctx.db.sql<{ n: number }[]>`
      select count(*)::int as n from outbox
      where id = any(${of}::uuid[]) and state not in ('submitted', 'sent', 'delivered')`;
    return row!.n;
  }
}, 90_000);

async function startWorker(url: string): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ["--import", "tsx", SCRIPT], {
    env: {
      ...process.env,
      DATABASE_URL: testDatabaseUrl(),
      DATA_KEY: Buffer.alloc(32, 7).toString("base64"),
      TWILIO_URL: url,
      ACCOUNT,
      TOKEN,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  worker.removeAllListeners("exit");
  return worker;
}

async function stopWorker(worker: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill("SIGTERM");
  await ended;
}
