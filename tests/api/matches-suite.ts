import { describe, expect, it } from "vitest";
import { closePost } from "#app/posts/close-post.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, kindOf, type Answer } from "./harness.ts";

const MATCHES = "GET /posts/{code}/matches";
const DISMISS = "POST /posts/{code}/dismissals";

export function matchesSuite(): void {
  matching();
  dismissing();
}

function matching(): void {
  describe(MATCHES, () => {
    it("finds open posts of the other kind that fit, the best first, with reasons", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const meals = await aCategory(ctx, group.id);
      const other = await aCategory(ctx, group.id);
      const here = { groupId: group.id, categoryId: meals.id, lat: 40, lng: -3 };
      const need = await aPost(ctx, { ...here, quantity: 5, urgency: "urgent" });
      const offer = { kind: "offer" as const, quantity: 5, title: "Pots of rice" };
      const far = await aPost(ctx, { ...here, ...offer, lat: 40.15 });
      const near = await aPost(ctx, { ...here, ...offer });
      await aPost(ctx, { ...here, ...offer, categoryId: other.id });
      await aPost(ctx, { ...here, ...offer, visibility: "team" });
      await aPost(ctx, { ...here });

      const { body } = await call(MATCHES, `/posts/${need.code}/matches`);
      expect(body.items.map((item: { post: { code: string } }) => item.post.code)).toEqual([near.code, far.code]);
      expect(body.items[0].score).toBeGreaterThan(body.items[1].score);
      expect(body.items[0]).toMatchObject({
        strength: "strong",
        quantity: 5,
        reasons: ["the same kind of thing", "in the same area", "enough for all of it"],
        reason_kinds: ["same_category", "same_area", "enough"],
      });
      expect(body.items[1].reason_kinds).not.toContain("near");
      expect(body.relaxed).toEqual([]);

      const back = await call(MATCHES, `/posts/${near.code}/matches`);
      expect(back.body.items.map((item: { post: { code: string } }) => item.post.code)).toContain(need.code);
      expect(back.body.items[0].reason_kinds).toEqual(["same_category", "same_area", "enough", "urgent"]);
    });

    it("leaves out what cannot meet in time, and has nothing for a closed post", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const author = await aPerson(ctx);
      const morning = { windowStart: new Date("2027-01-05T08:00:00Z"), windowEnd: new Date("2027-01-05T10:00:00Z") };
      const evening = { windowStart: new Date("2027-01-05T18:00:00Z"), windowEnd: null };
      const need = await aPost(ctx, { groupId: group.id, authorId: author.id, ...morning });
      await aPost(ctx, { groupId: group.id, kind: "offer", ...evening });
      const fits = await aPost(ctx, { groupId: group.id, kind: "offer", ...morning });
      const matches = () => call(MATCHES, `/posts/${need.code}/matches`);
      expect((await matches()).body.items).toMatchObject([{ post: { code: fits.code } }]);
      await closePost(await signedInAs(ctx, { id: fits.authorId }), { code: fits.code, reason: "withdrawn" });
      const beyond = await call(MATCHES, `/posts/${need.code}/matches`);
      expect(beyond.body).toMatchObject({ items: [{ strength: "weak" }], relaxed: ["time"] });
      const token = await aToken(author);
      await call("PATCH /posts/{code}", `/posts/${need.code}`, {
        token,
        body: { status: "closed", closed_reason: "fulfilled" },
      });
      expect((await matches()).body.items).toEqual([]);
    });

    it("is only for posts one may see", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const hidden = await aPost(ctx, { groupId: group.id, visibility: "volunteers" });
      expect((await call(MATCHES, `/posts/${hidden.code}/matches`)).status).toBe(404);
      expect((await call(MATCHES, `/posts/${hidden.code}/matches?n=1`)).status).toBe(422);
      const admin = await signedInAs(ctx, await aPerson(ctx, { isAdmin: true }));
      const token = await aToken(admin.person);
      expect((await call(MATCHES, `/posts/${hidden.code}/matches`, { token })).status).toBe(200);
    });
  });
}

