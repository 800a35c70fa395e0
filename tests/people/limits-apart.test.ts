import { describe, expect, test } from "vitest";
import { finishSignIn } from "#app/people/finish-sign-in.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { testCtx } from "#tests/setup/context.ts";

/** Whoever runs into one limit of the sign-in runs into that one alone. Each test has a day of its own. */

let days = 0;
const aDay = () => testCtx({ now: new Date(Date.UTC(2031, 0, ++days, 12)) });
type Asked = Parameters<typeof startSignIn>[1];
const ask = (ctx: ReturnType<typeof aDay>, asked: Asked) =>
  startSignIn(ctx, asked).then(
    () => "sent",
    (problem: { kind: string; facts: object }) => ({ kind: problem.kind, ...problem.facts }),
  );
/** Numbers that have nothing in common. */
const far = (n: number) => `+1${201 + (n % 780)}555${String(1000 + n).slice(-4)}`;
const PROOF = { kind: "too-many", seconds: 3600, proof: 1 };

describe("limits", () => {
  test("of numbers that are alike leave others alone, and whoever confirms their own", async () => {
    const ctx = aDay();
    for (let n = 0; n < 20; n++) expect(await ask(ctx, { phone: `+1212555${4000 + n}` })).toBe("sent");
    expect(await ask(ctx, { phone: "+12125554100" })).toEqual(PROOF);
    expect(await ask(ctx, { phone: "+12125564100" })).toBe("sent");
    expect(await ask(ctx, { phone: "+12125554200", own: true })).toBe("sent");
    expect(await ask(ctx, { phone: "+12125554300", human: true })).toBe("sent");
  });

  test("of a network leave another network alone, and whoever shows no address", async () => {
    const ctx = aDay();
    const from = (n: number) => `198.51.100.${n}`;
    for (let n = 0; n < 120; n++) expect(await ask(ctx, { phone: far(n), address: from(n) })).toBe("sent");
    expect(await ask(ctx, { phone: far(200), address: from(200) })).toEqual(PROOF);
    expect(await ask(ctx, { phone: far(201), address: "203.0.113.1" })).toBe("sent");
    expect(await ask(ctx, { phone: far(202), address: null })).toBe("sent");
  });

  test("of an address leave its neighbours alone", async () => {
    const ctx = aDay();
    for (let n = 0; n < 60; n++) expect(await ask(ctx, { phone: far(n), address: "198.51.100.1" })).toBe("sent");
    expect(await ask(ctx, { phone: far(300), address: "198.51.100.1" })).toEqual(PROOF);
    expect(await ask(ctx, { phone: far(301), address: "198.51.100.2" })).toBe("sent");
  });

  test("of signing in and of confirming do not add up, and one number's are not another's", async () => {
    const ctx = aDay();
    expect(await ask(ctx, { phone: far(1) })).toBe("sent");
    expect(await ask(ctx, { phone: far(1) })).toEqual({ kind: "too-many", seconds: 30 });
    expect(await ask(ctx, { phone: far(1), own: true })).toBe("sent");
    expect(await ask(ctx, { phone: far(1), own: true })).toEqual({ kind: "too-many", seconds: 30 });
    expect(await ask(ctx, { phone: far(2), own: true })).toBe("sent");
    expect(await ask(ctx, { phone: far(3) })).toBe("sent");
  });

  test("that are off ask nobody for a proof, however few codes are typed in", async () => {
    const ctx = aDay();
    const before = { ...ctx, now: new Date(ctx.now.getTime() - 30 * 60_000) };
    for (let n = 0; n < 50; n++) await startSignIn(before, { phone: far(n), human: true });
    expect(await ask(ctx, { phone: far(90) })).toMatchObject({ proof: 1 });
    expect(await ask({ ...ctx, rateLimits: false }, { phone: far(91) })).toBe("sent");
    // A fifth is enough.
    await ctx.db.sql`update sign_in_codes set used_at = created_at
      where id in (select id from sign_in_codes where created_at = ${before.now}::timestamptz limit 9)`;
    expect(await ask(ctx, { phone: far(92) })).toMatchObject({ proof: 1 });
    await ctx.db.sql`update sign_in_codes set used_at = created_at
      where id in (select id from sign_in_codes where created_at = ${before.now}::timestamptz and used_at is null limit 1)`;
    expect(await ask(ctx, { phone: far(93) })).toBe("sent");
  });
});

describe("somebody new", () => {
  test("speaks English unless they say otherwise, and their code is good for ten minutes", async () => {
    const ctx = aDay();
    const { challengeId } = await startSignIn(ctx, { phone: far(500) });
    const [row] = await ctx.db.sql`
      select p.locale, p.verified_at as "verifiedAt", c.expires_at as "expiresAt", c.tries
      from sign_in_codes c join people p on p.id = c.person_id where c.id = ${challengeId}::uuid`;
    const expiresAt = new Date(ctx.now.getTime() + 600_000);
    expect(row).toEqual({ locale: "en", verifiedAt: null, expiresAt, tries: 0 });
  });

  test("is told which field is wrong", async () => {
    expect(await ask(aDay(), { phone: "12" })).toEqual({ kind: "invalid-input", field: "phone" });
  });

  test("has proved their number once a code was right; of the device not more than sixty letters are kept", async () => {
    const ctx = aDay();
    const { challengeId } = await startSignIn(ctx, { phone: far(501) });
    const code = signInCode(ctx.seal, challengeId);
    const { person } = await finishSignIn(ctx, { challengeId, code, device: "x".repeat(99) });
    const [row] = await ctx.db.sql`
      select p.verified_at as "verifiedAt", s.device from people p join sessions s on s.person_id = p.id
      where p.id = ${person.id}::uuid`;
    expect(row).toEqual({ verifiedAt: ctx.now, device: "x".repeat(60) });
  });
});
