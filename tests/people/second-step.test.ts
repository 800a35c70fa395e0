import { Secret, TOTP } from "otpauth";
import { describe, expect, test } from "vitest";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { finishSignIn } from "#app/people/finish-sign-in.server.ts";
import { addApp, appToAdd } from "#app/people/second-step/app.server.ts";
import { newPaper } from "#app/people/second-step/paper.server.ts";
import { finishSecondStep, renewBySecondStep } from "#app/people/second-step/prove.server.ts";
import {
  haveSecondStep,
  listSecondSteps,
  removeSecondStep,
  resetSecondSteps,
} from "#app/people/second-step/second-steps.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const SEED = "seed-of-this-test";
const device = "Firefox, Android";
const later = <C extends Ctx>(ctx: C, seconds: number): C => ({
  ...ctx,
  now: new Date(ctx.now.getTime() + seconds * 1000),
});

const shownBy = (secret: string, at: Date) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

/** Somebody with an app, half a minute after they added it: that code is used up. */
async function withApp() {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const me = await signedInAs(ctx, person);
  const { secret } = appToAdd(me, SEED);
  await addApp(me, { seed: SEED, code: shownBy(secret, me.now) });
  const now = later(me, 40);
  return { ctx: { ...ctx, now: now.now }, me: now, phone: person.phone, code: (at: Ctx) => shownBy(secret, at.now) };
}

let asked = 0;

/** A right code by text, which was not enough. Each is asked for a little later than the one before. */
async function halfIn(at: Ctx, phone: string): Promise<string> {
  asked += 0.001;
  const ctx = later(at, asked);
  const { challengeId } = await startSignIn({ ...ctx, rateLimits: false }, { phone });
  const done = finishSignIn(ctx, { challengeId, code: signInCode(ctx.seal, challengeId), device });
  await expect(done).rejects.toMatchObject({ kind: "second-step" });
  return challengeId;
}

const sessions = async (me: PersonCtx) =>
  (await me.db.sql`select 1 from sessions where person_id = ${me.person.id}::uuid and revoked_at is null`).length;

describe("whoever has an app", () => {
  test("is not signed in by a text alone, but with the app's code, once", async () => {
    const { ctx, me, phone, code } = await withApp();
    const challengeId = await halfIn(ctx, phone);
    expect(await sessions(me)).toBe(0);
    const shown = { code: code(ctx) };
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => finishSecondStep(ctx, { challengeId, shown, device })),
    );
    const [done, ...more] = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(more).toEqual([]);
    expect(await findSession(ctx.db, done!.sessionToken, ctx.now)).toMatchObject({ id: me.person.id });
    expect(await sessions(me)).toBe(1);
  });

  test("cannot use the same code again, nor one from before, nor after ten minutes", async () => {
    const { ctx, phone, code } = await withApp();
    const shown = { code: code(ctx) };
    await finishSecondStep(ctx, { challengeId: await halfIn(ctx, phone), shown, device });
    const again = await halfIn(ctx, phone);
    await expect(finishSecondStep(ctx, { challengeId: again, shown, device })).rejects.toMatchObject({
      kind: "invalid-code",
    });
    const late = later(ctx, 660);
    const lateStep = finishSecondStep(late, { challengeId: again, shown: { code: code(late) }, device });
    await expect(lateStep).rejects.toMatchObject({ kind: "invalid-code" });
  });

  test("finds the step burnt after five wrong tries, and themselves asked to wait after ten", async () => {
    const { ctx, phone, code } = await withApp();
    const wrong = async (challengeId: string) => {
      for (let n = 0; n < 5; n++)
        await expect(finishSecondStep(ctx, { challengeId, shown: { code: "000000" }, device })).rejects.toMatchObject({
          kind: "invalid-code",
        });
    };
    const first = await halfIn(ctx, phone);
    await wrong(first);
    const right = finishSecondStep(ctx, { challengeId: first, shown: { code: code(ctx) }, device });
    await expect(right).rejects.toMatchObject({ kind: "invalid-code" });
    const second = await halfIn(ctx, phone);
    await wrong(second);
    const third = await halfIn(ctx, phone);
    const limited = finishSecondStep(ctx, { challengeId: third, shown: { code: code(ctx) }, device });
    await expect(limited).rejects.toMatchObject({ kind: "too-many" });
  });

  test("needs a code of the very browser, and a code of their own app", async () => {
    const [one, other] = [await withApp(), await withApp()];
    const waits = await halfIn(one.ctx, one.phone);
    const theirs = finishSecondStep(one.ctx, { challengeId: waits, shown: { code: other.code(other.ctx) }, device });
    await expect(theirs).rejects.toMatchObject({ kind: "invalid-code" });
    for (const challengeId of [crypto.randomUUID(), "x", ""])
      await expect(
        finishSecondStep(one.ctx, { challengeId, shown: { code: one.code(one.ctx) }, device }),
      ).rejects.toMatchObject({
        kind: "invalid-code",
      });
  });

  test("gets in by a code on paper, each of the ten once, and nobody else's", async () => {
    const { ctx, me, phone } = await withApp();
    const codes = await newPaper(me);
    expect(new Set(codes).size).toBe(10);
    const first = codes[0]!.toLowerCase().replace("-", " ");
    await finishSecondStep(ctx, { challengeId: await halfIn(ctx, phone), shown: { code: first }, device });
    expect((await listSecondSteps(me)).paper).toBe(9);
    const again = finishSecondStep(ctx, { challengeId: await halfIn(ctx, phone), shown: { code: first }, device });
    await expect(again).rejects.toMatchObject({ kind: "invalid-code" });
    const stranger = await withApp();
    const foreign = await halfIn(stranger.ctx, stranger.phone);
    const taken = finishSecondStep(stranger.ctx, { challengeId: foreign, shown: { code: codes[1]! }, device });
    await expect(taken).rejects.toMatchObject({ kind: "invalid-code" });
    await newPaper(me);
    expect((await listSecondSteps(me)).paper).toBe(10);
  });

  test("proves anew who they are by it, which changes the session's token", async () => {
    const { ctx, me, phone, code } = await withApp();
    const shown = { code: code(ctx) };
    const { sessionToken } = await finishSecondStep(ctx, { challengeId: await halfIn(ctx, phone), shown, device });
    const soon = later(me, 60);
    const given = { token: sessionToken, shown: { code: code(soon) }, device };
    const { sessionToken: renewed } = await renewBySecondStep(soon, given);
    expect(await findSession(ctx.db, sessionToken, soon.now)).toBeNull();
    expect(await findSession(ctx.db, renewed, soon.now)).toMatchObject({ signedInAt: soon.now });
  });
});

