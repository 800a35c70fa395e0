import { expect, test } from "vitest";
import { handOverDrafts } from "#app/texting/hand-over-drafts.server.ts";
import { aCategory, aGroup, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { after, aTextingPhone } from "./phone.ts";

const ctx = testCtx();

async function aCamp() {
  const kitchen = await aGroup(ctx, { name: "Kitchen", translations: { es: { name: "Cocina" } } });
  const comfort = await aGroup(ctx, { name: "Comfort", translations: { es: { name: "Abrigo" } } });
  const es = (name: string, unit: string) => ({ translations: { es: { name, unit, unit_one: unit } } });
  await aCategory(ctx, kitchen.id, { name: "Hot meals", unit: "meals", ...es("Comidas calientes", "comidas") });
  await aCategory(ctx, comfort.id, {
    name: "Blankets",
    unit: "blankets",
    unitOne: "blanket",
    defaultVisibility: "volunteers",
    ...es("Cobijas", "cobijas"),
  });
}
await aCamp();

const postsOf = (phoneLookup: string) => ctx.db.sql`
  select p.*, c.name as category from posts p join people a on a.id = p.author_id
    left join categories c on c.id = p.category_id
  where a.phone_lookup = ${phoneLookup} order by p.created_at`;

test("a need by text in English: what, how many, when, where, SEND", async () => {
  const phone = aTextingPhone(ctx);
  expect(await phone.says("need")).toEqual([expect.stringContaining("What do you need?")]);
  expect(await phone.says("Warm blankets please")).toEqual([expect.stringContaining("How many blankets?")]);
  expect(await phone.says("20")).toEqual([expect.stringContaining("When do you need it?")]);
  expect(await phone.says("1")).toEqual([expect.stringContaining("Where?")]);
  const [summary] = await phone.says("Maple Park");
  expect(summary).toContain("You need: Warm blankets please. 20 blankets, for today, Maple Park.");
  const heard = await phone.says("SEND");
  const [post] = await postsOf(phone.phoneLookup);
  expect(post).toMatchObject({
    title: "Warm blankets please",
    kind: "need",
    quantity: 20,
    place: "Maple Park",
    urgency: "urgent",
    visibility: "volunteers",
    category: "Blankets",
    locale: "en",
  });
  expect(heard).toEqual([expect.stringContaining(`we got your need ${post!["code"]}`)]);
  expect(await phone.says("SEND")).toEqual([expect.stringContaining("nothing to send")]);
  expect(await postsOf(phone.phoneLookup)).toHaveLength(1);
});

test("una necesidad en español, de una vez: las palabras dicen qué y cuántas", async () => {
  const phone = aTextingPhone(ctx);
  expect(await phone.says("Necesito 15 cobijas para niños")).toEqual([expect.stringContaining("¿Para cuando?")]);
  expect(await phone.says("mañana")).toEqual([expect.stringContaining("¿Donde?")]);
  const [summary] = await phone.says("123 Oak Street");
  expect(summary).toContain(
    "Necesitas: 15 cobijas para niños. 15 cobijas, en los proximos dias, 123 Oak Street (privado)",
  );
  const heard = await phone.says("enviar");
  const [post] = await postsOf(phone.phoneLookup);
  expect(post).toMatchObject({ quantity: 15, place: null, urgency: "soon", locale: "es" });
  expect(post!["address_sealed"]).not.toBeNull();
  expect(heard).toEqual([expect.stringContaining(String(post!["code"]))]);
});

test("words no category has: a numbered question, MORE pages, BACK takes one answer back", async () => {
  const phone = aTextingPhone(ctx);
  const [asked] = await phone.says("NEED a friend");
  expect(asked).toContain("closest to? 1 ");
  expect((await phone.says("MORE"))[0]).toContain("closest to? 1 ");
  expect((await phone.says("99"))[0]).toContain("We did not get that.");
  expect((await phone.says("blankets"))[0]).toContain("How many blankets?");
  expect((await phone.says("BACK"))[0]).toContain("closest to?");
  expect((await phone.says("1"))[0]).toContain("How many");
});

test("GIVE makes an offer; what else they write stands in the details", async () => {
  const phone = aTextingPhone(ctx);
  await phone.says("GIVE 4 hot meals");
  await phone.says("Thursday after five");
  await phone.says("skip");
  await phone.says("all vegan");
  await phone.says("send");
  const [post] = await postsOf(phone.phoneLookup);
  expect(post).toMatchObject({ kind: "offer", quantity: 4, place: null, details: "Thursday after five\nall vegan" });
});

test("a command leaves the post, the draft is kept and comes back with NEED; after half an hour too", async () => {
  const phone = aTextingPhone(ctx);
  await phone.says("NEED blankets");
  const heard = await phone.says("STATUS");
  expect(heard).toEqual([expect.stringMatching(/nothing open.* Your need is kept/)]);
  expect((await phone.says("NEED"))[0]).toContain("We kept your words (blankets). How many blankets?");
  const later = after(ctx, 45);
  expect((await phone.says("12", { ctx: later }))[0]).toContain("a person will read");
  expect((await phone.says("send", { ctx: later }))[0]).toContain("How many blankets?");
  expect((await phone.says("12", { ctx: later }))[0]).toContain("When do you need it?");
});

test("a draft nobody sent for a day waits for a coordinator", async () => {
  const phone = aTextingPhone(ctx);
  await phone.says("NEED blankets for the night");
  expect((await phone.thread()).unread_since).toBeNull();
  expect(await handOverDrafts(after(ctx, 60))).toBe(0);
  await handOverDrafts(after(ctx, 25 * 60));
  expect((await phone.thread()).unread_since).not.toBeNull();
});

test("the same SEND five times at once is one post", async () => {
  const phone = aTextingPhone(ctx);
  for (const words of ["NEED 3 blankets", "1", "0"]) await phone.says(words);
  await Promise.all([1, 2, 3, 4, 5].map(() => phone.sends("SEND", { sid: `SM${"5".repeat(32)}` })));
  await phone.says("thanks");
  expect(await postsOf(phone.phoneLookup)).toHaveLength(1);
});

test("a place neighbours have named before has its spot on the map", async () => {
  const group = await aGroup(ctx);
  await aPost(ctx, { groupId: group.id, place: "Riverside camp", lat: 40.7001, lng: -73.9001 });
  const phone = aTextingPhone(ctx);
  for (const words of ["NEED 2 blankets", "3", "riverside CAMP", "yes"]) await phone.says(words);
  const [post] = await postsOf(phone.phoneLookup);
  expect(post).toMatchObject({ place: "riverside CAMP", lat: expect.closeTo(40.7, 1), lng: expect.closeTo(-73.9, 1) });
});
