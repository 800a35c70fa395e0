import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import express from "express";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { simulatorApi } from "#app/sms/simulator/router.server.ts";
import { Simulator } from "#app/sms/simulator/simulator.server.ts";
import { aNeed } from "./claims.ts";
import { figures, type Line } from "./measure.ts";
import { freePort, type BenchWorld, type Neighbourhood } from "./world.ts";

const LATENCY_MS = 100;
/** Calls the worker keeps in flight unless told otherwise. */
const IN_FLIGHT = 20;
const SINGLE = 60;
const BULK = 1_000;

/** From the commit to the provider, one at a time on an idle worker; and how fast a heap of texts drains. */
export async function benchTexts(world: BenchWorld, { groupIds, categoryIds }: Neighbourhood): Promise<Line[]> {
  const [category] = await world.db.sql<{ id: string; group_id: string }[]>`
    select id, group_id from categories where id = ${categoryIds[0]!} and group_id = any(${groupIds}::uuid[])`;
  const provider = await startProvider();
  let number = 0;
  const publish = async () => {
    const phone = `+1555${String(2_000_000 + number++)}`;
    await publishPost(
      { ...world.ctx(), person: null },
      { ...aNeed(category!.group_id, category!.id, 4), contact: { name: null, phone, email: null } },
    );
    const committed = performance.now();
    notifyWorker(world.db);
    return { phone, committed };
  };

  const heap = await Promise.all(Array.from({ length: BULK }, publish));
  const began = performance.now();
  const worker = await world.run("worker", { TWILIO_API_BASE_URL: provider.url });
  await provider.has(heap.map(({ phone }) => phone));
  const first = Math.min(...heap.map(({ phone }) => provider.arrived.get(phone)!));
  const last = Math.max(...heap.map(({ phone }) => provider.arrived.get(phone)!));
  const drained = (BULK - 1) / ((last - first) / 1000);

  const waits: number[] = [];
  for (let turn = 0; turn < SINGLE; turn++) {
    const { phone, committed } = await publish();
    await provider.has([phone]);
    waits.push(provider.arrived.get(phone)! - committed);
  }
  worker.child.kill("SIGTERM");
  provider.stop();
  const wait = figures(waits, 1);
  const ideal = IN_FLIGHT / (LATENCY_MS / 1000);
  return [
    {
      area: "texts",
      what: "event committed, then handed to the Twilio client",
      value: `p50 ${wait.p50.toFixed(0)}  p95 ${wait.p95.toFixed(0)} ms`,
      floor: "goal: p95 250 ms",
      ratio: wait.p95 / 250,
    },
    {
      area: "texts",
      what: `fan-out and drain of ${BULK}, provider answers in ${LATENCY_MS} ms`,
      value: `${drained.toFixed(0)}/s`,
      floor: `${ideal.toFixed(0)}/s: ${IN_FLIGHT} in flight`,
      ratio: drained / ideal,
      note: `${((first - began) / 1000).toFixed(1)} s until the first, start of the worker included`,
    },
  ];
}

/** The simulator on its own port, noting when each number's text arrives. */
async function startProvider() {
  const secret = createHmac("sha256", "b".repeat(40)).update("phone simulator").digest("hex");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const simulator = new Simulator({
    accountSid: `AC${secret.slice(0, 32)}`,
    authToken: secret.slice(32),
    from: "+15005550006",
    publicUrl: url,
    hooksAt: url,
    smsPath: "/hooks/twilio/sms",
    faults: { latencyMs: LATENCY_MS, fate: "silent" },
  });
  const arrived = new Map<string, number>();
  const app = express().use(express.raw({ type: () => true }));
  app.use((req, _res, next) => {
    const to = req.method === "POST" ? new URLSearchParams(String(req.body)).get("To") : null;
    if (to && !arrived.has(to)) arrived.set(to, performance.now());
    next();
  });
  const server = createServer(app.use(simulatorApi(simulator))).listen(port, "127.0.0.1");
  return {
    url,
    arrived,
    async has(phones: string[]) {
      const end = performance.now() + 120_000;
      while (!phones.every((phone) => arrived.has(phone))) {
        if (performance.now() > end)
          throw new Error(`${phones.filter((phone) => !arrived.has(phone)).length} texts never arrived`);
        await new Promise((resume) => setTimeout(resume, 5));
      }
    },
    stop: () => server.close(),
  };
}
