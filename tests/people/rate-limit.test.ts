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

  test("go out five times a day", async () => {
    const phone = aPhone();
    const day = 86_400;
    const answers: string[] = [];
    for (let n = 0; n < 6; n += 1) answers.push(await start(phone, day * 2 + n * 600));
    expect(answers.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => "sent"));
    expect(answers[5]).toMatch(/^too-many/);
  });

  /** Numbers that have nothing in common. */
  const far = (n: number) => `+1${201 + (n % 780)}555${String(1000 + n).slice(-4)}`;

  test("from one address go out sixty times an hour, to whomever; then a browser shows that somebody is there", async () => {
    const address = `198.51.100.${randomInt(256)}`;
    const at4 = testCtx({ now: at(86_400 * 4) });
    const ask = (n: number, human = false) =>
      startSignIn(at4, { phone: far(n), address, human }).then(
        () => "sent",
        (problem: { facts: { proof?: number } }) => `proof ${problem.facts.proof}`,
      );
    const answers = await Promise.all(Array.from({ length: 70 }, (_none, n) => ask(n)));
    expect(answers.filter((answer) => answer === "sent")).toHaveLength(60);
    expect(answers.filter((answer) => answer === "proof 1")).toHaveLength(10);
    expect(await ask(answers.indexOf("proof 1"), true)).toBe("sent");
  });

  test("to numbers that differ in the last four digits only, twenty go out in an hour without that", async () => {
    const at5 = testCtx({ now: at(86_400 * 5) });
    const answers = await Promise.allSettled(
      Array.from({ length: 25 }, (_none, n) => startSignIn(at5, { phone: `+1212555${4000 + n}` })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    await expect(startSignIn(at5, { phone: "+12125554999", human: true })).resolves.toBeTruthy();
  });

  test("need it of everybody when hardly any of the last hour's codes was typed in", async () => {
    const now = at(86_400 * 6);
    const before = testCtx({ now: new Date(now.getTime() - 30 * 60_000) });
    for (let n = 0; n < 50; n += 1) await startSignIn(before, { phone: far(100 + n), human: true });
    await expect(startSignIn(testCtx({ now }), { phone: far(300) })).rejects.toMatchObject({ facts: { proof: 1 } });
    await before.db.sql`update sign_in_codes set used_at = created_at where created_at = ${before.now}::timestamptz
      and id in (select id from sign_in_codes where created_at = ${before.now}::timestamptz limit 20)`;
    await expect(startSignIn(testCtx({ now }), { phone: far(301) })).resolves.toBeTruthy();
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
