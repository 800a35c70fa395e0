import { connect, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { seed } from "#db/seed.server.ts";
import { makeWorld, type World } from "#tests/e2e/world.ts";

const SLOW = 500;
const ASKED = 100;

let world: World;
let crawlers: Socket[] = [];
beforeAll(async () => {
  world = await makeWorld(inject("server"), inject("template"), { roles: ["web"] });
  await seed(world.ctx());
});
afterAll(() => world?.stop());
afterEach(() => {
  for (const socket of crawlers) socket.destroy();
  crawlers = [];
});

/** Five hundred that begin a request, and go on with a few letters each second. */
async function crawl(begin: string, goOn: string): Promise<() => number> {
  crawlers = Array.from({ length: SLOW }, () => {
    const socket = connect({ port: world.port, host: "127.0.0.1" }, () => socket.write(begin));
    const more = setInterval(() => socket.write(goOn), 1_000);
    return socket
      .on("error", () => undefined)
      .on("close", () => clearInterval(more))
      .resume();
  });
  const open = () => crawlers.filter(({ readyState }) => readyState === "open").length;
  await world.until("all are connected", async () => open() === SLOW);
  return open;
}

/** What everybody else waits meanwhile, in milliseconds, sorted. */
async function waits(): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < ASKED; n += 1) {
    const start = performance.now();
    const { status } = await fetch(`${world.url}/board?q=soup${n}`);
    expect(status).toBe(200);
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b);
}

const host = () => `Host: localhost:${world.port}\r\n`;

test.for([
  ["headers", () => `GET / HTTP/1.1\r\n${host()}`, "x-slow: 1\r\n", 10],
  ["a body", () => `POST /needs/new HTTP/1.1\r\n${host()}Content-Length: 9999\r\n\r\n`, "a=1&", 30],
] as const)(
  "while five hundred send %s slowly, others are served; in the end they are sent away",
  async ([, begin, goOn, seconds]) => {
    await waits();
    const open = await crawl(begin(), goOn);
    const times = await waits();
    console.info(
      `p50 ${Math.round(times[ASKED / 2]!)} ms, slowest ${Math.round(times.at(-1)!)} ms, ${open()} still open`,
    );
    expect(times[Math.floor(0.99 * ASKED) - 1]).toBeLessThan(1_000);
    await world.until("all of them are sent away", async () => open() === 0, seconds + 8);
  },
);
