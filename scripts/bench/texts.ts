import { createServer } from "node:http";
import express from "express";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { insertTexts, owedText, type OwedText } from "#app/notifications/owed-texts.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { providerOf } from "#app/sms/provider.server.ts";
import { simulatorApi } from "#app/sms/simulator/router.server.ts";
import { Simulator } from "#app/sms/simulator/simulator.server.ts";
import { connectTwilio } from "#app/sms/twilio.server.ts";
import { aNeed } from "./claims.ts";
import { benchHooks } from "./hooks.ts";
import { drive, figures, type Line } from "./measure.ts";
import { freePort, SESSION_SECRET, type BenchWorld, type Neighbourhood } from "./world.ts";

const LATENCY_MS = 100;
/** Calls a worker keeps in flight unless told otherwise. */
const IN_FLIGHT = 20;
const SINGLE = 60;
const DRAINED = 2_000;
const ENQUEUED = 20_000;
const PORTION = 5_000;
/** What one of our numbers may send is not what is measured here. */
const UNHURRIED = { SMS_RATE: "1000", SMS_BURST: "1000" };

/** Texts in, and texts out: written, from the commit to the provider one at a time, and a heap of them drained. */
export async function benchTexts(world: BenchWorld, hood: Neighbourhood): Promise<Line[]> {
  const provider = await startProvider();
  const people = await reachable(world, 500);
  try {
    return [
      ...(await benchHooks(world)),
      await benchEnqueue(world, people),
      await benchWait(world, hood, provider),
      ...(await benchDrain(world, people, provider)),
    ];
  } finally {
    provider.stop();
  }
}

type Provider = Awaited<ReturnType<typeof startProvider>>;

/** People who have a number. */
async function reachable(world: BenchWorld, count: number): Promise<string[]> {
  const { seal } = world.ctx();
  const rows = Array.from({ length: count }, (_, n) => {
    const id = crypto.randomUUID();
    const phone = `+1555${String(3_000_000 + n)}`;
    const sealed = seal.seal(phone, { table: "people", column: "phone_sealed", row: id });
    return { id, sealed, lookup: seal.lookup("phone", phone) };
  });
  await world.db.sql`
    insert into people (id, phone_sealed, phone_lookup, locale, verified_at, created_at)
    select id, sealed, lookup, 'en', now(), now()
    from jsonb_to_recordset(${world.db.sql.json(rows)}) as r(id uuid, sealed text, lookup text)`;
  return rows.map(({ id }) => id);
}

function texts(world: BenchWorld, people: string[], count: number): OwedText[] {
  const reader = { timeZone: "UTC", quietFrom: 0, quietTo: 0 };
  const body = "Ana needs: Hot meals for 6 people, 18:00, Maple Park. Reply CLAIM 4F2K to help.";
  return Array.from({ length: count }, (_, n) => ({
    ...owedText(world.ctx(), {
      dedupeKey: crypto.randomUUID(),
      template: "new_need",
      reader: { id: people[n % people.length]!, ...reader },
      body,
    }),
    // Not held by the limit of a kind an hour.
    lane: 1,
  }));
}

/** Rows through `insertTexts`, made and sealed in the time; beside the bare insert of as many rows. */
async function benchEnqueue(world: BenchWorld, people: string[]): Promise<Line> {
  const began = performance.now();
  for (let n = 0; n < ENQUEUED; n += PORTION) await insertTexts(world.ctx(), texts(world, people, PORTION));
  const ours = ENQUEUED / ((performance.now() - began) / 1000);
  const bare = performance.now();
  for (let n = 0; n < ENQUEUED; n += PORTION) {
    await world.db.sql`
      insert into outbox (id, dedupe_key, person_id, template, lane, body_sealed, not_before, expires_at, created_at, updated_at)
      select gen_random_uuid(), gen_random_uuid()::text, ${people[0]!}::uuid, 'floor', 5, repeat('x', 180), now(),
        now() + interval '1 hour', now(), now() from generate_series(1, ${PORTION}::int)`;
  }
  const floor = ENQUEUED / ((performance.now() - bare) / 1000);
  await world.db.sql`delete from outbox`;
  return {
    area: "texts",
    what: `${ENQUEUED.toLocaleString("en")} texts written, ${PORTION.toLocaleString("en")} at a time`,
    value: `${ours.toFixed(0)}/s`,
    floor: `${floor.toFixed(0)}/s: bare insert`,
    ratio: ours / floor,
    note: "goal: 5,000/s",
  };
}

