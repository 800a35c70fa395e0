import { beforeAll, describe, expect, test } from "vitest";
import { redirect } from "@remix-run/node";
import type { Ctx } from "#app/core/ctx.ts";
import { Problem, type ProblemKind } from "#app/core/problems.ts";
import { guarded, type Access } from "#app/web/guarded.server.ts";
import { aGroup, aMember, aPerson } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const ASKERS = ["visitor", "neighbour", "volunteer", "coordinator", "admin"] as const;
type Asker = (typeof ASKERS)[number];
const people: Partial<Record<Asker, { id: string }>> = {};

beforeAll(async () => {
  const group = await aGroup(ctx);
  people.neighbour = await aPerson(ctx);
  people.volunteer = await aMember(ctx, group.id);
  people.coordinator = await aMember(ctx, group.id, { role: "coordinator" });
  people.admin = await aPerson(ctx, { isAdmin: true });
});

type Asked = { path?: string; form?: Record<string, string>; env?: Record<string, unknown>; of?: Ctx };
const ask = async (access: Access, asker: Asker, { path = "/x?y=1", form, env, of = ctx }: Asked = {}) => {
  const handler = guarded(access, ({ ctx: { person }, locale }) => Response.json({ who: person?.id ?? null, locale }));
  return readAnswer(await askRoute(of, handler, { as: people[asker] ?? null, path, form, ...(env ? { env } : {}) }));
};

/** Written down, not computed: who gets through. */
const LET_IN: Record<Access, readonly Asker[]> = {
  anyone: ASKERS,
  link: ASKERS,
  developer: ASKERS,
  "signed-in": ["neighbour", "volunteer", "coordinator", "admin"],
  coordinator: ["coordinator", "admin"],
  admin: ["admin"],
};

describe.each(Object.entries(LET_IN) as [Access, readonly Asker[]][])("what is for %s", (access, letIn) => {
  test.each(ASKERS)("asked by a %s", async (asker) => {
    const answer = await ask(access, asker);
    if (letIn.includes(asker))
      expect(answer).toMatchObject({ status: 200, body: { who: people[asker]?.id ?? null, locale: "en" } });
    else if (asker === "visitor") expect(answer).toEqual({ status: 303, to: "/sign-in?to=%2Fx%3Fy%3D1", body: null });
    else expect(answer).toMatchObject({ status: 403, body: { problem: "not-allowed", facts: {} } });
  });
});

test("after signing in, a form that was sent is asked for again by its path alone", async () => {
  expect((await ask("signed-in", "visitor", { form: { a: "b" } })).to).toBe("/sign-in?to=%2Fx");
});

test("a developer's page is not there where texts are real, not even for an admin", async () => {
  const answer = await ask("developer", "admin", { env: { SMS_PROVIDER: "twilio" } });
  expect(answer).toMatchObject({ status: 404, body: { problem: "not-found" } });
});

describe("what goes wrong inside", () => {
  const said: { level: string; what: string; fields: unknown }[] = [];
  const hear = (level: string) => (what: string, fields?: unknown) => void said.push({ level, what, fields });
  const heard = { ...ctx, log: { ...ctx.log, warn: hear("warn"), error: hear("error") } };
  const fail = async (error: unknown) => {
    said.length = 0;
    const handler = guarded("anyone", () => Promise.reject(error as Error));
    const answer = await askRoute(heard, handler, { path: "/" });
    return { ...(await readAnswer(answer)), retry: answer.headers.get("retry-after") };
  };

  test.each<[ProblemKind, number, string | null]>([
    ["not-found", 404, null],
    ["already-covered", 409, null],
    ["too-many", 429, "5"],
    ["too-busy", 503, "5"],
  ])("%s is said with %s", async (kind, status, retry) => {
    const answer = await fail(new Problem(kind, { remaining: 3 }));
    expect(answer).toEqual({ status, to: null, retry, body: { problem: kind, facts: { remaining: 3 } } });
    expect(said).toEqual([]);
  });

  test("an answer that was thrown is the answer", async () => {
    expect(await fail(redirect("/there", 303))).toMatchObject({ status: 303, to: "/there" });
  });

  test("a database that is away is worth a warning and another try", async () => {
    const away = Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
    expect(await fail(away)).toMatchObject({ status: 503, retry: "5", body: { problem: "too-busy" } });
    expect(said).toMatchObject([{ level: "warn", what: "database away", fields: { method: "GET" } }]);
  });

  test("anything else is an error in the log, of which the page says nothing", async () => {
    expect(await fail(new Error("+15550100100"))).toMatchObject({
      status: 500,
      body: { problem: "unexpected", facts: {} },
    });
    expect(said).toMatchObject([{ level: "error", what: "route failed", fields: { method: "GET" } }]);
  });
});

test("who may call it can be read from the outside", () => {
  expect(guarded("admin", () => null).access).toBe("admin");
});
