import { describe, expect, it } from "vitest";
import { lateOf } from "#app/dashboard/ages.ts";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { KEEPS, lateListHref, MIN_AGES, parseView, STATE_SETS, STATES } from "#app/dashboard/post-list.ts";
import type { StateFilter } from "#app/dashboard/post-list.ts";
import { postRows } from "#app/dashboard/post-rows.server.ts";
import { newId } from "#app/core/ids.server.ts";
import { testCtx } from "#tests/setup/context.ts";
import { claim, coordinates, group, person, post } from "./rows.ts";

const now = new Date("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const ago = (hours: number, ms = 0) => new Date(now.getTime() - hours * HOUR + ms);
const everything = { state: "all", kind: "", group: "", age: "" } as const;

/** One post of each state, kind and age in two groups. */
async function aNeighbourhood() {
  const ctx = testCtx({ now });
  const who = await person(ctx);
  const groups = [await group(ctx, { slug: `a-${who.id}` }), await group(ctx, { slug: `b-${who.id}` })];
  const lives: Parameters<typeof post>[3][] = [
    { status: "in_review" },
    {},
    { quantity: 10, remaining: 4 },
    { remaining: 0 },
    ...["fulfilled", "met_for_now", "withdrawn", "expired", "declined"].map((reason) => ({
      status: "closed",
      closed_reason: reason,
      closed_at: now,
    })),
  ];
  for (const groupId of groups)
    for (const kind of ["need", "offer"])
      for (const life of lives)
        for (const created_at of [ago(1), ago(4), ago(25), ago(48), ago(48, 1), ago(200)])
          await post(ctx, who, groupId, { kind, created_at, ...life });
  return { ctx: { ...ctx, person: coordinates(who, ...groups) }, who, groups };
}

describe("the coordinators' list", () => {
  it("is narrowed to what was answered: one option, or anything at all", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const groupId = await group(ctx, { slug: `answers-${who.id}` });
    const asked = { ...ctx, person: coordinates(who, groupId) };
    const answered = {
      halal: { diet: ["halal", "vegan"] },
      vegan: { diet: ["vegan"] },
      floor: { floor: ["3"] },
      none: {},
    };
    for (const [title, answers] of Object.entries(answered))
      await post(ctx, who, groupId, { title, answers: answers as never });
    const titles = async (answer: string) =>
      (await postRows(asked, { ...everything, answer }, "en")).rows.map(({ title }) => title).toSorted();
    expect(await titles("diet=halal")).toEqual(["halal"]);
    expect(await titles("diet=vegan")).toEqual(["halal", "vegan"]);
    expect(await titles("floor=*")).toEqual(["floor"]);
    expect(await titles("")).toHaveLength(4);
    expect(parseView(new URLSearchParams({ answer: "diet=halal" })).answer).toBe("diet=halal");
    for (const odd of ["diet", "=x", "diet=' or 1", "Diet=x"])
      expect(parseView(new URLSearchParams({ answer: odd })).answer).toBe("");
  });

  it("is narrowed by the database as the browser would narrow it", async () => {
    const { ctx, who } = await aNeighbourhood();
    const all = (await postRows(ctx, everything, "en")).rows;
    expect(all).toHaveLength(2 * 2 * 9 * 6);
    const states = [...Object.keys(STATE_SETS), ...STATES] as StateFilter[];
    for (const state of states) {
      const kind = states.indexOf(state) % 2 ? "need" : "";
      const groupSlug = states.indexOf(state) % 3 ? "" : `a-${who.id}`;
      for (const age of ["", "2d", "4h"] as const) {
        const narrow = { state, kind, group: groupSlug, age } as const;
        const there = (await postRows(ctx, narrow, "en")).rows.map((row) => row.code);
        const wanted = Object.entries(narrow).filter(([, value]) => value !== "");
        const here = all.filter((row) =>
          wanted.every(([key, value]) => KEEPS[key as keyof typeof KEEPS](row, value, now.getTime())),
        );
        expect(here.length).toBeGreaterThan(0);
        expect(there.toSorted(), JSON.stringify(narrow)).toEqual(here.map((row) => row.code).toSorted());
      }
    }
  });

  it("holds exactly the needs that the headline counts", async () => {
    const { ctx, groups, who } = await aNeighbourhood();
    const period = { from: ago(1), to: now };
    for (const [groupId, slug] of [
      [null, null],
      [groups[0]!, `a-${who.id}`],
    ] as const) {
      const { total } = await dashboardFigures(ctx, { groupId, ...period });
      const view = parseView(new URL(lateListHref(slug), "http://here").searchParams);
      const { rows } = await postRows(ctx, view, "en");
      expect(lateOf(total.ages)).toBe(groupId ? 4 : 8);
      expect(rows).toHaveLength(lateOf(total.ages));
      expect(rows.every((row) => now.getTime() - row.createdAt >= MIN_AGES["2d"])).toBe(true);
    }
  });

  it("names those with a live promise by first name only, in the order they promised", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const kitchen = await group(ctx);
    const need = await post(ctx, who, kitchen, { quantity: 9, remaining: 2 });
    await claim(ctx, await person(ctx, { name: "Maria José Lopez" }), need, { created_at: ago(1) });
    await claim(ctx, await person(ctx, { name: "Lee" }), need, { created_at: ago(2), status: "delivered" });
    await claim(ctx, await person(ctx, { name: "Ana" }), need, { status: "released" });
    await claim(ctx, await person(ctx), need);
    const { rows } = await postRows({ ...ctx, person: coordinates(who, kitchen) }, everything, "en");
    expect(rows[0]?.promisedBy).toEqual(["Lee", "Maria"]);
  });

  it("speaks of one thing and of several, in the reader's language", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const kitchen = await group(ctx);
    const row = { id: newId(), group_id: kitchen, slug: "meals", name: "Hot meals", unit: "meals", unit_one: "meal" };
    const translations = ctx.db.sql.json({ es: { name: "Comida", unit: "comidas", unit_one: "comida" } });
    await ctx.db.sql`insert into categories ${ctx.db.sql({ ...row, translations } as never)}`;
    await post(ctx, who, kitchen, { category_id: row.id, created_at: ago(2) });
    await post(ctx, who, kitchen, { category_id: row.id, created_at: ago(1), quantity: 4 });
    const as = { ...ctx, person: coordinates(who, kitchen) };
    const words = async (locale: "en" | "es") =>
      (await postRows(as, everything, locale)).rows.map((one) => `${one.category}: ${one.quantity} ${one.unit}`);
    expect(await words("en")).toEqual(["Hot meals: 1 meal", "Hot meals: 4 meals"]);
    expect(await words("es")).toEqual(["Comida: 1 comida", "Comida: 4 comidas"]);
  });

  it("never shows another group's posts, whatever is asked for", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const [mine, other] = [await group(ctx), await group(ctx)];
    await post(ctx, who, other);
    const as = (someone: typeof who) => ({ ...ctx, person: someone });
    expect((await postRows(as(coordinates(who, mine)), everything, "en")).rows).toEqual([]);
    await expect(
      postRows(as(coordinates(who, mine)), { ...everything, group: `g-${other}` }, "en"),
    ).rejects.toMatchObject({ kind: "not-allowed" });
    await expect(postRows(as({ ...who, roles: { [other]: "volunteer" } }), everything, "en")).rejects.toMatchObject({
      kind: "not-allowed",
    });
  });
});
