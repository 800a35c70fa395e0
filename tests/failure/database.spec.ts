import { resolve } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { asker, type Ask } from "#scripts/torture/ask.ts";
import { gather, type Crowd } from "#scripts/torture/crowd.ts";
import { install, pause, until, type Installation } from "#scripts/torture/installation.ts";
import { claim, processesOf, publish } from "./acts.ts";

/** One installation with its own PostgreSQL, and what can happen to that. */
let at: Installation;
let crowd: Crowd;
let ask: Ask;
beforeAll(async () => {
  at = await install({ log: resolve("tests/output/failure-database.log") });
  crowd = await gather(at.sql, 4);
  ask = asker(at.port, 200);
});
afterAll(() => at?.stop());

const page = (path = "/board") =>
  ask({ method: "GET", path, headers: { "accept-language": `en;q=0.${1 + (turn++ % 8)}` } });
let turn = 0;
const api = (path = "/api/v1/posts") => ask({ method: "GET", path });

test("PostgreSQL is killed: the web process stays, and the first good answer comes within 2 s of its being back", async () => {
  const web = at.web();
  const postmaster = at.postmaster()!;
  const { code } = await publish(ask, crowd, "before");
  process.kill(postmaster, "SIGKILL");
  await until("it is felt", async () => (await api())?.status === 503, 10);
  const back = await whenItAccepts();
  await until("pages are back", async () => (await api())?.status === 200, 10);
  const took = Date.now() - back;
  expect(took).toBeLessThan(2_000);
  expect(at.web()).toBe(web);
  expect((await api(`/api/v1/posts/${code}`))?.status).toBe(200);
  console.info(`PostgreSQL killed: first good answer ${took} ms after it was back`);
});

test("PostgreSQL is paused: whoever waits hears 503 within 5 s, whoever comes at once, and it recovers within 1 s", async () => {
  const { code } = await publish(ask, crowd, "paused");
  const frozen = processesOf(at.postmaster()!);
  for (const pid of frozen) process.kill(pid, "SIGSTOP");
  try {
    const since = Date.now();
    const answers = await Promise.all([
      ...Array.from({ length: 30 }, () => api()),
      ...Array.from({ length: 10 }, () => page()),
      claim(ask, crowd, 1, code, "paused"),
    ]);
    const slowest = Date.now() - since;
    expect(answers.map((answer) => answer?.status).filter((status) => status !== 503)).toEqual([]);
    expect(slowest).toBeLessThan(5_000);
    expect((await ask({ method: "GET", path: "/healthz" }))?.status).toBe(200);
    const next = Date.now();
    expect((await api())?.status).toBe(503);
    expect(Date.now() - next).toBeLessThan(1_000);
    await pause(Math.max(0, 10_000 - (Date.now() - since)));
    console.info(`PostgreSQL paused: 41 answers of 503, the last after ${slowest} ms`);
  } finally {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  }
  const back = Date.now();
  await until("it is back", async () => (await api())?.status === 200, 5);
  expect(Date.now() - back).toBeLessThan(1_000);
  const again = await claim(ask, crowd, 1, code, "paused");
  expect(again?.status).toBe(201);
  const [row] =
    await at.sql`select count(*)::int as n from claims c join posts p on p.id = c.post_id where p.code = ${code}`;
  expect(row!["n"]).toBe(1);
});

test("a need is locked for long: its claim is refused within 3 s, another need is claimed meanwhile", async () => {
  const [locked, free] = [await publish(ask, crowd, "locked"), await publish(ask, crowd, "free")];
  const letGo = await holding(`select 1 from posts where code = '${locked.code}' for no key update`);
  try {
    const since = Date.now();
    const held = claim(ask, crowd, 1, locked.code, "locked");
    expect((await claim(ask, crowd, 1, free.code, "free"))?.status).toBe(201);
    expect(Date.now() - since).toBeLessThan(1_000);
    expect((await held)?.status).toBe(503);
    const took = Date.now() - since;
    expect(took).toBeLessThan(3_000);
    console.info(`row locked: refused after ${took} ms`);
  } finally {
    await letGo();
  }
  expect((await claim(ask, crowd, 1, locked.code, "locked"))?.status).toBe(201);
});

test("every connection waits: alive, but not ready; whoever asks hears 503 and when to come back", async () => {
  const letGo = await holding("lock table posts in access exclusive mode");
  const since = Date.now();
  const waiting = Array.from({ length: 120 }, () => api());
  try {
    await until("all connections wait", async () => (await locks()) >= 10, 3);
    expect((await ask({ method: "GET", path: "/healthz" }))?.status).toBe(200);
    expect((await ask({ method: "GET", path: "/readyz" }))?.status).toBe(503);
    const first = await waiting[0]!;
    expect(first?.status).toBe(503);
    expect(Date.now() - since).toBeLessThan(5_000);
  } finally {
    await letGo();
  }
  const back = Date.now();
  await until("it is back", async () => (await api())?.status === 200, 5);
  expect(Date.now() - back).toBeLessThan(1_000);
  await Promise.all(waiting);
});

/** Takes a lock and keeps it until the returned function is called: also by a test that fails, as the next one needs it back. */
async function holding(statement: string): Promise<() => Promise<void>> {
  const holder = await at.sql.reserve();
  await holder`begin`;
  await holder.unsafe(statement);
  return async () => {
    await holder`rollback`;
    holder.release();
  };
}

const locks = async () => {
  const [row] = await at.sql`select count(*)::int as n from pg_stat_activity
    where application_name = 'manyhands web' and wait_event_type = 'Lock'`;
  return Number(row!["n"]);
};

/** When PostgreSQL takes a connection again, by the clock. */
async function whenItAccepts(): Promise<number> {
  await until("another PostgreSQL runs", () => at.postmaster() !== undefined, 30);
  for (;;) {
    const probe = postgres(at.databaseUrl, { max: 1, connect_timeout: 1, onnotice: () => undefined });
    const good = await probe`select 1`.then(
      () => true,
      () => false,
    );
    const now = Date.now();
    await probe.end({ timeout: 0 });
    if (good) return now;
    await pause(20);
  }
}
