import { randomInt } from "node:crypto";
import express from "express";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Server } from "node:http";
import { writeTicket } from "#app/people/human/ticket.server.ts";
import { limitReading, makeReadLimit } from "#app/web/http/limit-reading.server.ts";
import type { Services } from "#app/web/services.server.ts";
import { aPerson } from "#tests/factories.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const env = { PUBLIC_URL: "http://localhost:3000", RATE_LIMITS: "on" };
const services = { env, db: ctx.db, seal: ctx.seal, log: ctx.log } as unknown as Services;
const anAddress = () => `198.51.${randomInt(250)}.${randomInt(250)}`;
const now = new Date("2026-11-20T12:00:10Z");
const headers = (given: Record<string, string> = {}) => new Request("http://here.invalid", { headers: given });

async function readMany(
  servers: ReturnType<typeof makeReadLimit>[],
  n: number,
  asked: { address: string | null; headers?: Request; now?: Date },
) {
  let through = 0;
  for (let i = 0; i < n; i++) {
    const verdict = await servers[i % servers.length]!({ headers: headers(), now, ...asked });
    if (verdict.let) through += 1;
  }
  return through;
}

describe("how much is read from one address", () => {
  test("ends at 300 a minute: 500 a minute is a scraper; the next minute is new, another address is another", async () => {
    const read = makeReadLimit(services);
    const address = anAddress();
    expect(await readMany([read], 500, { address })).toBe(300);
    expect(await read({ address, headers: headers(), now })).toEqual({ let: false, seconds: 50 });
    expect(await readMany([read], 50, { address, now: new Date("2026-11-20T12:01:00Z") })).toBe(50);
    expect(await readMany([read], 100, { address: anAddress() })).toBe(100);
  });

  test("counts over several servers, to within twenty each", async () => {
    const servers = [1, 2, 3, 4].map(() => makeReadLimit(services));
    const through = await readMany(servers, 800, { address: anAddress() });
    expect(through).toBeGreaterThanOrEqual(300);
    expect(through).toBeLessThanOrEqual(300 + 4 * 20);
  });

  test("does not shut out people next door who are signed in, or did the sum", async () => {
    const read = makeReadLimit(services);
    const address = anAddress();
    await readMany([read], 400, { address });
    const cookie = `sid=${await sessionOf(ctx, (await aPerson(ctx)).id)}`;
    expect(await readMany([read], 300, { address, headers: headers({ cookie }) })).toBe(240);
    const pass = writeTicket(ctx, "work", new Date(now.getTime() + 60_000));
    expect(await readMany([read], 200, { address, headers: headers({ cookie: `human=${pass}` }) })).toBe(120);
    const forged = pass.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    expect(
      await readMany([read], 5, { address, headers: headers({ cookie: `human=${forged}; sid=nobodyatall` }) }),
    ).toBe(0);
  });

  test("is not counted on our own network, where a proxy or a whole shelter stands behind one address", async () => {
    const read = makeReadLimit(services);
    for (const address of [null, "127.0.0.1", "::1", "10.1.2.3"])
      expect(await readMany([read], 400, { address })).toBe(400);
  });
});

describe("the answer", () => {
  let server: Server;
  let url: string;
  const address = anAddress();
  beforeAll(async () => {
    const app = express();
    app.use((_req, res, next) => {
      res.locals["peer"] = address;
      next();
    });
    app.use(limitReading({ ...services, clock: () => now }));
    app.use((_req, res) => void res.send("a page"));
    await new Promise<void>((done) => (server = app.listen(0, "127.0.0.1", () => done())));
    url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => server.close());

  test("is 429 with Retry-After, leads on by /check, and lets that page, forms and hooks through", async () => {
    for (let i = 0; i < 300; i++) await fetch(`${url}/p/AAAA`).then((answer) => answer.text());
    const page = await fetch(`${url}/p/AAAA?lang=es`, { headers: { accept: "text/html", "accept-language": "ar" } });
    expect([page.status, page.headers.get("retry-after")]).toEqual([429, "50"]);
    const html = await page.text();
    expect(html).toContain('href="/check?to=%2Fp%2FAAAA%3Flang%3Des"');
    expect(html).toContain('<html lang="ar" dir="rtl">');
    const json = await fetch(`${url}/api/v1/posts`);
    expect([json.status, json.headers.get("content-type")]).toEqual([429, "application/problem+json; charset=utf-8"]);
    for (const path of ["/check?to=/", "/healthz", "/assets/x.css"]) expect((await fetch(url + path)).status).toBe(200);
    expect((await fetch(`${url}/needs/new`, { method: "POST" })).status).toBe(200);
  });
});
