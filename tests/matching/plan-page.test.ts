import { describe, expect, it } from "vitest";
import { readPlanForm, wishesOf } from "#app/matching/plan-form.ts";
import { MOST_WISHES, planHref, readPlanQuery } from "#app/matching/plan-query.ts";
import { action, loader } from "#app/routes/coordinate_.plan.tsx";
import { aCategory, aGroup, aMember, aPost } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

/** A coordinator whose group needs 30 and 5 meals and is offered 20. */
async function aDay() {
  const group = await aGroup(ctx);
  const { id: categoryId } = await aCategory(ctx, group.id);
  const here = { groupId: group.id, categoryId, lat: 40.7, lng: -73.9 };
  const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
  const big = await aPost(ctx, { ...here, title: "Dinner", quantity: 30 });
  const small = await aPost(ctx, { ...here, title: "Lunch", quantity: 5 });
  const offer = await aPost(ctx, { ...here, kind: "offer", title: "Stew", quantity: 20 });
  const path = `/coordinate/plan?group=${group.slug}`;
  return {
    group,
    coordinator,
    big,
    small,
    offer,
    path,
    read: async (at = path) => (await readAnswer(await askRoute(ctx, loader, { as: coordinator, path: at }))).body,
    send: async (form: Record<string, string>) =>
      readAnswer(await askRoute(ctx, action, { as: coordinator, path, form })),
  };
}

type Line = { need: { code: string }; missing: number; pairs: { field: string; quantity: number; kept: boolean }[] };
const givenIn = (body: { plan: { lines: Line[] } }) =>
  Object.fromEntries(
    body.plan.lines.map(({ need, pairs }) => [need.code, pairs.reduce((sum, { quantity }) => sum + quantity, 0)]),
  );

describe("a plan's page", () => {
  it("says who serves what, and what is missing; is accepted once, however often it is sent", async () => {
    const { read, send, offer } = await aDay();
    const body = await read();
    const given: number[] = Object.values(givenIn(body));
    expect(given.reduce((sum, one) => sum + one, 0)).toBe(20);
    const fields = body.plan.lines.flatMap(({ pairs }: Line) =>
      pairs.map(({ field, quantity }) => [field, `${quantity}`]),
    );
    const form = { act: "accept", key: body.formKey, ...Object.fromEntries(fields) };
    const done = await send(form);
    expect([done.status, new URL(done.to!, "http://x").searchParams.get("done")]).toEqual([303, `${fields.length}`]);
    await send(form);
    const [row] = await ctx.db.sql`select remaining from posts where id = ${offer.id}::uuid`;
    expect(row!["remaining"]).toBe(0);
    const after = await read(done.to!);
    expect(after.said).toEqual({ done: fields.length, failed: [] });
    expect(after.plan.lines).toEqual([]);
  });

  it("keeps what was changed and leaves out what was taken out when worked out again", async () => {
    const { read, send, big, small, offer } = await aDay();
    const changed = await send({ act: "again", key: "a-key-of-it", [`n-${big.code}-${offer.code}-20`]: "3" });
    const again = await read(changed.to!);
    expect(givenIn(again)).toEqual({ [big.code]: 3, [small.code]: 5 });
    expect(again.fresh).not.toBeNull();
    const out = await send({
      act: "again",
      key: "a-key-of-it",
      [`n-${big.code}-${offer.code}-20`]: "20",
      out: `${big.code}-${offer.code}`,
    });
    const without = await read(out.to!);
    expect(givenIn(without)).toEqual({ [small.code]: 5 });
    expect(without.out).toMatchObject([{ name: `${big.code}-${offer.code}` }]);
    expect(again.fixed).toMatchObject([{ name: `${big.code}-${offer.code}`, quantity: 3 }]);
    expect(givenIn(await read(again.fixed[0].href))).toEqual({ [big.code]: 15, [small.code]: 5 });
    expect(givenIn(await read(without.out[0].href))).toHaveProperty(big.code);
  });

  it("tells which pairs could not be made and why, and makes the others", async () => {
    const { read, send, big, small, offer } = await aDay();
    const done = await send({
      act: "accept",
      key: "another-key",
      [`n-${big.code}-${offer.code}-15`]: "19",
      [`n-${small.code}-${offer.code}-5`]: "5",
    });
    const { said } = await read(done.to!);
    expect(said.done).toBe(1);
    expect(said.failed).toMatchObject([
      { need: { title: "Lunch" }, offer: { title: "Stew" }, words: "Somebody was quicker, and less is left now." },
    ]);
  });

  it("shows what is no number again, and accepts nothing", async () => {
    const { send, big, offer } = await aDay();
    const field = `n-${big.code}-${offer.code}-20`;
    const answer = await send({ act: "accept", key: "another-key", [field]: "many" });
    expect([answer.status, answer.body]).toMatchObject([422, { wrong: [field], values: { [field]: "many" } }]);
    const rows = await ctx.db.sql`select from claims where post_id = ${big.id}::uuid`;
    expect(rows).toHaveLength(0);
  });

  it("is not for a coordinator of another group, nor for volunteers", async () => {
    const { group, path } = await aDay();
    const elsewhere = await aGroup(ctx);
    for (const as of [await aMember(ctx, elsewhere.id, { role: "coordinator" }), await aMember(ctx, group.id)]) {
      expect((await askRoute(ctx, loader, { as, path })).status).toBe(403);
      expect((await askRoute(ctx, action, { as, path, form: { act: "accept", key: "a-key-of-it" } })).status).toBe(403);
    }
  });
});

describe("the address of a plan", () => {
  const pair = (n: number) => ({ needCode: `ABC${n}`.padEnd(8, "D").slice(0, 8), offerCode: "WXYZ2345", quantity: n });
  const place = { group: "kitchen", day: "2026-11-24" };
  const readBack = (href: string) => readPlanQuery(new URL(href, "http://x").searchParams);

  it("says again what it was made of", () => {
    const wishes = { kept: [pair(2), pair(33)], without: [{ needCode: "2345", offerCode: "6789" }] };
    const failed = [{ needCode: "2345", offerCode: "6789", problem: "already-covered" as const }];
    const read = readBack(planHref(place, wishes, { done: 4, failed }));
    expect(read).toEqual({ ...wishes, accepted: { done: 4, failed }, full: false });
    expect(readBack("/coordinate/plan?keep=x-y-z.ABCD&done=-1")).toMatchObject({ kept: [], accepted: null });
  });

  it("fits a browser however many wishes there are, and says that some are missing", () => {
    const many = Array.from({ length: 2000 }, (_, n) => ({
      ...pair(9_999_999),
      needCode: `2${String(n).padStart(3, "2")}`,
    }));
    const href = planHref(place, { kept: many, without: many });
    expect(href.length).toBeLessThan(4096);
    expect(readBack(href)).toMatchObject({ full: true });
    expect(MOST_WISHES).toBeGreaterThan(0);
  });

  it("takes a pair out that is given nothing", () => {
    const form = readPlanForm({
      act: "again",
      key: "k",
      "n-ABCD-EFGH-5": "0",
      "n-ABCD-JKMN-7": "7",
      keep: "ABCD-JKMN",
    });
    expect(wishesOf(form)).toEqual({
      kept: [{ needCode: "ABCD", offerCode: "JKMN", quantity: 7 }],
      without: [{ needCode: "ABCD", offerCode: "EFGH" }],
    });
  });
});
