import { randomInt } from "node:crypto";
import { describe, expect, test } from "vitest";
import { forgetSignIns } from "#app/people/forget-sign-ins.server.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { aPhone } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const at = (seconds: number) => new Date(Date.UTC(2030, 0, 1) + seconds * 1000);

describe("a limit", () => {
  test("is exact when fifty ask at once", async () => {
    const ctx = testCtx();
    const key = `fifty ${aPhone()}`;
    const taken = await Promise.all(
      Array.from({ length: 50 }, () => takeFromLimit(ctx, { key, max: 7, perSeconds: 60 })),
    );
    expect(taken.filter(Boolean)).toHaveLength(7);
  });

  test("starts anew with the next window, and keys do not share", async () => {
    const key = aPhone();
    const take = (seconds: number, name = key) =>
      takeFromLimit(testCtx({ now: at(seconds) }), { key: name, max: 1, perSeconds: 30 });
    expect([await take(0), await take(29), await take(30), await take(59)]).toEqual([true, false, true, false]);
    expect(await take(29, `${key} other`)).toBe(true);
  });

  test("keeps the key as a fingerprint", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    await takeFromLimit(ctx, { key: `sign-in to ${phone}`, max: 1, perSeconds: 30 });
    const rows = await ctx.db.sql<{ key: string }[]>`select key from rate_limits`;
    for (const { key } of rows) expect(key).toMatch(/^[0-9a-f]{64}$/);
  });

  test("is off only where the context says so", async () => {
    const ctx = testCtx({ rateLimits: false });
    const phone = aPhone();
    for (let n = 0; n < 4; n += 1) await startSignIn(ctx, { phone });
  });
});

describe("codes to one number", () => {
  const start = (phone: string, seconds: number, address?: string) =>
    startSignIn(testCtx({ now: at(seconds) }), { phone, address }).then(
      () => "sent",
      (problem: { kind: string; facts: { seconds: number } }) => `${problem.kind} ${problem.facts.seconds}`,
    );

  test("go out once in 30 seconds and three times in ten minutes", async () => {
    const phone = aPhone();
    expect(await start(phone, 0)).toBe("sent");
    expect(await start(phone, 10)).toBe("too-many 20");
    expect(await start(phone, 30)).toBe("sent");
    expect(await start(phone, 60)).toBe("sent");
    expect(await start(phone, 90)).toBe("too-many 510");
    expect(await start(phone, 600)).toBe("sent");
  });

  test("go out ten times a day", async () => {
    const phone = aPhone();
    const day = 86_400;
    const answers: string[] = [];
    for (let n = 0; n < 11; n += 1) answers.push(await start(phone, day * 2 + n * 600));
    expect(answers.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => "sent"));
    expect(answers[10]).toMatch(/^too-many/);
  });

  test("from one address go out sixty times an hour, to whomever", async () => {
    const address = `198.51.100.${randomInt(256)}`;
    const answers = await Promise.all(Array.from({ length: 70 }, () => start(aPhone(), 0, address)));
    expect(answers.filter((answer) => answer === "sent")).toHaveLength(60);
  });
});

test("what has run out is forgotten a day later, and only that", async () => {
  const now = new Date(Date.UTC(2040, 0, 10));
  const old = testCtx({ now: new Date(now.getTime() - 3 * 86_400_000) });
  const fresh = testCtx({ now });
  await startSignIn(old, { phone: aPhone() });
  const { challengeId } = await startSignIn(fresh, { phone: aPhone() });
  expect(await forgetSignIns(fresh)).toBeGreaterThan(0);
  expect(await forgetSignIns(fresh)).toBe(0);
  const kept = await fresh.db.sql`select id from sign_in_codes where id = ${challengeId}::uuid`;
  expect(kept).toHaveLength(1);
});