test("a wrong code adds no app, and what was only looked at is kept nowhere", async () => {
  const ctx = testCtx();
  const me = await signedInAs(ctx, await aPerson(ctx));
  await expect(addApp(me, { seed: SEED, code: "12345" })).rejects.toMatchObject({ kind: "invalid-code" });
  expect(await haveSecondStep(me)).toBe(false);
  const other = await signedInAs(ctx, await aPerson(ctx));
  expect(appToAdd(other, SEED).secret).not.toBe(appToAdd(me, SEED).secret);
});

test("an app that is added anew, or several times at once, is one, and lets its owner in", async () => {
  const { ctx, me, phone } = await withApp();
  const seed = "seed-of-the-new-one";
  const { secret } = appToAdd(me, seed);
  const given = { seed, code: shownBy(secret, me.now) };
  await addApp(me, given);
  expect((await listSecondSteps(me)).steps).toHaveLength(1);
  await removeSecondStep(me, { id: (await listSecondSteps(me)).steps[0]!.id });
  await Promise.all(Array.from({ length: 5 }, () => addApp(me, given)));
  expect((await listSecondSteps(me)).steps).toHaveLength(1);
  const soon = later(ctx, 40);
  const shown = { code: shownBy(secret, soon.now) };
  await finishSecondStep(soon, { challengeId: await halfIn(soon, phone), shown, device });
  expect(await sessions(me)).toBe(1);
});

test("the last one taken away takes the paper with it, and a text is enough again", async () => {
  const { ctx, me, phone } = await withApp();
  await newPaper(me);
  const [app] = (await listSecondSteps(me)).steps;
  const stranger = await signedInAs(ctx, await aPerson(ctx));
  await removeSecondStep(stranger, { id: app!.id });
  expect(await haveSecondStep(me)).toBe(true);
  await removeSecondStep(me, { id: app!.id });
  expect(await listSecondSteps(me)).toEqual({ steps: [], paper: 0 });
  const { challengeId } = await startSignIn(ctx, { phone });
  await expect(
    finishSignIn(ctx, { challengeId, code: signInCode(ctx.seal, challengeId), device }),
  ).resolves.toBeTruthy();
});

test("whoever lost everything is let in again by the operator, which is on record", async () => {
  const { ctx, me } = await withApp();
  expect(await resetSecondSteps(ctx, me.person.id)).toBe(true);
  expect(await haveSecondStep(me)).toBe(false);
  expect(await resetSecondSteps(ctx, me.person.id)).toBe(false);
  const happened = await ctx.db.sql`
    select type, data ->> 'kind' as kind from events where data ->> 'personId' = ${me.person.id} order by id`;
  expect([...happened]).toEqual([
    { type: "second_step.added", kind: "app" },
    { type: "second_step.removed", kind: "all" },
  ]);
});

test("whoever has none is asked for none, whatever others have", async () => {
  const { ctx } = await withApp();
  const { phone } = await aPerson(ctx);
  const { challengeId } = await startSignIn(ctx, { phone });
  await expect(
    finishSignIn(ctx, { challengeId, code: signInCode(ctx.seal, challengeId), device }),
  ).resolves.toBeTruthy();
});

test("an app's secret lies sealed", async () => {
  const { me } = await withApp();
  const [row] = await me.db.sql<{ words: string }[]>`
    select t::text as words from second_steps t where person_id = ${me.person.id}::uuid`;
  expect(row!.words).not.toContain(appToAdd(me, SEED).secret);
});
