import type { Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import type { ServerBuild } from "@remix-run/node";
import { loadEnv } from "#app/core/env.server.ts";
import { makeApp } from "#app/web/http/app.server.ts";
import type { Services } from "#app/web/services.server.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const secrets = { DATA_KEY: Buffer.alloc(32, 7).toString("base64"), SESSION_SECRET: "s".repeat(32) };
let server: Server | null = null;
afterEach(() => server?.close());

/** Whose request it was, as our limits take it, when a proxy on this machine says it is passing on somebody else's. */
async function peerBehind(TRUSTED_PROXIES: string, forwarded: string): Promise<string> {
  const env = loadEnv({ ...secrets, PORT: "0", TRUSTED_PROXIES });
  const services = { env, db: ctx.db, seal: ctx.seal, log: ctx.log } as Services;
  const build = { routes: {}, entry: { module: {} }, future: {} } as unknown as ServerBuild;
  const app = makeApp(services, {
    build,
    buildDir: "/nowhere",
    isStopping: () => false,
    mount: (one) => one.get("/hooks/peer", (_req, res) => void res.send(String(res.locals["peer"]))),
  });
  await new Promise<void>((done) => (server = app.listen(0, "127.0.0.1", () => done())));
  const { port } = server!.address() as { port: number };
  const { request } = await import("node:http");
  return new Promise((done, fail) => {
    const headers = { host: "localhost:0", "x-forwarded-for": forwarded };
    request({ port, host: "127.0.0.1", path: "/hooks/peer", headers }, (res) => {
      let body = "";
      res.on("data", (chunk) => (body += chunk)).on("end", () => done(body));
    })
      .on("error", fail)
      .end();
  });
}

test("nobody says whose request it is but a proxy that the operator named", async () => {
  expect(await peerBehind("", "203.0.113.9")).toBe("127.0.0.1");
  expect(await peerBehind("10.0.0.0/8", "203.0.113.9")).toBe("127.0.0.1");
});

test("a named proxy's last word counts, whatever a visitor put before it", async () => {
  expect(await peerBehind("127.0.0.1", "203.0.113.9")).toBe("203.0.113.9");
  expect(await peerBehind("127.0.0.0/8,10.0.0.1", "1.1.1.1, 2.2.2.2, 203.0.113.9, 10.0.0.1")).toBe("203.0.113.9");
});

test("what is no address is refused at the start", () => {
  for (const TRUSTED_PROXIES of ["everybody", "10.0.0.0/33", "10.0.0.1,", "127.0.0.1/8/8"])
    expect(() => loadEnv({ ...secrets, TRUSTED_PROXIES })).toThrow(/TRUSTED_PROXIES/);
});