function dismissing(): void {
  describe(DISMISS, () => {
    const aPair = async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const need = await aPost(ctx, { groupId: group.id });
      const offer = await aPost(ctx, { groupId: group.id, kind: "offer" });
      const coordinator = await aToken(await aMember(ctx, group.id, { role: "coordinator" }));
      return { ctx, group, need, offer, coordinator };
    };
    const codes = async (path: string, token: string): Promise<string[]> => {
      const { body }: Answer = await call(MATCHES, `${path}/matches`, { token });
      return body.items.map((item: { post: { code: string } }) => item.post.code);
    };

    it("puts a pair aside for two weeks, from either side, by whichever of the two it is told", async () => {
      for (const side of ["need", "offer"] as const) {
        const { need, offer, coordinator: token } = await aPair();
        const [post, other] = side === "need" ? [need, offer] : [offer, need];
        expect(await codes(`/posts/${post.code}`, token)).toEqual([other.code]);
        const body = { other_code: other.code.toLowerCase(), reason: "too_far" };
        const said = await call(DISMISS, `/posts/${post.code}/dismissals`, { token, body });
        expect(said).toMatchObject({
          status: 201,
          body: { need: need.code, offer: offer.code, reason: "too_far" },
        });
        const days = (Date.parse(said.body.until) - Date.now()) / 86_400_000;
        expect(days).toBeGreaterThan(13.9);
        expect(days).toBeLessThan(14.1);
        expect(await codes(`/posts/${need.code}`, token)).toEqual([]);
        expect(await codes(`/posts/${offer.code}`, token)).toEqual([]);
        expect((await call(DISMISS, `/posts/${post.code}/dismissals`, { token, body })).status).toBe(201);
      }
    });

    it("is for those the two posts belong to: others learn nothing and change nothing", async () => {
      const { ctx, need, offer, coordinator } = await aPair();
      const at = `/posts/${need.code}/dismissals`;
      const body = { other_code: offer.code, reason: "busy" };
      const visitor = await call(DISMISS, at, { body });
      expect([visitor.status, kindOf(visitor)]).toEqual([401, "sign-in-needed"]);
      const stranger = await call(DISMISS, at, { token: await aToken(await aPerson(ctx)), body });
      expect([stranger.status, kindOf(stranger)]).toEqual([404, "not-found"]);
      expect(await codes(`/posts/${need.code}`, coordinator)).toEqual([offer.code]);
      const author = await aToken({ id: offer.authorId });
      expect((await call(DISMISS, at, { token: author, body })).status).toBe(201);
    });

    it("needs a need and an offer", async () => {
      const { ctx, group, need, coordinator: token } = await aPair();
      const other = await aPost(ctx, { groupId: group.id });
      for (const otherCode of [other.code, need.code, "2222"]) {
        const body = { other_code: otherCode, reason: "other" };
        expect((await call(DISMISS, `/posts/${need.code}/dismissals`, { token, body })).status).toBe(404);
      }
    });

    it.each([
      [{ reason: "busy" }, "#/other_code"],
      [{ other_code: "?", reason: "busy" }, "#/other_code"],
      [{ other_code: "4F2K", reason: "their face" }, "#/reason"],
      [{ other_code: "4F2K", reason: "busy", until: "tomorrow" }, "#/until"],
    ])("refuses %j", async (body, pointer) => {
      const { need, coordinator: token } = await aPair();
      const answer = await call(DISMISS, `/posts/${need.code}/dismissals`, { token, raw: JSON.stringify(body) });
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, pointer]);
    });

    it("refuses bodies it cannot read", async () => {
      const { need, coordinator: token } = await aPair();
      const at = `/posts/${need.code}/dismissals`;
      const statuses = [
        await call(DISMISS, at, { token, raw: "{" }),
        await call(DISMISS, at, { token, raw: " ".repeat(70_000) }),
        await call(DISMISS, at, { token, raw: "{}", headers: { "Content-Type": "text/xml" } }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([400, 413, 415]);
    });
  });
}
