import { describe, expect, it } from "vitest";
import { changeGroup, readSettings, saveCategory, shelveCategory } from "#app/groups/change-settings.server.ts";
import { getGroup } from "#app/groups/queries.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { action } from "#app/routes/coordinate_.settings.tsx";
import { askAgain } from "#app/waves/ask-again.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { aCategory, aGroup, aMember, aPhone, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx({ wakesNobody: true });

async function room() {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const now = async () => readSettings(coordinator, group.id, "en");
  const change = async (given: Partial<Parameters<typeof changeGroup>[2]>, locale: "en" | "es" = "en") => {
    const { name, blurb, joining, moderates, weeklyCap } = await readSettings(coordinator, group.id, locale);
    await changeGroup(coordinator, group.id, { name, blurb, joining, moderates, weeklyCap, ...given }, locale);
  };
  return { group, coordinator, now, change };
}
const CATEGORY = {
  id: "",
  name: "Umbrellas",
  unit: "umbrellas",
  unitOne: "umbrella",
  expiryDays: 3,
  neededWithinHours: null,
  visibility: "volunteers" as const,
};
const need = (groupId: string, categoryId: string | null = null) =>
  publishPost(ctx, {
    kind: "need",
    groupId,
    categoryId,
    title: "Soup",
    details: null,
    quantity: 2,
    urgency: "normal",
    windowStart: null,
    windowEnd: null,
    place: null,
    lat: null,
    lng: null,
    address: null,
    privateNote: null,
    visibility: "everyone",
    languages: [],
    locale: "en",
    contact: { name: null, phone: aPhone(), email: null },
    submitKey: null,
  });

