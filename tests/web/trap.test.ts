import { expect, test } from "vitest";
import { action as ask } from "#app/routes/needs.new.($step).tsx";
import { action as signIn } from "#app/routes/sign-in.tsx";
import { TRAP } from "#app/people/human/trap.ts";
import { aGroup, aPhone } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const counted = async () =>
  (
    await sql`select (select count(*) from drafts)::int as drafts, (select count(*) from people)::int as people,
    (select count(*) from posts)::int as posts, (select count(*) from sign_in_codes)::int as codes`
  )[0];

test("a form with the trap filled in looks accepted, and nothing of it is kept", async () => {
  const { slug } = await aGroup(ctx);
  const form = { what: `${slug}/`, quantity: "1", title: "Buy now", details: "" };
  const before = await counted();
  const trapped = await askRoute(ctx, ask, { path: "/needs/new", form: { ...form, [TRAP]: "https://spam.example" } });
  expect(await readAnswer(trapped)).toMatchObject({ status: 303, to: "/sent" });
  const code = await askRoute(ctx, signIn, { path: "/sign-in", form: { phone: aPhone(), [TRAP]: "x" } });
  const honest = await askRoute(ctx, signIn, { path: "/sign-in", form: { phone: "" } });
  expect(honest.status).toBe(422);
  expect(await readAnswer(code)).toMatchObject({ status: 303, to: expect.stringContaining("/sign-in/code") });
  expect(code.headers.get("set-cookie")).toMatch(/^challenge=/);
  expect(await counted()).toEqual(before);
  const empty = await askRoute(ctx, ask, { path: "/needs/new", form: { ...form, [TRAP]: "" } });
  expect(await readAnswer(empty)).toMatchObject({ status: 303, to: "/needs/new/when" });
  expect((await counted())!["drafts"]).toBe(before!["drafts"] + 1);
});
