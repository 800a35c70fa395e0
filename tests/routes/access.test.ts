import { beforeAll, describe, expect, test } from "vitest";
import { newToken } from "#app/core/ids.server.ts";
import type { Access } from "#app/web/guarded.server.ts";
import type { Services } from "#app/web/services.server.ts";
import { aGroup, aMember, aPerson } from "#tests/factories.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

type Handler = ((raw: unknown) => Promise<unknown>) & { access?: Access };
type RouteModule = { loader?: Handler; action?: Handler };
const modules = import.meta.glob<RouteModule>("../../app/routes/*.{ts,tsx}", { eager: true });

/** Every loader and action of the product, by file. Each says itself who may call it. */
const handlers = Object.entries(modules).flatMap(([path, { loader, action }]) => {
  const file = path.replace("../../app/routes/", "");
  return [
    ...(loader ? [{ name: `${file} loader`, method: "GET", handler: loader }] : []),
    ...(action ? [{ name: `${file} action`, method: "POST", handler: action }] : []),
  ];
});

const ctx = testCtx();
const sessions: Record<string, string | null> = { visitor: null };

beforeAll(async () => {
  const group = await aGroup(ctx);
  sessions["neighbour"] = await sessionOf(ctx, (await aPerson(ctx)).id);
  sessions["volunteer"] = await sessionOf(ctx, (await aMember(ctx, group.id)).id);
  sessions["coordinator"] = await sessionOf(ctx, (await aMember(ctx, group.id, { role: "coordinator" })).id);
});

test("every loader and action says who may call it", () => {
  expect(handlers.length).toBeGreaterThan(20);
  expect(handlers.filter(({ handler }) => !handler.access).map(({ name }) => name)).toEqual([]);
});

const REFUSED: Record<Access, Record<string, string>> = {
  anyone: {},
  link: {},
  "signed-in": { visitor: "303 /sign-in" },
  coordinator: { visitor: "303 /sign-in", neighbour: "403", volunteer: "403" },
  admin: { visitor: "303 /sign-in", neighbour: "403", volunteer: "403", coordinator: "403" },
  developer: { visitor: "404", neighbour: "404", volunteer: "404", coordinator: "404" },
};

describe.each(handlers)("$name", ({ handler, method }) => {
  const refusals = Object.entries(REFUSED[handler.access ?? "admin"]);
  if (refusals.length === 0)
    test("is open, or opened by the token in its path", () => expect(["anyone", "link"]).toContain(handler.access));
  test.each(refusals)("%s gets %s", async (role, expected) => {
    expect(await answer(handler, method, sessions[role]!)).toBe(expected);
  });
});

/** The status, and for redirects the path it leads to. Real texts go out here, so developers' pages must be gone. */
async function answer(handler: Handler, method: string, token: string | null): Promise<string> {
  const request = new Request("http://localhost:3000/some/where", {
    method,
    headers: { ...(token ? { cookie: `sid=${token}` } : {}), "content-type": "application/x-www-form-urlencoded" },
    ...(method === "POST" ? { body: "x=1" } : {}),
  });
  const env = { PUBLIC_URL: "http://localhost:3000", SMS_PROVIDER: "twilio", RATE_LIMITS: "off" };
  const services = { env, db: ctx.db, seal: ctx.seal, log: ctx.log } as unknown as Services;
  const params = { code: "ZZZZ", slug: "nowhere", token: newToken(), id: crypto.randomUUID(), step: "what" };
  const thrown = await handler({ request, params, context: { services, nonce: "n", peer: "127.0.0.1" } }).then(
    (value) => value,
    (error: unknown) => error,
  );
  if (!(thrown instanceof Response)) return `let in (${String(thrown)})`;
  const to = thrown.headers.get("location");
  return to ? `${thrown.status} ${to.split("?")[0]}` : String(thrown.status);
}
