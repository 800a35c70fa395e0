import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { expandBroadcasts } from "#app/broadcasts/expand-broadcasts.server.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";
import { aCrew, aSending, broadcastRow, manyVolunteers } from "./rows.ts";

const PEOPLE = 20_000;
const PROCESSES = 3;
const SCRIPT = fileURLToPath(new URL("./expand-worker.ts", import.meta.url));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const ctx = testCtx();

test("three processes write one broadcast and are killed again and again: everybody has one text, nobody two", async () => {
  const { group, author } = await aCrew(ctx);
  await manyVolunteers(ctx, group.id, PEOPLE, "thrice");
  const { id } = await aSending(author, { groupId: group.id });
  const workers = new Set<ChildProcess>();
  for (let n = 0; n < PROCESSES; n += 1) workers.add(await startWorker());
  const seen: number[] = [];
  let kills = 0;
  const started = Date.now();
  while ((await broadcastRow(ctx, id)).expanded_at === null && Date.now() - started < 60_000) {
    seen.push((await broadcastRow(ctx, id)).expanded);
    const [victim] = workers;
    victim!.kill("SIGKILL");
    workers.delete(victim!);
    kills += 1;
    workers.add(await startWorker());
    await sleep(30);
  }
  for (const worker of workers) worker.kill("SIGKILL");
  const { expanded, skipped } = await broadcastRow(ctx, id);
  process.stdout.write(`three expanders: ${JSON.stringify({ PEOPLE, kills, ms: Date.now() - started, expanded })}\n`);

  expect(await perPerson(id)).toEqual({ texts: PEOPLE, people: PEOPLE });
  expect(expanded).toBe(PEOPLE);
  expect(skipped).toEqual({ opted_out: 0, resting: 0, over_cap: 0, too_many: 0 });
  // It was really in the middle when processes died.
  expect(kills).toBeGreaterThanOrEqual(1);
  expect(seen.some((count) => count > 0 && count < PEOPLE)).toBe(true);
  expect(await expandBroadcasts(ctx)).toBe(0);
}, 120_000);

test("many at once in one process: each portion is written by one of them, and all are counted", async () => {
  const { group, author } = await aCrew(ctx);
  await manyVolunteers(ctx, group.id, 3_000, "crowded");
  const { id } = await aSending(author, { groupId: group.id });
  const written = await Promise.all(Array.from({ length: 6 }, () => expandBroadcasts(ctx, { portion: 100 })));
  // One that lost a race leaves the broadcast to the winner; whatever is left is written by the next round.
  const rest = await expandBroadcasts(ctx, { portion: 100 });
  expect(written.reduce((all, n) => all + n, rest)).toBe(3_000);
  expect(await perPerson(id)).toEqual({ texts: 3_000, people: 3_000 });
  expect((await broadcastRow(ctx, id)).expanded).toBe(3_000);
});

async function perPerson(id: string) {
  const [row] = await ctx.db.sql<{ texts: number; people: number }[]>`
    select count(*)::int as texts, count(distinct person_id)::int as people from outbox where broadcast_id = ${id}::uuid`;
  return row;
}

async function startWorker(): Promise<ChildProcess> {
  const worker = spawn(process.execPath, ["--import", "tsx", SCRIPT], {
    env: { ...process.env, DATABASE_URL: testDatabaseUrl(), DATA_KEY: Buffer.alloc(32, 7).toString("base64") },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  worker.removeAllListeners("exit");
  return worker;
}