/** From the commit of a need to the call about its receipt: event, fan-out, outbox, sender; one at a time. */
async function benchWait(
  world: BenchWorld,
  { groupIds, categoryIds }: Neighbourhood,
  provider: Provider,
): Promise<Line> {
  const [category] = await world.db.sql<{ id: string; group_id: string }[]>`
    select id, group_id from categories where id = ${categoryIds[0]!} and group_id = any(${groupIds}::uuid[])`;
  const worker = await world.run("worker", { TWILIO_API_BASE_URL: provider.url, ...UNHURRIED });
  const waits: number[] = [];
  for (let turn = -1; turn < SINGLE; turn++) {
    const phone = `+1555${String(2_000_000 + turn + 1)}`;
    await publishPost(
      { ...world.ctx(), person: null },
      { ...aNeed(category!.group_id, category!.id, 4), contact: { name: null, phone, email: null } },
    );
    const committed = performance.now();
    notifyWorker(world.db);
    await provider.until(() => provider.arrived.has(phone));
    // The first waits for the worker to start.
    if (turn >= 0) waits.push(provider.arrived.get(phone)! - committed);
  }
  await ended(worker.child);
  const wait = figures(waits, 1);
  return {
    area: "texts",
    what: "event committed, then handed to the provider",
    value: `p50 ${wait.p50.toFixed(0)}  p95 ${wait.p95.toFixed(0)} ms`,
    floor: "goal: p95 250 ms",
    ratio: wait.p95 / 250,
  };
}

/** A heap of texts, by one worker and by three; beside the simulator alone, called by the same client. */
async function benchDrain(world: BenchWorld, people: string[], provider: Provider): Promise<Line[]> {
  const lines: Line[] = [];
  for (const workers of [1, 3]) {
    await insertTexts(world.ctx(), texts(world, people, DRAINED));
    const from = provider.times.length;
    const processes = await Promise.all(
      Array.from({ length: workers }, () => world.run("worker", { TWILIO_API_BASE_URL: provider.url, ...UNHURRIED })),
    );
    await provider.until(() => provider.times.length >= from + DRAINED);
    await Promise.all(processes.map(({ child }) => ended(child)));
    // The first tenth is the start of the processes.
    const [first, last] = [provider.times[from + DRAINED / 10]!, provider.times[from + DRAINED - 1]!];
    const drained = (0.9 * DRAINED) / ((last - first) / 1000);
    const alone = await simulatorAlone(provider, workers * IN_FLIGHT);
    const ideal = (workers * IN_FLIGHT) / (LATENCY_MS / 1000);
    lines.push({
      area: "texts",
      what: `drain of ${DRAINED} by ${workers === 1 ? "one worker" : `${workers} workers`}, answers in ${LATENCY_MS} ms`,
      value: `${drained.toFixed(0)}/s`,
      floor: `${alone.toFixed(0)}/s: client and simulator alone`,
      ratio: drained / alone,
      note: `${workers * IN_FLIGHT} in flight allow ${ideal}/s`,
    });
  }
  return lines;
}

async function simulatorAlone(provider: Provider, inFlight: number): Promise<number> {
  const { sendSms } = await connectTwilio({ ...provider.settings, apiBaseUrl: provider.url, maxSockets: inFlight });
  const text = { to: "+15550100199", from: null, body: "hello", outboxId: "x", attempt: 1, validitySeconds: 600 };
  const { perSecond } = await drive(1_000, inFlight, () => sendSms(text));
  return perSecond;
}

function ended(child: Awaited<ReturnType<BenchWorld["run"]>>["child"]): Promise<unknown> {
  const end = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  return end;
}

/** The simulator on its own port, noting when each text arrives. */
async function startProvider() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = providerOf({
    SMS_PROVIDER: "local",
    SESSION_SECRET,
    PUBLIC_URL: url,
    HOST: "127.0.0.1",
    PORT: port,
  });
  const simulator = new Simulator({
    accountSid: settings.accountSid,
    authToken: settings.authToken,
    from: "+15005550006",
    publicUrl: url,
    hooksAt: url,
    smsPath: "/hooks/twilio/sms",
    faults: { latencyMs: LATENCY_MS, fate: "silent" },
  });
  const arrived = new Map<string, number>();
  const times: number[] = [];
  const app = express().use(express.raw({ type: () => true }));
  app.use((req, _res, next) => {
    const to = req.method === "POST" ? new URLSearchParams(String(req.body)).get("To") : null;
    if (to) times.push(performance.now());
    if (to && !arrived.has(to)) arrived.set(to, performance.now());
    next();
  });
  const server = createServer(app.use(simulatorApi(simulator))).listen(port, "127.0.0.1");
  return {
    url,
    settings,
    arrived,
    times,
    async until(enough: () => boolean) {
      const end = performance.now() + 120_000;
      while (!enough()) {
        if (performance.now() > end) throw new Error("texts never arrived");
        await new Promise((resume) => setTimeout(resume, 5));
      }
    },
    stop: () => server.close(),
  };
}
