import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moveClock } from "#app/core/clock.server.ts";
import { freePort } from "#db/embedded-process.server.ts";
import type { Db } from "#db/client.server.ts";
import { asker, type Ask } from "#scripts/torture/ask.ts";
import { gather, type Crowd } from "#scripts/torture/crowd.ts";
import { install, until, type Installation } from "#scripts/torture/installation.ts";
import { openProvider, type Provider } from "#scripts/torture/provider.ts";
import { settle } from "#scripts/torture/settle.ts";
import { claim, publish } from "./acts.ts";

/** What the worker goes through: killed while the provider does not answer, a day that jumps, a queue that is full. */
let at: Installation;
let provider: Provider;
let crowd: Crowd;
let ask: Ask;
beforeAll(async () => {
  const port = await freePort();
  at = await install({
    log: resolve("tests/output/failure-worker.log"),
    env: { TWILIO_API_BASE_URL: `http://127.0.0.1:${port}`, SMS_RATE: "1000", SMS_BURST: "1000" },
  });
  provider = await openProvider(at.port, port);
  crowd = await gather(at.sql, 40);
  ask = asker(at.port, 20);
});
afterAll(async () => {
  await at?.stop();
  provider?.close();
});

test("the worker is killed while the provider does not answer: each text is taken once", async () => {
  Object.assign(provider.simulator.faults, { late: 1, lateMs: 3_000 });
  const { code } = await publish(ask, crowd, "slow");
  for (let who = 1; who <= 5; who++) expect((await claim(ask, crowd, who, code, `slow${who}`))?.status).toBe(201);
  for (let kills = 0; kills < 3; kills++) {
    await until("it is calling", async () => at.worker() !== undefined && (await inState("submitting")) > 0, 30);
    const before = at.worker();
    process.kill(before!, "SIGKILL");
    await until("another works", () => at.worker() !== undefined && at.worker() !== before, 30);
    if ((await inState("queued")) === 0) break;
  }
  Object.assign(provider.simulator.faults, { late: 0 });
  expect(await settle(at.sql, provider, 120)).toEqual({ events: 0, moving: 0, uncertain: 0, texts: 0 });
  const [owed] = await at.sql`select count(*)::int as n from outbox where state in ('submitted', 'sent', 'delivered')`;
  // The provider notes a text down when it answers, which it does late here; its reports come first.
  await until("it has answered for all", () => provider.taken.length >= owed!["n"], 10);
  const rows = provider.taken.map(({ outboxId }) => outboxId);
  expect(rows.length).toBe(owed!["n"]);
  expect(new Set(rows).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThanOrEqual(6);
});

test("the clock jumps on by 25 h: each promise lapses once, each author is told once", async () => {
  const { code } = await publish(ask, crowd, "jump");
  for (let who = 6; who <= 9; who++) expect((await claim(ask, crowd, who, code, `jump${who}`))?.status).toBe(201);
  await at.sql`update claims set ask_at = null, nudge_at = null, due_at = now() + interval '1 hour', lapses_at = now() + interval '2 hours'
    where post_id = (select id from posts where code = ${code})`;
  provider.moveOn(25 * 3_600);
  await moveClock({ sql: at.sql } as Db, 25 * 3_600);
  await until("they lapsed", async () => (await lapsed(code)).length >= 4, 40);
  await settle(at.sql, provider, 60);
  const rows = await lapsed(code);
  expect(rows.map(({ events }) => events)).toEqual([1, 1, 1, 1]);
  expect(rows.map(({ told }) => told)).toEqual([1, 1, 1, 1]);
  const [post] = await at.sql`select remaining from posts where code = ${code}`;
  expect(post!["remaining"]).toBe(10);
});

test("20,000 notices wait: a sign-in code overtakes them, and pages do not notice", async () => {
  const bulk = await at.sql`
    insert into outbox (id, dedupe_key, person_id, template, lane, body_sealed, not_before, expires_at, created_at, updated_at)
    select gen_random_uuid(), 'full ' || n, ${crowd.people[20]!.id}::uuid, 'claimed', 5::smallint, 'x', now(), now() + interval '2 days', now(), now()
    from generate_series(1, 20000) n returning id`;
  expect(bulk.length).toBe(20_000);
  const since = Date.now();
  const phone = crowd.people[30]!.phone;
  const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
  const asked = await ask({
    method: "POST",
    path: "/sign-in",
    headers,
    body: new URLSearchParams({ phone }).toString(),
  });
  expect(asked?.status).toBe(303);
  await until("the code is there", () => provider.codeFor(phone) !== null, 30);
  const took = Date.now() - since;
  expect(took).toBeLessThan(10_000);
  const begun = Date.now();
  expect((await ask({ method: "GET", path: "/board" }))?.status).toBe(200);
  expect(Date.now() - begun).toBeLessThan(2_000);
  console.info(`full outbox: the code came after ${took} ms`);
});

const inState = async (state: string) =>
  Number((await at.sql`select count(*)::int as n from outbox where state = ${state}`)[0]!["n"]);

const lapsed = (code: string) =>
  at.sql<{ events: number; told: number }[]>`
    select count(distinct e.id)::int as events, count(distinct o.id)::int as told
    from claims c join posts p on p.id = c.post_id join events e on e.claim_id = c.id and e.type = 'claim.lapsed'
    left join outbox o on o.event_id = e.id and o.person_id = p.author_id
    where p.code = ${code} and c.status = 'lapsed' group by c.id`;
