import { describe, expect, it } from "vitest";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, document, kindOf, PUBLIC_URL } from "./harness.ts";

const now = new Date("2026-11-20T12:08:20Z");
const ctx = testCtx({ now });
const limited = { clock: () => now, env: { PUBLIC_URL, RATE_LIMITS: "on" as const } };

/** As if whoever it is had written so many times in these ten minutes. */
async function wroteAlready(who: string, hits: number): Promise<void> {
  const key = ctx.seal.lookup("limit", `api writes ${who}|600`);
  await ctx.db.sql`insert into rate_limits (key, window_start, hits) values (${key}, '2026-11-20T12:00:00Z', ${hits})`;
}

const writing = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).flatMap((method) => (method === "get" ? [] : [{ op: `${method.toUpperCase()} ${path}`, path }])),
);

/** The limit of all that is written together. */
export function limitWritingSuite(): void {
  describe("what a person's programs write", () => {
    const write = (token: string, address: string) =>
      call("PATCH /me", "/me", { token, address, body: { locale: "es" }, services: limited });

    it("ends at 600 in ten minutes, from wherever they write; others go on", async () => {
      const [busy, other] = await Promise.all([aPerson(ctx), aPerson(ctx)]);
      await wroteAlready(`by ${busy.id}`, 599);
      expect((await write(await aToken(busy), "203.0.113.1")).status).toBe(200);

      const refused = await write(await aToken(busy), "203.0.113.2");
      expect([refused.status, kindOf(refused)]).toEqual([429, "too-many"]);
      expect(refused.headers.get("retry-after")).toBe("100");
      expect((await write(await aToken(other), "203.0.113.1")).status).toBe(200);
    });

    it.each(writing)("ends for $op, too, even where it cannot be read", async ({ op, path }) => {
      const busy = await aPerson(ctx);
      await wroteAlready(`by ${busy.id}`, 600);
      const at = path.replace("{code}", "2222").replace("{id}", "00000000-0000-7000-8000-000000000000");
      const refused = await call(op, at, { token: await aToken(busy), raw: "{", services: limited });
      expect([refused.status, kindOf(refused)]).toEqual([429, "too-many"]);
    });
  });

  it("counts who writes without a token by where they are, and not at all where that is a network of our own", async () => {
    for (const from of ["198.51.100.77", "10.0.0.9", "nowhere", null]) await wroteAlready(`from ${from}`, 1_200);
    const asked = (address: string) => call("POST /posts", "/posts", { raw: "{", address, services: limited });
    expect(await asked("198.51.100.77")).toMatchObject({ status: 429 });
    expect(await asked("198.51.100.78")).toMatchObject({ status: 400 });
    expect(await asked("10.0.0.9")).toMatchObject({ status: 400 });
  });
}
