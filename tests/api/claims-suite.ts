import { describe, expect, it } from "vitest";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import type { NewPost } from "#app/posts/publish-post.server.ts";
import { aGroup, aMember, aPerson, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, kindOf, PUBLIC_URL } from "./harness.ts";

const CLAIM = "POST /posts/{code}/claims";
const CHANGE = "PATCH /claims/{id}";

async function aNeed(given: Partial<NewPost> = {}) {
  const ctx = testCtx();
  const group = await aGroup(ctx);
  const post = await aPost(ctx, { groupId: group.id, quantity: 20, ...given });
  const claimer = await aPerson(ctx);
  return { ctx, group, post, path: `/posts/${post.code}/claims`, claimer, token: await aToken(claimer) };
}

export function claimsSuite(): void {
  claiming();
  moving();
}

function claiming(): void {
  describe(CLAIM, () => {
    it("promises a part, then all that is left when no quantity is given", async () => {
      const { path, post, token } = await aNeed();
      const body = { quantity: 12, eta: "2026-11-30T18:00:00+01:00", note: "I bring plates too" };
      const part = await call(CLAIM, path, { token, body });
      expect(part.status).toBe(201);
      expect(part.body).toMatchObject({
        post: post.code,
        quantity: 12,
        status: "promised",
        eta: "2026-11-30T17:00:00.000Z",
        due_at: "2026-11-30T17:00:00.000Z",
        lapses_at: "2026-12-01T05:00:00.000Z",
        note: "I bring plates too",
        remaining: 8,
      });
      const rest = await call(CLAIM, path, { token });
      expect(rest.body).toMatchObject({ quantity: 8, remaining: 0, eta: null });
    });

    it("asks for patience after sixty promises in an hour", async () => {
      const { ctx, path, claimer, token } = await aNeed();
      const limited = { services: { env: { PUBLIC_URL, RATE_LIMITS: "on" as const } } };
      const limit = { key: `claims by ${claimer.id}`, max: 60, perSeconds: 3_600 };
      for (let n = 0; n < 60; n++) await takeFromLimit(ctx, limit);
      const answer = await call(CLAIM, path, { token, ...limited });
      expect([answer.status, kindOf(answer)]).toEqual([429, "too-many"]);
    });

    it("answers 409 already-covered with what is left", async () => {
      const { path, token } = await aNeed({ quantity: 3 });
      const over = await call(CLAIM, path, { token, body: { quantity: 5 }, headers: { "Accept-Language": "en" } });
      expect([over.status, kindOf(over), over.body.remaining]).toEqual([409, "already-covered", 3]);
      expect(over.body.detail).toContain("3");
      await call(CLAIM, path, { token, body: { quantity: 3 } });
      const gone = await call(CLAIM, path, { token });
      expect([gone.status, kindOf(gone), gone.body.remaining]).toEqual([409, "already-covered", 0]);
    });

    it("makes one claim of fifty requests with one key, and gives all the same answer", async () => {
      const { ctx, path, post, token } = await aNeed();
      const given = { token, body: { quantity: 2 }, headers: { "Idempotency-Key": crypto.randomUUID() } };
      const answers = await Promise.all(Array.from({ length: 50 }, () => call(CLAIM, path, given)));
      expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
      expect(answers[0]!.status).toBe(201);
      const [made] = await ctx.db.sql`
        select count(*)::int as n, (select remaining from posts where id = ${post.id}::uuid) as remaining
        from claims where post_id = ${post.id}::uuid`;
      expect(made).toEqual({ n: 1, remaining: 18 });
      const other = await call(CLAIM, path, { ...given, body: { quantity: 3 } });
      expect([other.status, kindOf(other)]).toEqual([422, "key-reused"]);
    });

    it("lowers the offer that backs it together with the need", async () => {
      const { ctx, group, path, claimer, token } = await aNeed();
      const offer = await aPost(ctx, { groupId: group.id, kind: "offer", quantity: 5, authorId: claimer.id });
      const answer = await call(CLAIM, path, { token, body: { quantity: 4, offer_code: offer.code.toLowerCase() } });
      expect(answer.status).toBe(201);
      expect((await call("GET /posts/{code}", `/posts/${offer.code}`)).body.remaining).toBe(1);
    });

    it("sends two people who are kept apart to the coordinators, without a word why", async () => {
      const { ctx, path, post, claimer, token } = await aNeed();
      await ctx.db.sql`insert into kept_apart (person_id, other_id, at)
        values (least(${claimer.id}::uuid, ${post.authorId}::uuid), greatest(${claimer.id}::uuid, ${post.authorId}::uuid), now())`;
      const refused = await call(CLAIM, path, { token });
      expect([refused.status, kindOf(refused)]).toEqual([409, "ask-coordinators"]);
      expect(JSON.stringify(refused.body)).not.toMatch(/apart|pair/);
    });

    it("is not for one's own post, nor for a closed or unseen one", async () => {
      const { ctx, group, claimer, token } = await aNeed();
      const own = await aPost(ctx, { groupId: group.id, authorId: claimer.id });
      const mine = await call(CLAIM, `/posts/${own.code}/claims`, { token, body: {} });
      expect([mine.status, kindOf(mine)]).toEqual([409, "own-post"]);
      await call("PATCH /posts/{code}", `/posts/${own.code}`, {
        token,
        body: { status: "closed", closed_reason: "withdrawn" },
      });
      const other = await aToken(await aPerson(ctx));
      const closed = await call(CLAIM, `/posts/${own.code}/claims`, { token: other, body: {} });
      expect([closed.status, kindOf(closed)]).toEqual([409, "not-open"]);
      const hidden = await aPost(ctx, { groupId: group.id, visibility: "team" });
      expect((await call(CLAIM, `/posts/${hidden.code}/claims`, { token: other, body: {} })).status).toBe(404);
    });

    it("needs somebody signed in", async () => {
      const { path } = await aNeed();
      const answer = await call(CLAIM, path, { body: {} });
      expect([answer.status, kindOf(answer)]).toEqual([401, "sign-in-needed"]);
    });

    it.each([
      [{ quantity: 0 }, "#/quantity"],
      [{ quantity: Infinity }, "#/quantity"],
      [{ eta: "soon" }, "#/eta"],
      [{ note: "x".repeat(501) }, "#/note"],
      [{ offer_code: "?" }, "#/offer_code"],
      [{ status: "delivered" }, "#/status"],
    ])("refuses %j", async (body, pointer) => {
      const { path, token } = await aNeed();
      const answer = await call(CLAIM, path, { token, raw: JSON.stringify(body).replace("null", "1e400") });
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, pointer]);
    });

    it("refuses keys and bodies it cannot read", async () => {
      const { path, token } = await aNeed();
      const key = await call(CLAIM, path, { token, body: {}, headers: { "Idempotency-Key": "x".repeat(201) } });
      expect(key.body.errors).toEqual([{ parameter: "Idempotency-Key", detail: expect.any(String) }]);
      const statuses = [
        await call(CLAIM, path, { token, raw: "[1" }),
        await call(CLAIM, path, { token, raw: " ".repeat(70_000) }),
        await call(CLAIM, path, {
          token,
          raw: "a=1",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
        }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([400, 413, 415]);
    });
  });
}

