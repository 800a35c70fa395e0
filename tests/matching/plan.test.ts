import { describe, expect, it } from "vitest";
import { acceptPlan } from "#app/matching/accept-plan.server.ts";
import type { Plan } from "#app/matching/plan.ts";
import { proposePlan } from "#app/matching/propose-plan.server.ts";
import { aCategory, aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

/** At noon, so that a few hours later is the same day. */
const ctx = testCtx({ now: new Date(new Date().setHours(12, 0, 0, 0)) });
const DAY = 86_400_000;
const dayOf = (at: Date) => new Intl.DateTimeFormat("sv-SE").format(at);
const today = dayOf(ctx.now);

async function aKitchen() {
  const group = await aGroup(ctx);
  const meals = await aCategory(ctx, group.id);
  const lead = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const place = { groupId: group.id, categoryId: meals.id, lat: 40.7, lng: -73.9 };
  const need = (quantity: number, given = {}) => aPost(ctx, { ...place, quantity, ...given });
  const offer = (quantity: number, given = {}) => aPost(ctx, { ...place, kind: "offer", quantity, ...given });
  return { group, lead, need, offer };
}
const linesOf = ({ pairs }: Plan) =>
  pairs.map(({ need, offer, quantity }) => `${need.code} ${offer.code} ${quantity}`).toSorted();

describe("a plan of a day", () => {
  it("serves one need from several offers and several needs from one offer, and tells what stays unmet", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const [big, small] = [await need(30), await need(6)];
    const [some, more] = [await offer(20), await offer(12)];
    const plan = await proposePlan(lead, { groupId: group.id, day: today }, "en");
    expect(plan.total).toBe(32);
    expect(plan.unusedOffers).toBe(0);
    const given = (code: string) =>
      plan.pairs.filter((pair) => pair.offer.code === code).reduce((sum, { quantity }) => sum + quantity, 0);
    expect([given(some.code), given(more.code)]).toEqual([20, 12]);
    expect(plan.unmet.reduce((sum, { left }) => sum + left, 0)).toBe(4);
    expect(new Set(plan.pairs.map((pair) => pair.need.code))).toEqual(new Set([big.code, small.code]));
    expect(plan.pairs[0]!.reasons.length).toBeGreaterThan(0);
  });

  it("holds nothing that cannot be counted: another kind that merely helps, another size, something else", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const other = await aCategory(ctx, group.id);
    const sizes = [
      { key: "child", label: "Children", translations: {} },
      { key: "large", label: "Large", translations: {} },
    ];
    const field = { key: "size", label: "Size", translations: {}, weighs: "wish", several: true, options: sizes };
    const asked = await need(5, { answers: { size: ["child"] } });
    await ctx.db.sql`
      update categories set fields = ${ctx.db.sql.json([field] as never)}
      where id = (select category_id from posts where id = ${asked.id}::uuid)`;
    await ctx.db.sql`
      insert into category_fits (need_category_id, offer_category_id, fit)
      select category_id, ${other.id}::uuid, 'partly' from posts where id = ${asked.id}::uuid`;
    await offer(5, { categoryId: other.id });
    await offer(5, { categoryId: null });
    await offer(5, { answers: { size: ["large"] } });
    const planned = async () => linesOf(await proposePlan(lead, { groupId: group.id, day: today }, "en"));
    expect(await planned()).toEqual([]);
    const fitting = await offer(5, { answers: { size: ["large", "child"] } });
    expect(await planned()).toEqual([`${asked.code} ${fitting.code} 5`]);
  });

  it("is better than taking the best pair first", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const morning = { windowStart: ctx.now, windowEnd: new Date(ctx.now.getTime() + 3_600_000) };
    const [picky, easy] = [await need(5, morning), await need(5)];
    const [both, late] = [
      await offer(5),
      await offer(5, {
        windowStart: new Date(ctx.now.getTime() + 2 * 3_600_000),
        windowEnd: new Date(ctx.now.getTime() + 4 * 3_600_000),
      }),
    ];
    const plan = await proposePlan(lead, { groupId: group.id, day: today }, "en");
    expect(linesOf(plan)).toEqual([`${picky.code} ${both.code} 5`, `${easy.code} ${late.code} 5`].toSorted());
    expect(plan.unmet).toEqual([]);
  });

  it("gives as much as it can before it chooses the best pairs", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const far = { lat: 40.78, lng: -73.9 };
    const farther = { lat: 40.86, lng: -73.9 };
    const [here, away] = [await need(5, { urgency: "urgent" }), await need(5, farther)];
    const [near, between] = [await offer(5, far), await offer(5, { lat: 40.55, lng: -73.9 })];
    const plan = await proposePlan(lead, { groupId: group.id, day: today }, "en");
    expect(plan.total).toBe(10);
    expect(linesOf(plan)).toEqual([`${here.code} ${between.code} 5`, `${away.code} ${near.code} 5`].toSorted());
  });

  it("leaves what ends at midnight to the day before", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const midnight = new Date(new Date(ctx.now.getTime() + DAY).setHours(0, 0, 0, 0));
    const tonight = await need(3, { windowStart: ctx.now, windowEnd: midnight });
    await offer(3);
    const needsOn = async (day: string) =>
      (await proposePlan(lead, { groupId: group.id, day }, "en")).pairs.map((pair) => pair.need.code);
    expect(await needsOn(today)).toEqual([tonight.code]);
    expect(await needsOn(dayOf(midnight))).toEqual([]);
  });

  it("never gives or promises more than there is, whatever is kept and left out", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const needs = [await need(7), await need(3), await need(11)];
    const offers = [await offer(4), await offer(9), await offer(2)];
    const pairs = needs.flatMap((one) => offers.map((other) => ({ needCode: one.code, offerCode: other.code })));
    for (let round = 0; round < 12; round++) {
      const kept = pairs
        .filter((_, at) => (at * 7 + round) % 5 === 0)
        .map((pair) => ({ ...pair, quantity: 1 + round }));
      const without = pairs.filter((_, at) => (at * 3 + round) % 4 === 0);
      const plan = await proposePlan(lead, { groupId: group.id, day: today, kept, without }, "en");
      const sums = (side: "need" | "offer") => {
        const sum = new Map<string, number>();
        for (const pair of plan.pairs) sum.set(pair[side].code, (sum.get(pair[side].code) ?? 0) + pair.quantity);
        return sum;
      };
      for (const side of ["need", "offer"] as const)
        for (const { [side]: post } of plan.pairs)
          expect(sums(side).get(post.code)).toBeLessThanOrEqual(post.remaining);
      const missing = plan.unmet.reduce((sum, { left }) => sum + left, 0);
      expect(plan.total + missing).toBe(21);
      expect(new Set(plan.pairs.map((pair) => `${pair.need.code} ${pair.offer.code}`)).size).toBe(plan.pairs.length);
    }
  });

  it("is of that day alone, and only for who runs the group", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const later = {
      windowStart: new Date(ctx.now.getTime() + 3 * DAY),
      windowEnd: new Date(ctx.now.getTime() + 3 * DAY + 3_600_000),
    };
    const then = await need(3, later);
    await offer(3);
    expect((await proposePlan(lead, { groupId: group.id, day: today }, "en")).pairs).toEqual([]);
    const plan = await proposePlan(lead, { groupId: group.id, day: dayOf(later.windowStart) }, "en");
    expect(plan.pairs.map((pair) => pair.need.code)).toEqual([then.code]);
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    await expect(proposePlan(volunteer, { groupId: group.id, day: today }, "en")).rejects.toMatchObject({
      kind: "not-allowed",
    });
    for (const day of ["2026-02-30", "today", ""])
      await expect(proposePlan(lead, { groupId: group.id, day }, "en")).rejects.toMatchObject({
        kind: "invalid-input",
      });
  });

  it("is made around what the coordinator keeps and leaves out", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const [one, two] = [await need(10), await need(10)];
    const [first, second] = [await offer(10), await offer(10)];
    const kept = [{ needCode: one.code, offerCode: second.code, quantity: 4 }];
    const without = [{ needCode: two.code, offerCode: second.code }];
    const plan = await proposePlan(lead, { groupId: group.id, day: today, kept, without }, "en");
    const lines = linesOf(plan);
    expect(lines).toContain(`${one.code} ${second.code} 4`);
    expect(lines.some((line) => line.startsWith(`${two.code} ${second.code}`))).toBe(false);
    const given = plan.pairs.filter(({ offer: { code } }) => code === first.code);
    expect(given.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(10);
  });
});