describe("a group's settings", () => {
  it("say what it is in the language they were written in; others keep theirs", async () => {
    const { group, change } = await room();
    await change({ name: "Cocina", blurb: "Damos de comer" }, "es");
    expect((await getGroup(ctx, group.slug, "es"))!.name).toBe("Cocina");
    expect((await getGroup(ctx, group.slug, "en"))!.name).toBe(group.name);
    await change({ name: "Field kitchen" });
    expect((await getGroup(ctx, group.slug, "en"))!.name).toBe("Field kitchen");
    expect((await getGroup(ctx, group.slug, "es"))!.name).toBe("Cocina");
  });

  it("let new posts wait to be read, from now on", async () => {
    const { group, change } = await room();
    expect((await need(group.id)).status).toBe("open");
    await change({ moderates: true });
    expect((await need(group.id)).status).toBe("in_review");
  });

  it("keep people from being asked more often in a week than the group wants", async () => {
    const { group, coordinator, change } = await room();
    const helper = await aMember(ctx, group.id);
    await change({ weeklyCap: 2 });
    for (let n = 0; n < 4; n++) {
      const { code } = await need(group.id);
      await askAgain(coordinator, { code });
      await sendWaves(ctx);
    }
    const asks = await ctx.db.sql`select from asks where person_id = ${helper.id}::uuid`;
    expect(asks).toHaveLength(2);
  });

  it("add, rename and shelve categories; posts of a shelved one stay as they are", async () => {
    const { group, coordinator, now } = await room();
    await saveCategory(coordinator, group.id, CATEGORY, "en");
    const [made] = (await now()).categories;
    expect(made).toMatchObject({ name: "Umbrellas", expiryDays: 3, visibility: "volunteers", archived: false });
    await saveCategory(coordinator, group.id, { ...CATEGORY, id: made!.id, name: "Rain things" }, "en");
    const { code } = await need(group.id, made!.id);
    await shelveCategory(coordinator, group.id, { id: made!.id, archived: true });
    expect((await getGroup(ctx, group.slug, "en"))!.categories).toEqual([]);
    expect((await getPost(ctx, code, "en"))!.category!.name).toBe("Rain things");
    await shelveCategory(coordinator, group.id, { id: made!.id, archived: false });
    expect((await getGroup(ctx, group.slug, "en"))!.categories.map(({ name }) => name)).toEqual(["Rain things"]);
  });

  it("are not for others, and not for another group's categories", async () => {
    const [mine, other] = [await room(), await room()];
    await saveCategory(other.coordinator, other.group.id, CATEGORY, "en");
    const [theirs] = (await other.now()).categories;
    await expect(
      saveCategory(mine.coordinator, mine.group.id, { ...CATEGORY, id: theirs!.id }, "en"),
    ).rejects.toMatchObject({ kind: "not-found" });
    await expect(
      shelveCategory(mine.coordinator, mine.group.id, { id: theirs!.id, archived: true }),
    ).rejects.toMatchObject({ kind: "not-found" });
    await expect(readSettings(mine.coordinator, other.group.id, "en")).rejects.toMatchObject({ kind: "not-allowed" });
    await expect(
      changeGroup(
        mine.coordinator,
        other.group.id,
        { name: "x", blurb: "x", joining: "open", moderates: false, weeklyCap: null },
        "en",
      ),
    ).rejects.toMatchObject({ kind: "not-allowed" });
  });

  it("keep what was typed where something is wrong, and change nothing", async () => {
    const { group, coordinator, now } = await room();
    const path = `/coordinate/settings?group=${group.slug}`;
    const answer = await askRoute(ctx, action, {
      as: coordinator.person,
      path,
      form: { act: "group", name: "New", blurb: "x", joining: "open", weeklyCap: "many" },
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      form: "group",
      values: { name: "New", weeklyCap: "many" },
      errors: { weeklyCap: "settings.error.cap" },
    });
    expect((await now()).name).toBe(group.name);
  });

  it("are not saved over somebody else's unseen: what was typed stays, and saving again goes through", async () => {
    const { group, coordinator, now, change } = await room();
    await saveCategory(coordinator, group.id, CATEGORY, "en");
    const before = await now();
    const [category] = before.categories;
    await change({ weeklyCap: 2, moderates: true });
    await saveCategory(coordinator, group.id, { ...CATEGORY, id: category!.id, expiryDays: 9 }, "en");
    const path = `/coordinate/settings?group=${group.slug}`;
    const post = (form: Record<string, string>) => askRoute(ctx, action, { as: coordinator.person, path, form });
    const words = { act: "group", name: "New", blurb: "x", joining: "open", weeklyCap: "" };
    const late = await post({ ...words, seen: before.seen });
    expect(late.status).toBe(409);
    expect(await late.json()).toMatchObject({ form: "group", conflict: true, values: { name: "New" } });
    const { id, seen } = category!;
    const more = {
      act: "category",
      id,
      name: "Rain things",
      unit: "a",
      unitOne: "b",
      expiryDays: "3",
      visibility: "team",
    };
    expect((await post({ ...more, seen })).status).toBe(409);
    const after = await now();
    expect(after).toMatchObject({ name: before.name, weeklyCap: 2, moderates: true });
    expect(after.categories).toMatchObject([{ name: "Umbrellas", expiryDays: 9 }]);
    expect((await post({ ...words, seen: after.seen })).status).toBe(303);
    expect((await post({ ...more, seen: after.categories[0]!.seen })).status).toBe(303);
    expect(await now()).toMatchObject({ name: "New", categories: [{ name: "Rain things", expiryDays: 3 }] });
  });

  it("of two who save at the same moment one is told", async () => {
    const { group, coordinator, now } = await room();
    const { name, blurb, joining, moderates, seen } = await now();
    const given = { name, blurb, joining, moderates, seen };
    const both = await Promise.allSettled(
      [1, 2].map((weeklyCap) => changeGroup(coordinator, group.id, { ...given, weeklyCap }, "en")),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  it("keep hours that are no whole days when only a category's name changes", async () => {
    const { group, coordinator, now } = await room();
    const { id } = await aCategory(ctx, group.id, { expiryHours: 6 });
    const hours = async () => (await ctx.db.sql`select expiry_hours from categories where id = ${id}::uuid`)[0];
    const [shown] = (await now()).categories;
    await saveCategory(coordinator, group.id, { ...shown!, name: "Hot meals" }, "en");
    expect(await hours()).toEqual({ expiry_hours: 6 });
    await saveCategory(coordinator, group.id, { ...shown!, seen: undefined, expiryDays: 2 }, "en");
    expect(await hours()).toEqual({ expiry_hours: 48 });
  });
});
