import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Response } from "express";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { feelLag } from "#app/web/http/event-loop.server.ts";
import { makeLoad } from "#app/web/http/load.server.ts";

let lag = 0;
let held: Response[] = [];
let server: Server;
beforeEach(async () => {
  lag = 0;
  held = [];
  const load = makeLoad({ now: () => lag });
  const app = express().use(load.shed, load.count);
  app.get("/held", (_req, res) => void held.push(res));
  app.use((_req, res) => void res.send("here"));
  server = createServer(app);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
});
afterEach(() => {
  for (const res of held) res.end();
  server.closeAllConnections();
  server.close();
  vi.useRealTimers();
});

type Answer = { status: number; retryAfter: string | undefined };

function ask(method: string, path: string): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  return new Promise((answered, failed) => {
    request({ port, host: "127.0.0.1", method, path, agent: false }, (answer) => {
      answer.resume();
      answered({ status: answer.statusCode!, retryAfter: answer.headers["retry-after"] });
    })
      .on("error", failed)
      .end();
  });
}

const TURNED_AWAY = { status: 503, retryAfter: "5" };
const PATIENTLY = { timeout: 10_000 };
const SERVED = { status: 200, retryAfter: undefined };

test("while the event loop is late, pages are refused before forms, and what a page is made of", async () => {
  lag = 1_200;
  for (const path of ["/", "/api/v1/posts"]) expect(await ask("GET", path), path).toEqual(TURNED_AWAY);
  for (const [method, path] of [
    ["POST", "/needs/new"],
    ["PATCH", "/api/v1/claims/1"],
    ["POST", "/hooks/twilio/sms"],
    ["GET", "/assets/page.css"],
  ] as const)
    expect(await ask(method, path), path).toEqual(SERVED);

  lag = 3_500;
  expect(await ask("POST", "/needs/new")).toEqual(TURNED_AWAY);
  lag = 0;
  expect(await ask("GET", "/")).toEqual(SERVED);
});

test("with three hundred in flight pages are refused, forms are not, and all is well again once they are answered", async () => {
  const waiting = Array.from({ length: 300 }, () => ask("GET", "/held"));
  await vi.waitFor(() => expect(held).toHaveLength(300), PATIENTLY);
  expect(await ask("GET", "/")).toEqual(TURNED_AWAY);
  expect(await ask("POST", "/needs/new")).toEqual(SERVED);

  for (const res of held) res.end();
  expect(await Promise.all(waiting)).toEqual(Array(300).fill(SERVED));
  await vi.waitFor(async () => expect(await ask("GET", "/")).toEqual(SERVED), PATIENTLY);
});

test("one pause is no lag; three in a row are, until one look is on time", () => {
  let now = 0;
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const feeling = feelLag(() => now);
  const look = (late: number) => {
    now += 100 + late;
    vi.advanceTimersByTime(100);
    return feeling.now();
  };
  expect([look(5_000), look(0), look(0)]).toEqual([0, 0, 0]);
  expect([look(900), look(700), look(800), look(2_000)]).toEqual([0, 0, 700, 700]);
  expect(look(0)).toBe(0);
  feeling.close();
});
