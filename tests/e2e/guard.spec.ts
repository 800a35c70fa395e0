import { readdirSync, readFileSync } from "node:fs";
import { request, type IncomingHttpHeaders, type RequestOptions } from "node:http";
import { connect } from "node:net";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { makeApiToken } from "#app/people/make-api-token.server.ts";
import { aPerson } from "#tests/factories.ts";
import { makeWorld, type World } from "./world.ts";

const ONLINE = "help.example.org";
const MEGABYTE = 1024 * 1024;
const ASSET = `/assets/${readdirSync(resolve("build/client/assets")).find((name) => name.endsWith(".css"))}`;

let world: World;
/** The same behind TLS that something else ends. */
let online: World;
beforeAll(async () => {
  const [server, template] = [inject("server"), inject("template")];
  const env = { PUBLIC_URL: `https://${ONLINE}` };
  world = await makeWorld(server, template);
  online = await makeWorld(server, template, { env, roles: ["web"] });
});
afterAll(async () => {
  await Promise.all([world?.stop(), online?.stop()]);
});

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer };

function ask(at: World, { path, body, ...given }: Asked): Promise<Answer> {
  const host = at === online ? ONLINE : `localhost:${at.port}`;
  const options: RequestOptions = {
    host: "127.0.0.1",
    port: at.port,
    path,
    ...given,
    headers: { host, ...given.headers },
  };
  return new Promise((done, failed) => {
    const asking = request(options, (answer) => {
      let words = "";
      answer.on("data", (chunk: Buffer) => (words += chunk.toString()));
      answer.on("end", () => done({ status: answer.statusCode!, headers: answer.headers, body: words }));
      answer.on("error", failed);
    }).on("error", failed);
    asking.end(body);
  });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const fromHome = (at: World) => ({ ...FORM, origin: at === online ? `https://${ONLINE}` : at.url });
const post = (at: World, path: string, body: string | Buffer = "", headers: Record<string, string> = {}) =>
  ask(at, { method: "POST", path, body, headers: { ...fromHome(at), ...headers } });

describe("every answer carries its headers", () => {
  const answers: [number, string, (at: World) => Promise<Answer>][] = [
    [200, "a page", (at) => ask(at, { path: "/" })],
    [200, "an asset", (at) => ask(at, { path: ASSET })],
    [
      304,
      "an asset that is known",
      (at) => ask(at, { path: ASSET, headers: { "if-modified-since": new Date().toUTCString() } }),
    ],
    [200, "a file for robots", (at) => ask(at, { path: "/robots.txt" })],
    [200, "the API's document", (at) => ask(at, { path: "/api/openapi.json" })],
    [200, "a list of the API", (at) => ask(at, { path: "/api/v1/posts" })],
    [200, "whether it lives", (at) => ask(at, { path: "/healthz" })],
    [303, "a page for others", (at) => ask(at, { path: "/me" })],
    [400, "another host", (at) => ask(at, { path: "/", headers: { host: "evil.example" } })],
    [401, "the API without a token", (at) => ask(at, { path: "/api/v1/me" })],
    [
      403,
      "a form of another site",
      (at) => ask(at, { method: "POST", path: "/sign-in", headers: { origin: "https://evil.example" } }),
    ],
    [403, "an unsigned hook", (at) => post(at, "/hooks/twilio/sms", "Body=hi")],
    [404, "nothing there", (at) => ask(at, { path: "/no/such/page" })],
    [404, "an asset that is not there", (at) => ask(at, { path: "/assets/none.js" })],
    [405, "a method we do not have", (at) => ask(at, { method: "PUT", path: "/" })],
    [413, "too much", (at) => post(at, "/sign-in", "x".repeat(100_000))],
    [414, "an endless address", (at) => ask(at, { path: `/${"a".repeat(5_000)}` })],
    [422, "a form with a mistake", (at) => post(at, "/sign-in", "phone=abc")],
  ];

  test.each(answers)("%i %s", async (status, _what, get) => {
    for (const at of [world, online]) {
      const answer = await get(at);
      expect(answer.status).toBe(status);
      const { headers } = answer;
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("same-origin");
      expect(headers["x-powered-by"]).toBeUndefined();
      expect(headers["x-robots-tag"]).toBe("noindex");
      expect(headers["content-security-policy"]).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers["strict-transport-security"]).toBe(
        at === online ? "max-age=31536000; includeSubDomains" : undefined,
      );
    }
  });

  test("each page has a nonce of its own, and keeps to it", async () => {
    const nonces = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const { headers, body } = await ask(world, { path: "/check" });
        const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))![1]!;
        for (const [tag] of body.matchAll(/<script\b[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(5);
  });
});

describe("what another site sends changes nothing", () => {
  const froms: [string, Record<string, string>][] = [
    ["another site", { origin: "https://evil.example" }],
    ["no site", { origin: "null" }],
    ["a garbled one", { origin: "%%%" }],
    ["a browser that says so", { "sec-fetch-site": "cross-site" }],
    ["a sister", { "sec-fetch-site": "same-site" }],
    ["behind a made-up proxy", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
    ["nowhere", {}],
  ];
  const ways: [string, string][] = [
    ["POST", "/needs/new"],
    ["POST", "/sign-in?_data=routes%2Fsign-in"],
    ["POST", "/sign-out"],
    ["POST", "/dev/phones"],
    ["POST", "/groups/kitchen/membership"],
  ];
  const others: [string, string][] = [
    ["PUT", "/needs/new"],
    ["PATCH", "/sign-in"],
    ["DELETE", "/p/AAAA"],
  ];

  test.each(froms)("from %s", async (_who, headers) => {
    const before = await everythingIn(world);
    for (const [method, path] of ways) {
      const answer = await ask(world, {
        method,
        path,
        headers: { ...FORM, ...headers },
        body: "phone=%2B15550100188&what=x",
      });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
    for (const [method, path] of others) expect((await ask(world, { method, path, headers })).status).toBe(405);
    expect(await everythingIn(world)).toEqual(before);
  });
});

/** How many rows each table has that a request could add to. */
async function everythingIn({ sql }: World): Promise<unknown> {
  const [row] = await sql`select (select count(*) from posts) as posts, (select count(*) from people) as people,
    (select count(*) from events) as events, (select count(*) from sessions) as sessions,
    (select count(*) from drafts) as drafts, (select count(*) from outbox) as outbox`;
  return row;
}

describe("only our own name is answered to", () => {
  test.each(["evil.example", "localhost.evil.example", "a b", "localhost:80abc"])("not %j", async (host) => {
    expect((await ask(world, { path: "/", headers: { host } })).status).toBe(400);
  });

  test("nor an address that names another", async () => {
    const answer = await raw(
      world.port,
      "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("whatever a stranger claims, our own links lead home", async () => {
    const headers = {
      "x-forwarded-host": "evil.example",
      forwarded: "host=evil.example",
      "x-original-url": "//evil.example",
    };
    const page = await ask(world, { path: "/me", headers });
    expect(page.headers.location).toMatch(/^\/sign-in\?/);
    const first = await ask(world, { path: "/", headers });
    expect(first.body).not.toContain("evil.example");
  });
});

/** What comes back for bytes as they are. */
function raw(port: number, bytes: string): Promise<string> {
  return new Promise((done, failed) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("close", () => done(answer));
    socket.on("error", failed);
  });
}

describe("nobody is led away", () => {
  const wanted = [
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\r\nSet-Cookie:x=1",
  ];
  const ways = [
    "/sign-in",
    "/sign-in/code",
    "/sign-in/passkey",
    "/sign-in/second",
    "/check",
    "/confirm",
    "/confirm/second",
  ];

  test.each(wanted)("to %j", async (to) => {
    for (const path of ways) {
      const answer = await ask(world, { path: `${path}?to=${encodeURIComponent(to)}` });
      const { location = "/" } = answer.headers;
      expect(new URL(location, world.url).origin).toBe(world.url);
      expect(new URL(new URL(location, world.url).searchParams.get("to") ?? "/", world.url).origin).toBe(world.url);
      const led = [...answer.body.matchAll(/ (?:href|action|src|value)="([^"]*)"/g)].map(([, value]) => value!);
      for (const one of led) expect(new URL(one.replaceAll("&amp;", "&"), world.url + path).origin).toBe(world.url);
    }
    const chosen = await ask(world, { path: `/?lang=es&to=${encodeURIComponent(to)}` });
    expect(new URL(chosen.headers.location!, world.url).origin).toBe(world.url);
  });
});

describe("too much is refused at once", () => {
  const memory = () => {
    const status = readFileSync(`/proc/${world.web().pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
  };

  test.each(["with its length", "without"])("150 MB %s", async (how) => {
    const withLength = how === "with its length";
    // The first has the process take what it then goes on with.
    await flood(world, withLength);
    const before = memory();
    const [status, ms] = await flood(world, withLength);
    expect(status).toBe(413);
    expect(ms).toBeLessThan(2_000);
    // Nothing of it is kept; what the sockets held is collected when there is time.
    expect(memory() - before).toBeLessThan(60);
  });

  test("a thousand fields and one", async () => {
    const fields = Array.from({ length: 1_001 }, (_, n) => `a${n}=`).join("&");
    const answer = await post(world, "/sign-in", fields);
    expect(answer.status).toBe(413);
  });

  test.each([
    ["arrays", `${"[".repeat(30_000)}${"]".repeat(30_000)}`],
    ["objects", `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`],
  ])("ten thousand %s in each other", async (_what, body) => {
    const { id } = await aPerson(world.ctx());
    const token = await makeApiToken(world.ctx(), id);
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const answer = await ask(world, { method: "POST", path: "/api/v1/posts", body, headers });
    expect([400, 422]).toContain(answer.status);
    expect((await ask(world, { path: "/healthz" })).status).toBe(200);
  });
});

/** Sends as much as it is let, and says what came back and after how long. */
function flood(at: World, withLength: boolean): Promise<[status: number, ms: number]> {
  const began = performance.now();
  const length = withLength ? { "content-length": String(150 * MEGABYTE) } : { "transfer-encoding": "chunked" };
  return new Promise((done) => {
    const asking = request({
      host: "127.0.0.1",
      port: at.port,
      path: "/sign-in",
      method: "POST",
      headers: { host: `localhost:${at.port}`, ...fromHome(at), ...length },
    });
    const chunk = Buffer.alloc(MEGABYTE, "x");
    let left = 150;
    const pour = () => {
      while (left > 0 && !asking.destroyed) {
        left -= 1;
        if (!asking.write(chunk)) return void asking.once("drain", pour);
      }
      if (!asking.destroyed) asking.end();
    };
    asking.on("response", (answer) => {
      done([answer.statusCode!, performance.now() - began]);
      asking.destroy();
    });
    asking.on("error", () => undefined);
    pour();
  });
}

test.each([
  "/.git/config",
  "/.env",
  "/package.json",
  "/__manifest",
  "/__manifest?p=/",
  "/metrics",
  "/server-status",
  `${ASSET}.map`,
])("there is no %s", async (path) => {
  expect((await ask(world, { path })).status).toBe(404);
});

test("TRACE gives nothing back", async () => {
  const answer = await ask(world, { method: "TRACE", path: "/", headers: { "x-secret": "hush" } });
  expect(answer.status).toBe(405);
  expect(answer.body).not.toContain("hush");
});

test("signing out has the browser forget what it kept", async () => {
  const answer = await post(online, "/sign-out");
  expect(answer.headers["clear-site-data"]).toBe('"cache", "storage"');
  expect(String(answer.headers["set-cookie"])).toMatch(
    /^__Host-sid=; Path=\/; Max-Age=0; HttpOnly; SameSite=Lax; Secure/,
  );
});

describe("characters nobody types", () => {
  const odd: [string, string][] = [
    ["NUL", "a%00b"],
    ["a half of a pair", "%ED%A0%80"],
    ["no UTF-8", "%FF%FE%80"],
    ["right to left", "%E2%80%AEevil"],
    ["an endless number", "9".repeat(400)],
    ["a tag", "%3Cscript%3Ealert(1)%3C/script%3E"],
    ["a formula", "%3DHYPERLINK(1)"],
    ["zero width", "%E2%80%8B%E2%81%A0"],
  ];
  const forms: [string, string[]][] = [
    ["/sign-in", ["phone"]],
    ["/needs/new", ["what"]],
    ["/check", ["proof", "wait", "to"]],
    ["/sign-in/passkey", ["passkey"]],
  ];

  test.each(odd)("%s", async (_what, value) => {
    for (const [path, fields] of forms) {
      const answer = await post(world, path, fields.map((field) => `${field}=${value}`).join("&"));
      expect([path, answer.status < 500]).toEqual([path, true]);
      expect(answer.body).not.toContain("<script>alert(1)");
    }
    for (const path of [
      `/board?q=${value}`,
      `/p/${value}`,
      `/m/${value}`,
      `/groups/${value}`,
      `/api/v1/posts?q=${value}&limit=${value}`,
    ])
      expect([path, (await ask(world, { path })).status < 500]).toEqual([path, true]);
  });
});