function moving(): void {
  describe(CHANGE, () => {
    const aClaim = async (given: Partial<NewPost> = {}) => {
      const need = await aNeed(given);
      const { body } = await call(CLAIM, need.path, { token: need.token, body: { quantity: 10 } });
      return { ...need, at: `/claims/${body.id}` };
    };

    it("goes on the way and is delivered in part; the rest is open again", async () => {
      const { at, token } = await aClaim();
      const onTheWay = await call(CHANGE, at, { token, body: { status: "on_the_way" } });
      expect(onTheWay.body).toMatchObject({ status: "on_the_way", remaining: 10 });
      expect((await call(CHANGE, at, { token, body: { status: "on_the_way" } })).body.status).toBe("on_the_way");
      const delivered = await call(CHANGE, at, { token, body: { status: "delivered", quantity: 8 } });
      expect(delivered.body).toMatchObject({ status: "delivered", delivered_quantity: 8, remaining: 12 });
    });

    it("is handed back; a reason in free words is kept as a code", async () => {
      const { at, token } = await aClaim();
      const back = await call(CHANGE, at, { token, body: { status: "released", reason: "My cousin Ana is ill" } });
      expect(back.body).toMatchObject({ status: "released", reason: "other", remaining: 20 });
      const late = await call(CHANGE, at, { token, body: { status: "delivered" } });
      expect([late.status, kindOf(late)]).toEqual([409, "wrong-step"]);
      const another = await aClaim();
      const coded = await call(CHANGE, another.at, {
        token: another.token,
        body: { status: "released", reason: "no_time" },
      });
      expect(coded.body.reason).toBe("no_time");
    });

    it("refuses more than was promised, and says the most there can be", async () => {
      const { at, token } = await aClaim();
      const answer = await call(CHANGE, at, { token, body: { status: "delivered", quantity: 11 } });
      expect(answer.body.errors).toEqual([{ pointer: "#/quantity", detail: expect.stringContaining("10") }]);
    });

    it.each([
      [{}, "#/status"],
      [{ status: "confirmed" }, "#/status"],
      [{ status: "on_the_way", quantity: 3 }, "#/quantity"],
      [{ status: "delivered", reason: "no_time" }, "#/reason"],
    ])("refuses %j", async (body, pointer) => {
      const { at, token } = await aClaim();
      const answer = await call(CHANGE, at, { token, body });
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, pointer]);
    });

    it("is for the claimer and the group's coordinators: others learn nothing", async () => {
      const { ctx, group, at } = await aClaim();
      const body = { status: "on_the_way" };
      expect((await call(CHANGE, at, { body })).status).toBe(401);
      expect((await call(CHANGE, at, { token: await aToken(await aPerson(ctx)), body })).status).toBe(404);
      expect((await call(CHANGE, at, { token: await aToken(await aMember(ctx, group.id)), body })).status).toBe(404);
      expect((await call(CHANGE, "/claims/1", { token: await aToken(await aPerson(ctx)), body })).status).toBe(404);
      const coordinator = await aToken(await aMember(ctx, group.id, { role: "coordinator" }));
      expect((await call(CHANGE, at, { token: coordinator, body })).status).toBe(200);
    });

    it("refuses bodies it cannot read", async () => {
      const { at, token } = await aClaim();
      const statuses = [
        await call(CHANGE, at, { token, raw: "" + "{" }),
        await call(CHANGE, at, { token, raw: " ".repeat(70_000) }),
        await call(CHANGE, at, { token, raw: "{}", headers: { "Content-Type": "text/xml" } }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([400, 413, 415]);
    });
  });
}
