import { describe, expect, it } from "vitest";
import { readFits } from "#app/groups/fits.server.ts";
import { saveField } from "#app/groups/save-field.server.ts";
import { setFit } from "#app/groups/set-fit.server.ts";
import { setLearning } from "#app/groups/set-learning.server.ts";
import { removeFit } from "#app/groups/remove-fit.server.ts";
import * as fits from "../../app/routes/coordinate_.matches_.fits.tsx";
import { aCategory, aField, aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const fieldsOf = async (id: string) => (await sql`select fields from categories where id = ${id}::uuid`)[0]!["fields"];

async function aKitchen() {
  const group = await aGroup(ctx);
  const meals = await aCategory(ctx, group.id, { name: "Meals", fields: [aField("diet", ["halal", "vegan"])] });
  const other = await aGroup(ctx, { name: "Rides" });
  const rides = await aCategory(ctx, other.id, { name: "Trips", translations: { es: { name: "Viajes" } } });
  const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
  return { group, meals, other, rides, coordinator, asking: await signedInAs(ctx, coordinator) };
}

describe("what can serve what", () => {
  it("is said, weighed anew and taken back by coordinators of the need's group alone", async () => {
    const { group, meals, other, rides, asking } = await aKitchen();
    const pair = { needCategoryId: meals.id, offerCategoryId: rides.id };
    await setFit(asking, { ...pair, fit: "partly" });
    await setFit(asking, { ...pair, fit: "well" });
    expect(await readFits(asking, group.id, "es")).toEqual({
      learns: true,
      fits: [
        { need: { id: meals.id, name: "Meals" }, offer: { id: rides.id, name: "Viajes" }, group: "Rides", fit: "well" },
      ],
    });
    const elsewhere = await signedInAs(ctx, await aMember(ctx, other.id, { role: "coordinator" }));
    await expect(setFit(elsewhere, { ...pair, fit: "partly" })).rejects.toMatchObject({ kind: "not-found" });
    await expect(readFits(elsewhere, group.id, "en")).rejects.toMatchObject({ kind: "not-allowed" });
    await removeFit(elsewhere, pair);
    expect((await readFits(asking, group.id, "en")).fits).toHaveLength(1);
    await removeFit(asking, pair);
    await removeFit(asking, pair);
    expect((await readFits(asking, group.id, "en")).fits).toEqual([]);
    await expect(setFit(asking, { ...pair, offerCategoryId: meals.id, fit: "well" })).rejects.toMatchObject({
      kind: "not-found",
    });
  });

  it("learning is switched by the group's coordinators", async () => {
    const { group, other, asking } = await aKitchen();
    await setLearning(asking, { groupId: group.id, learns: false });
    expect((await readFits(asking, group.id, "en")).learns).toBe(false);
    await expect(setLearning(asking, { groupId: other.id, learns: false })).rejects.toMatchObject({
      kind: "not-allowed",
    });
  });
});

describe("what a category asks", () => {
  const change = { key: null, label: "Size", weighs: "wish" as const, several: false, options: {}, more: ["S", "L"] };

  it("is changed by coordinators of its group alone", async () => {
    const { meals, rides, asking } = await aKitchen();
    await saveField(asking, { categoryId: meals.id, change, locale: "en" });
    expect(await fieldsOf(meals.id)).toMatchObject([{ key: "diet" }, { key: "size", weighs: "wish", several: false }]);
    await expect(saveField(asking, { categoryId: rides.id, change, locale: "en" })).rejects.toMatchObject({
      kind: "not-found",
    });
  });

  it("keeps what several coordinators change at once", async () => {
    const { meals, asking } = await aKitchen();
    const labels = ["One", "Two", "Three", "Four"];
    await Promise.all(
      labels.map((label) => saveField(asking, { categoryId: meals.id, change: { ...change, label }, locale: "en" })),
    );
    const kept = (await fieldsOf(meals.id)) as { label: string }[];
    expect(kept.map(({ label }) => label).toSorted()).toEqual(["Four", "Label of diet", "One", "Three", "Two"]);
  });
});

describe("/coordinate/matches/fits", () => {
  const open = async (as: { id: string }, group: { slug: string }) =>
    readAnswer(await askRoute(ctx, fits.loader, { as, path: `/coordinate/matches/fits?group=${group.slug}` }));
  const send = async (as: { id: string }, group: { slug: string }, form: Record<string, string>) =>
    readAnswer(await askRoute(ctx, fits.action, { as, path: `/coordinate/matches/fits?group=${group.slug}`, form }));

  it("shows the groups one coordinates and is not there for another", async () => {
    const { group, other, coordinator, rides } = await aKitchen();
    const { body } = await open(coordinator, group);
    expect(body.groups).toEqual([{ slug: group.slug, name: group.name }]);
    expect(body.categories[0].fields[0].label).toBe("Label of diet");
    expect(body.offers.map(({ id }: { id: string }) => id)).toContain(rides.id);
    expect((await open(coordinator, other)).status).toBe(404);
  });

  it("does what its forms say, and goes back to the part that changed", async () => {
    const { group, meals, rides, coordinator } = await aKitchen();
    const fit = { need: meals.id, offer: rides.id, fit: "well" };
    expect((await send(coordinator, group, { act: "fit", ...fit })).to).toMatch(/saved=#helps$/);
    expect((await open(coordinator, group)).body.fits).toHaveLength(1);
    await send(coordinator, group, { act: "unfit", ...fit });
    expect((await send(coordinator, group, { act: "forget" })).to).toMatch(/#learning$/);
    expect((await open(coordinator, group)).body).toMatchObject({ learns: false, fits: [] });
    const question = { category: meals.id, form: "f", key: "diet", label: "Food", weighs: "wish", "option.halal": "" };
    const asked = await send(coordinator, group, { act: "ask", ...question, more: "Spicy\r\n\r\nMild" });
    expect(asked.to).toMatch(new RegExp(`saved=${meals.id}#asked$`));
    expect(await fieldsOf(meals.id)).toMatchObject([
      {
        key: "diet",
        label: "Food",
        weighs: "wish",
        several: false,
        options: [{ key: "vegan" }, { key: "spicy" }, { key: "mild" }],
      },
    ]);
    await send(coordinator, group, { act: "unask", category: meals.id, key: "diet" });
    expect(await fieldsOf(meals.id)).toEqual([]);
  });

  it.each<[Record<string, string>, string, string]>([
    [{ act: "fit", offer: "RIDES", fit: "well" }, "fit-need", "matching.fits.error.need"],
    [{ act: "fit", need: "MEALS", offer: "MEALS", fit: "well" }, "fit-offer", "matching.fits.error.same"],
    [{ act: "fit", need: "MEALS", offer: "RIDES", fit: "so so" }, "fit-fit", "matching.fits.error.fit"],
    [{ act: "ask", label: " ", weighs: "must", more: "a\nb" }, "f-label", "matching.fits.error.label"],
    [{ act: "ask", label: "Size", weighs: "must", more: "a" }, "f-more", "matching.fits.error.few"],
    [{ act: "ask", label: "label of DIET", weighs: "must", more: "a\nb" }, "f-label", "matching.fits.error.twice"],
    [{ act: "ask", label: "x".repeat(61), weighs: "must", more: "a\nb" }, "f-label", "matching.fits.error.long"],
    [
      { act: "ask", key: "diet", label: "Diet", weighs: "must", "option.halal": "x".repeat(61) },
      "f-option.halal",
      "matching.fits.error.long",
    ],
    [
      { act: "ask", label: "Size", weighs: "must", more: Array.from({ length: 31 }, (_, n) => `n ${n}`).join("\n") },
      "f-more",
      "matching.fits.error.many",
    ],
  ])("says what is wrong with %j, and keeps what was typed", async (typed, field, message) => {
    const { group, meals, rides, coordinator } = await aKitchen();
    const ids: Record<string, string> = { MEALS: meals.id, RIDES: rides.id };
    const filled = Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, ids[value] ?? value]));
    const form = { form: "f", category: meals.id, ...filled };
    const { status, body } = await send(coordinator, group, form);
    expect([status, body.errors]).toEqual([422, [{ field, message }]]);
    expect(body.values).toMatchObject(form);
    expect(await fieldsOf(meals.id)).toHaveLength(1);
  });
});
