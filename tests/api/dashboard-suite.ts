import { describe, expect, it } from "vitest";
import { aGroup, aMember, aPerson, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, kindOf } from "./harness.ts";

const READ = "GET /dashboard";

export function dashboardSuite(): void {
  describe(READ, () => {
    it("counts for coordinators of a group", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const token = await aToken(await aMember(ctx, group.id, { role: "coordinator" }));
      await aPost(ctx, { groupId: group.id, quantity: 4 });
      const covered = await aPost(ctx, { groupId: group.id });
      const helper = await aToken(await aPerson(ctx));
      await call("POST /posts/{code}/claims", `/posts/${covered.code}/claims`, { token: helper });

      const { body } = await call(READ, "/dashboard", { token });
      expect(body.total).toMatchObject({ open: 1, covered: 1, asked: 2, fulfilled: 0, waiting: { under_4_hours: 1 } });
      expect(body.fairness).toMatchObject({ asks: 0, gini: null, ready: 1, ready_never_asked: 1, answered_rate: 0.5 });
      expect(body.fairness.areas).toMatchObject([{ place: null, needs: 2, answered: 1, gap: 0, waiting: 1 }]);
      expect(body.fairness.matches_dismissed).toMatchObject({ too_far: 0 });
      expect(body.report).toMatchObject({
        weeks: [{ asked: 2, met_in_7_days: null }],
        promises: { live: 1, lapsed: 0 },
      });
      expect(body.report.load).toMatchObject({ people: 1, promises: 1, busiest_tenth_share: 1 });
      expect(body.groups).toMatchObject([{ slug: group.slug, name: group.name, open: 1 }]);
      const one = await call(READ, `/dashboard?group=${group.slug}&from=2020-01-01&to=2020-02-01T00:00:00%2B01:00`, {
        token,
      });
      expect(one.body).toMatchObject({
        from: "2020-01-01T00:00:00.000Z",
        to: "2020-01-31T23:00:00.000Z",
        total: { asked: 0, open: 1, met_rate: null },
      });
    });

    it("is for coordinators, each for their own groups; admins see all", async () => {
      const ctx = testCtx();
      const [mine, other] = [await aGroup(ctx), await aGroup(ctx)];
      expect((await call(READ, "/dashboard")).status).toBe(401);
      for (const person of [await aPerson(ctx), await aMember(ctx, mine.id)]) {
        const answer = await call(READ, "/dashboard", { token: await aToken(person) });
        expect([answer.status, kindOf(answer)]).toEqual([403, "not-allowed"]);
      }
      const token = await aToken(await aMember(ctx, mine.id, { role: "coordinator" }));
      expect((await call(READ, `/dashboard?group=${other.slug}`, { token })).status).toBe(403);
      const admin = await aToken(await aPerson(ctx, { isAdmin: true }));
      const everything = await call(READ, "/dashboard", { token: admin });
      const slugs = everything.body.groups.map(({ slug }: { slug: string }) => slug);
      expect(slugs).toEqual(expect.arrayContaining([mine.slug, other.slug]));
    });

    it.each([
      ["group=nowhere", "group"],
      ["from=yesterday", "from"],
      ["from=2026-02-01&to=2026-01-01", "to"],
      ["from=2199-01-01", "from"],
      ["days=7", "days"],
    ])("refuses ?%s", async (query, parameter) => {
      const ctx = testCtx();
      const token = await aToken(await aPerson(ctx, { isAdmin: true }));
      const answer = await call(READ, `/dashboard?${query}`, { token });
      expect([answer.status, answer.body.errors?.[0].parameter]).toEqual([422, parameter]);
    });
  });
}
