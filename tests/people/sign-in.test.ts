import { describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { finishSignIn } from "#app/people/finish-sign-in.server.ts";
import { signInCode } from "#app/people/sign-in-code.server.ts";
import { signInHint } from "#app/people/sign-in-hint.server.ts";
import { startSignIn } from "#app/people/start-sign-in.server.ts";
import { aPerson, aPhone } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const MINUTE = 60_000;
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: new Date(ctx.now.getTime() + ms) });
const codeOf = (ctx: Ctx, challengeId: string) => signInCode(ctx.seal, challengeId);
const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");
const finish = (ctx: Ctx, challengeId: string, code = codeOf(ctx, challengeId)) =>
  finishSignIn(ctx, { challengeId, code, device: "Firefox, Android" });

const sessionsOf = async (ctx: Ctx, phone: string) =>
  ctx.db.sql`
    select s.* from sessions s join people p on p.id = s.person_id
    where p.phone_lookup = ${ctx.seal.lookup("phone", phone)}`;

describe("signing in", () => {
  test("a right code opens a session that names the person", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    const { challengeId } = await startSignIn(ctx, { phone, locale: "es" });
    const { sessionToken, person } = await finish(ctx, challengeId);
    expect(person).toMatchObject({ locale: "es", firstTime: true, hasName: false });

    const found = await findSession(ctx.db, sessionToken, ctx.now);
    expect(found).toEqual({
      id: person.id,
      isAdmin: false,
      locale: "es",
      roles: {},
      accepted: false,
      signedInAt: ctx.now,
    });
    expect(await findSession(ctx.db, `${sessionToken}x`, ctx.now)).toBeNull();
  });

  test("spaces, dashes and Arabic digits in the code are fine", async () => {
    const ctx = testCtx();
    const { challengeId } = await startSignIn(ctx, { phone: aPhone() });
    const typed = [...codeOf(ctx, challengeId)].map((digit) => String.fromCharCode(0x660 + Number(digit))).join(" - ");
    await expect(finish(ctx, challengeId, typed)).resolves.toBeTruthy();
  });

  test("a number that costs whoever texts it, or lies too far away, is sent nothing and becomes nobody", async () => {
    const ctx = { ...testCtx(), textsTo: ["US" as const] };
    for (const [phone, why] of [
      ["+1 900 555 0123", "costly"],
      ["+44 20 7946 0958", "abroad"],
    ] as const) {
      await expect(startSignIn(ctx, { phone })).rejects.toMatchObject({ facts: { field: "phone", why } });
      const lookup = ctx.seal.lookup("phone", phone.replaceAll(" ", ""));
      expect(await ctx.db.sql`select from people where phone_lookup = ${lookup}`).toHaveLength(0);
    }
  });

  test("twenty right codes at once make one session", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    const { challengeId } = await startSignIn(ctx, { phone });
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => finish(ctx, challengeId)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject({ kind: "invalid-code" });
    expect(await sessionsOf(ctx, phone)).toHaveLength(1);
  });

  test("a used code is dead, also in the browser that used it", async () => {
    const ctx = testCtx();
    const { challengeId } = await startSignIn(ctx, { phone: aPhone() });
    await finish(ctx, challengeId);
    await expect(finish(ctx, challengeId)).rejects.toMatchObject({ kind: "invalid-code" });
  });

  test("the fifth try still counts, the sixth finds the code burnt", async () => {
    const ctx = testCtx();
    const wrong = async (challengeId: string, times: number) => {
      for (let n = 0; n < times; n += 1) {
        const guess = finish(ctx, challengeId, otherThan(codeOf(ctx, challengeId)));
        await expect(guess).rejects.toMatchObject({ kind: "invalid-code", facts: {} });
      }
    };
    const fifth = await startSignIn(ctx, { phone: aPhone() });
    await wrong(fifth.challengeId, 4);
    await expect(finish(ctx, fifth.challengeId)).resolves.toBeTruthy();

    const sixth = await startSignIn(ctx, { phone: aPhone() });
    await wrong(sixth.challengeId, 5);
    await expect(finish(ctx, sixth.challengeId)).rejects.toMatchObject({ kind: "invalid-code" });
  });

  test("a hundred guesses at once get five tries", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    const { challengeId } = await startSignIn(ctx, { phone });
    const right = codeOf(ctx, challengeId);
    await Promise.allSettled(Array.from({ length: 100 }, () => finish(ctx, challengeId, otherThan(right))));
    const [row] = await ctx.db.sql`select tries, used_at from sign_in_codes where id = ${challengeId}::uuid`;
    expect(row).toMatchObject({ tries: 5, used_at: null });
    expect(await sessionsOf(ctx, phone)).toHaveLength(0);
  });

  test("a new code kills the old one", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    const old = await startSignIn(ctx, { phone });
    const minuteLater = later(ctx, MINUTE);
    const fresh = await startSignIn(minuteLater, { phone });
    await expect(finish(minuteLater, old.challengeId)).rejects.toMatchObject({ kind: "invalid-code" });
    await expect(finish(minuteLater, fresh.challengeId)).resolves.toBeTruthy();
  });

  test("a code works with its own browser's challenge alone", async () => {
    const ctx = testCtx();
    const mine = await startSignIn(ctx, { phone: aPhone() });
    const theirs = await startSignIn(ctx, { phone: aPhone() });
    const stolen = finish(ctx, theirs.challengeId, codeOf(ctx, mine.challengeId));
    await expect(stolen).rejects.toMatchObject({ kind: "invalid-code" });
    await expect(finish(ctx, "not-a-challenge", "123456")).rejects.toMatchObject({ kind: "invalid-code" });
  });

  test("after ten minutes a code is too old", async () => {
    const ctx = testCtx();
    const { challengeId } = await startSignIn(ctx, { phone: aPhone() });
    expect(await signInHint(ctx, challengeId)).toMatch(/^\d\d$/);
    const tooLate = later(ctx, 10 * MINUTE);
    expect(await signInHint(tooLate, challengeId)).toBeNull();
    await expect(finish(tooLate, challengeId)).rejects.toMatchObject({ kind: "invalid-code" });
  });

  test("known and unknown numbers get the same answer and leave the same traces", async () => {
    const ctx = testCtx();
    const known = await aPerson(ctx);
    const unknown = aPhone();
    const traces = async (phone: string) => {
      const answer = await startSignIn(ctx, { phone });
      const events = await ctx.db.sql`
        select e.type, e.data = jsonb_build_object('challengeId', ${answer.challengeId}::text) as names_challenge
        from events e join people p on p.id = e.actor_id where p.phone_lookup = ${ctx.seal.lookup("phone", phone)}`;
      return { keys: Object.keys(answer), events: [...events] };
    };
    const [forKnown, forUnknown] = [await traces(known.phone), await traces(unknown)];
    expect(forKnown).toEqual(forUnknown);
    expect(forKnown.events).toEqual([{ type: "sign_in.asked", names_challenge: true }]);
  });

  test("asking for a code changes nothing about somebody known", async () => {
    const ctx = testCtx();
    const known = await aPerson(ctx, { locale: "ar" });
    const row = () => ctx.db.sql`select * from people where id = ${known.id}::uuid`;
    const before = [...(await row())];
    await startSignIn(ctx, { phone: known.phone, locale: "en" });
    expect([...(await row())]).toEqual(before);
  });

  test("what is no number is refused before anything is written", async () => {
    await expect(startSignIn(testCtx(), { phone: "12" })).rejects.toMatchObject({ kind: "invalid-input" });
  });

  test("neither the code nor the token is in the database", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    const { challengeId } = await startSignIn(ctx, { phone });
    const { sessionToken } = await finish(ctx, challengeId);
    const rows = await ctx.db.sql<{ row: string }[]>`
      select c::text as row from sign_in_codes c where id = ${challengeId}::uuid
      union all select s::text from sessions s union all select p::text from people p`;
    const dump = rows.map(({ row }) => row).join("\n");
    for (const secret of [sessionToken, phone, phone.slice(2)]) expect(dump).not.toContain(secret);
  });
});
