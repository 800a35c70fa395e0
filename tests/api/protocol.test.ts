import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guard } from "#app/web/http/guard.server.ts";
import { mountApi } from "#app/api/mount-api.server.ts";
import { PROBLEM_KINDS } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { openApiDocument } from "#app/api/openapi.server.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, document, expectProblem, PUBLIC_URL, send, services } from "./harness.ts";

describe("addresses and methods", () => {
  it.each(["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/groups", "/api/v1/groups/", "/api/v1/../groups"])(
    "has nothing at %s",
    async (path) => {
      const response = await send("GET", path);
      expect(response.status).toBe(404);
      expectProblem(response, await response.json());
    },
  );

  it.each([
    ["DELETE", "/posts", "GET, HEAD, POST"],
    ["PUT", "/posts/2222", "GET, HEAD, PATCH"],
    ["GET", "/posts/2222/claims", "POST"],
    ["OPTIONS", "/groups", "GET, HEAD"],
    ["POST", "/api/openapi.json", "GET, HEAD"],
  ])("%s %s is not allowed, and says what is", async (method, path, allow) => {
    const response = await send(method, path, method === "POST" || method === "PUT" ? { body: {} } : {});
    expect([response.status, response.headers.get("allow")]).toEqual([405, allow]);
    expectProblem(response, await response.json());
  });

  it("tells a browser of another site nothing it may read", async () => {
    const response = await send("GET", "/groups", { headers: { Origin: "https://evil.example" } });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("who is asking", () => {
  it("takes a browser's session, but not for a change that another site asks for", async () => {
    const ctx = testCtx();
    const person = await aPerson(ctx);
    const token = "a-session-of-this-test";
    const { hashToken } = await import("#app/core/ids.server.ts");
    await ctx.db.sql`
      insert into sessions (token_hash, person_id, created_at, seen_on, expires_at)
      values (${hashToken(token)}, ${person.id}::uuid, now(), now()::date, now() + interval '1 day')`;
    const Cookie = `lang=es; sid=${token}`;
    expect((await call("GET /me", "/me", { headers: { Cookie } })).body.id).toBe(person.id);
    const change = (site: string) =>
      send("PATCH", "/me", { body: { name: "Ana" }, headers: { Cookie, "Sec-Fetch-Site": site } });
    expect((await change("same-origin")).status).toBe(200);
    expect((await change("cross-site")).status).toBe(403);
    const bearer = await aToken(await aPerson(ctx));
    const both = await call("GET /me", "/me", { token: bearer, headers: { Cookie } });
    expect(both.body.id).not.toBe(person.id);
  });

  it("does not take a token that was taken back", async () => {
    const ctx = testCtx();
    const person = await aPerson(ctx);
    const token = await aToken(person);
    expect((await call("GET /me", "/me", { token })).status).toBe(200);
    await ctx.db.sql`update api_tokens set revoked_at = now() where person_id = ${person.id}::uuid`;
    expect((await call("GET /me", "/me", { token })).status).toBe(401);
  });

  it("answers in the person's language when the request asks for none", async () => {
    const token = await aToken(await aPerson(testCtx(), { locale: "ar" }));
    expect((await call("GET /me", "/me", { token })).headers.get("content-language")).toBe("ar");
    const asked = await call("GET /me", "/me", { token, headers: { "Accept-Language": "es;q=0.8, de" } });
    expect(asked.headers.get("content-language")).toBe("es");
  });
});

describe("problems", () => {
  it.each(PROBLEM_KINDS)("%s has a sentence in every language", (kind) => {
    const sentences = LOCALES.map((locale) => textFor(locale)(`problem.${kind}`, { remaining: 2 }));
    expect(new Set(sentences).size).toBe(LOCALES.length);
    for (const sentence of sentences) expect(sentence).not.toMatch(/^problem\.|[{}]|invalid|submit/i);
  });

  it("says nothing of what broke, and logs no message of it", async () => {
    const lines: string[] = [];
    const { makeLog } = await import("#app/core/log.server.ts");
    const broken = new Proxy(testCtx().db, {
      get() {
        throw new Error("secret +15550100199");
      },
    });
    const log = makeLog("debug", (line) => void lines.push(line));
    const response = await send("GET", "/groups", { services: { db: broken, log } });
    const body = await response.json();
    expect(response.status).toBe(500);
    expectProblem(response, body);
    expect(lines.join("")).toContain("listGroups");
    expect(JSON.stringify(body) + lines.join("")).not.toContain("secret");
  });
});

describe("the document", () => {
  it("is OpenAPI 3.1 of this installation, and says what every operation needs", () => {
    expect(document).toMatchObject({ openapi: "3.1.0", servers: [{ url: `${PUBLIC_URL}/api/v1` }] });
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods)) as unknown as {
      operationId: string;
      security: object[];
      parameters: { name: string }[];
    }[];
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    const open = operations.filter(({ security }) => security.some((one) => Object.keys(one).length === 0));
    expect(open.map(({ operationId }) => operationId).toSorted()).toEqual([
      "getPost",
      "listGroups",
      "listMatches",
      "listPosts",
      "publishPost",
    ]);
    const keyed = operations.filter(({ parameters }) => parameters.some(({ name }) => name === "Idempotency-Key"));
    expect(keyed.map(({ operationId }) => operationId).toSorted()).toEqual(["claimPost", "publishPost"]);
  });

  it("has exactly the operations that were promised", () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(operations.toSorted()).toEqual([
      "GET /dashboard",
      "GET /groups",
      "GET /me",
      "GET /posts",
      "GET /posts/{code}",
      "GET /posts/{code}/matches",
      "PATCH /claims/{id}",
      "PATCH /me",
      "PATCH /posts/{code}",
      "POST /posts",
      "POST /posts/{code}/claims",
      "POST /posts/{code}/dismissals",
    ]);
  });

  it("refers only to what is in it", () => {
    const references = [...JSON.stringify(openApiDocument(PUBLIC_URL)).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(10);
    for (const [, path = ""] of references) {
      const found = path.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document);
      expect(found, path).toBeDefined();
    }
  });
});

describe("beside Remix", () => {
  let server: Server;
  let origin = "";
  beforeAll(async () => {
    server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    origin = `http://127.0.0.1:${port}`;
    const app = express().set("public url", PUBLIC_URL);
    app.use(guard({ PUBLIC_URL, HOST: "127.0.0.1", PORT: port }));
    app.use(express.raw({ type: () => true, limit: "64kb", inflate: false }));
    mountApi(app, services);
    server.on("request", app);
  });
  afterAll(() => new Promise((done) => server.close(done)));

  it("answers, without a body for HEAD", async () => {
    const got = await fetch(`${origin}/api/v1/groups`);
    const head = await fetch(`${origin}/api/v1/groups`, { method: "HEAD" });
    expect([got.status, head.status]).toEqual([200, 200]);
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-type")).toBe("application/json");
    expect(await got.json()).toHaveProperty("items");
  });

  it("takes a body, and refuses one that is too large, packed or odd, all as problems", async () => {
    const post = (body: string, headers = {}) =>
      fetch(`${origin}/api/v1/posts`, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/json", ...headers },
      });
    const answers = [
      await post("{}"),
      await post(" ".repeat(200_000)),
      await post("x", { "Content-Encoding": "gzip" }),
      await post("{}", { "Content-Type": "text/plain" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 413, 415, 415]);
    for (const answer of answers) expectProblem(answer, (await answer.json()) as Record<string, unknown>);
  });

  it("is told by the guard in front of it as problems too", async () => {
    const answers = [
      await fetch(`${origin}/api/v1/groups`, { method: "DELETE" }),
      await fetch(`${origin}/api/v1/posts`, {
        method: "POST",
        body: "{}",
        headers: { Origin: "https://evil.example" },
      }),
      await fetch(`${origin}/api/v1/posts?q=${"x".repeat(5_000)}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([405, 403, 414]);
    expect(answers[0]!.headers.get("allow")).toBe("GET, HEAD");
    for (const answer of answers) {
      const { headers, status } = answer;
      const plain = new Response(null, {
        status,
        headers: { "content-type": headers.get("content-type")!.split(";")[0]! },
      });
      expectProblem(plain, (await answer.json()) as Record<string, unknown>);
    }
  });

  it("explains a problem at the address of its type", async () => {
    const answer = await send("GET", "/posts/2222");
    const { type, detail } = (await answer.json()) as { type: string; detail: string };
    const page = await fetch(type.replace(PUBLIC_URL, origin));
    expect(await page.text()).toContain(detail);
    expect((await fetch(`${origin}/problems/unheard-of`)).status).toBe(404);
  });

  it("packs long answers for those who take it", async () => {
    const response = await fetch(`${origin}/api/openapi.json`, { headers: { "Accept-Encoding": "gzip" } });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(await response.json()).toHaveProperty("openapi");
  });
});
