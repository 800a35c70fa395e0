import { describe, expect, test } from "vitest";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { deviceOf } from "#app/people/device.ts";
import { findApiToken, findSession } from "#app/people/find-session.server.ts";
import { finishSignIn } from "#app/people/finish-sign-in.server.ts";
import { makeApiToken, revokeApiTokens } from "#app/people/make-api-token.server.ts";
import { endSession, listSessions, revokeSessions } from "#app/people/sessions.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { aGroup, aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

async function signIn(ctx: Ctx, phone: string, device: string): Promise<string> {
  const { challengeId } = await startSignIn({ ...ctx, rateLimits: false }, { phone });
  const code = signInCode(ctx.seal, challengeId);
  return (await finishSignIn(ctx, { challengeId, code, device })).sessionToken;
}

/** Signs in on three devices; the codes are a second apart, because a newer one kills the one before. */
async function onThree(ctx: PersonCtx, phone: string) {
  const tokens: string[] = [];
  for (const device of ["phone", "laptop", "library"]) {
    const now = new Date(ctx.now.getTime() + tokens.length * 1000);
    tokens.push(await signIn({ ...ctx, now }, phone, device));
  }
  return tokens as [string, string, string];
}

const isAlive = async (ctx: Ctx, token: string) => (await findSession(ctx.db, token, ctx.now)) !== null;

describe("signed-in browsers", () => {
  test("are listed, latest first, and mine is marked", async () => {
    const person = await aPerson(testCtx());
    const ctx = await signedInAs(testCtx(), person);
    const [, laptop] = await onThree(ctx, person.phone);
    const listed = await listSessions(ctx, laptop);
    expect(listed.map(({ device, isThisOne }) => [device, isThisOne])).toEqual([
      ["library", false],
      ["laptop", true],
      ["phone", false],
    ]);
  });

  test("one can be signed out, or all others, and nobody else's", async () => {
    const person = await aPerson(testCtx());
    const stranger = await aPerson(testCtx());
    const ctx = await signedInAs(testCtx(), person);
    const [phone, laptop, library] = await onThree(ctx, person.phone);
    const theirs = await signIn(ctx, stranger.phone, "theirs");
    const theirKey = (await listSessions(await signedInAs(testCtx(), stranger), theirs))[0]!.key;
    expect(await revokeSessions(ctx, { key: theirKey, token: laptop })).toBe(0);

    const libraryKey = (await listSessions(ctx, laptop))[0]!.key;
    expect(await revokeSessions(ctx, { key: libraryKey, token: laptop })).toBe(1);
    expect([await isAlive(ctx, phone), await isAlive(ctx, laptop), await isAlive(ctx, library)]).toEqual([
      true,
      true,
      false,
    ]);

    expect(await revokeSessions(ctx, { key: "others", token: laptop })).toBe(1);
    expect([await isAlive(ctx, phone), await isAlive(ctx, laptop), await isAlive(ctx, theirs)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  test("signing out ends the session on the server, and may be repeated", async () => {
    const person = await aPerson(testCtx());
    const ctx = testCtx();
    const token = await signIn(ctx, person.phone, "phone");
    await endSession(ctx, token);
    await endSession(ctx, token);
    expect(await isAlive(ctx, token)).toBe(false);
  });

  test("know the day they were last seen and nothing finer", async () => {
    const person = await aPerson(testCtx());
    const ctx = await signedInAs(testCtx(), person);
    const token = await signIn(ctx, person.phone, "phone");
    await findSession(ctx.db, token, new Date(ctx.now.getTime() + 3 * 86_400_000));
    const [session] = await listSessions(ctx, token);
    expect(session!.seenOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(new Date(session!.seenOn).getTime()).toBeGreaterThan(ctx.now.getTime() + 86_400_000);
  });
});

test("roles are read with every session: active memberships alone, and at once", async () => {
  const ctx = testCtx();
  const [kitchen, medics, library] = [await aGroup(ctx), await aGroup(ctx), await aGroup(ctx)];
  const person = await aMember(ctx, kitchen.id, { role: "coordinator" });
  await aMember(ctx, medics.id, { personId: person.id, state: "asked" });
  await aMember(ctx, library.id, { personId: person.id, state: "left" });
  const token = await signIn(ctx, person.phone, "phone");
  expect((await findSession(ctx.db, token, ctx.now))!.roles).toEqual({ [kitchen.id]: "coordinator" });
  await ctx.db.sql`update memberships set state = 'left' where group_id = ${kitchen.id}::uuid`;
  expect((await findSession(ctx.db, token, ctx.now))!.roles).toEqual({});
});

test("an API token names its person until it is revoked, and is kept as a hash", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx, { isAdmin: true });
  const token = await makeApiToken(ctx, person.id);
  expect(token).toMatch(/^mh_[\w-]{43}$/);
  expect(await findApiToken(ctx.db, token, ctx.now)).toMatchObject({ id: person.id, isAdmin: true });
  expect(await findSession(ctx.db, token, ctx.now)).toBeNull();
  const kept = await ctx.db.sql<{ t: string }[]>`select t::text as t from api_tokens t`;
  expect(kept.map(({ t }) => t).join()).not.toContain(token.slice(3));
  expect(await revokeApiTokens(ctx, person.id)).toBe(1);
  expect(await findApiToken(ctx.db, token, ctx.now)).toBeNull();
});

test.each([
  [
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
    "Chrome, Android",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1",
    "Safari, iPhone",
  ],
  ["Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Windows"],
  ["curl/8", ""],
  [null, ""],
])("a browser that says %s is called %s", (agent, label) => expect(deviceOf(agent)).toBe(label));