describe("accepting it", () => {
  it("brings every pair together once, however often it is sent, and tells what could not be", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const [one, two] = [await need(10), await need(5)];
    await offer(8);
    await offer(9);
    const plan = await proposePlan(lead, { groupId: group.id, day: today }, "en");
    const pairs = plan.pairs.map((pair) => ({
      needCode: pair.need.code,
      offerCode: pair.offer.code,
      quantity: pair.quantity,
    }));
    const gone = await need(1);
    const all = [...pairs, { needCode: gone.code, offerCode: pairs[0]!.offerCode, quantity: 99 }];
    for (let times = 0; times < 2; times++) {
      const { done, failed } = await acceptPlan(lead, { pairs: all, key: "the-plan-of-today" });
      expect(done).toBe(pairs.length);
      expect(failed).toEqual([{ needCode: gone.code, offerCode: pairs[0]!.offerCode, problem: "already-covered" }]);
    }
    const rows = await ctx.db.sql<{ remaining: number }[]>`
      select remaining from posts where id in (${one.id}::uuid, ${two.id}::uuid)`;
    expect(rows.map(({ remaining }) => remaining)).toEqual([0, 0]);
  });

  it("never gives more than there is when two coordinators accept the same plan at once", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const other = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    for (const quantity of [6, 4, 9]) await need(quantity);
    for (const quantity of [5, 8, 6]) await offer(quantity);
    const plan = await proposePlan(lead, { groupId: group.id, day: today }, "en");
    const pairs = plan.pairs.map((pair) => ({
      needCode: pair.need.code,
      offerCode: pair.offer.code,
      quantity: pair.quantity,
    }));
    const outcomes = await Promise.all(
      [lead, other, lead, other].map((who, at) => acceptPlan(who, { pairs, key: `at-once-number-${at}` })),
    );
    expect(outcomes.reduce((sum, { done }) => sum + done, 0)).toBe(pairs.length);
    for (const { failed } of outcomes)
      for (const { problem } of failed) expect(["already-covered", "not-open"]).toContain(problem);
    const rows = await ctx.db.sql<{ kind: string; remaining: number; promised: number }[]>`
      select p.kind, p.remaining, p.quantity - coalesce((select sum(c.quantity) from claims c
        where c.post_id = p.id or c.offer_id = p.id), 0)::int as promised
      from posts p where p.group_id = ${group.id}::uuid`;
    for (const { remaining, promised } of rows) expect([remaining >= 0, remaining]).toEqual([true, promised]);
    expect(rows.reduce((sum, row) => sum + row.remaining, 0)).toBe(0);
  });
});
