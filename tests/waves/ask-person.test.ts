import { expect, test } from "vitest";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { LOCALES } from "#app/i18n/locales.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { action, loader } from "#app/routes/p.$code.tsx";
import { askPerson } from "#app/waves/ask-person.server.ts";
import { bestPeople, type BestPerson } from "#app/waves/best-people.server.ts";
import { shownPerson } from "#app/waves/person-words.ts";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asksOf, members, minutesLater, textsTo, work } from "./rows.ts";

const NOON = new Date("2030-01-08T17:00:00Z");
const ctx = testCtx({ now: NOON });
const HERE = { lat: 42.34, lng: -83.02 };

async function aGroupWithLead() {
  const group = await aGroup(ctx);
  const lead = await aMember(ctx, group.id, { role: "coordinator", alerts: false });
  const meals = await aCategory(ctx, group.id);
  return { group, meals, lead: await signedInAs(ctx, lead) };
}

test("coordinators see the five who fit best, with what is so, and nobody else does", async () => {
  const { group, meals, lead } = await aGroupWithLead();
  const chose = await aMember(ctx, group.id, { ...HERE, languages: ["es"], categoryIds: [meals.id] });
  await members(ctx, group.id, 6);
  const outside = await aPerson(ctx, { name: "Nobody may know" });
  const offer = await aPost(ctx, { groupId: group.id, categoryId: meals.id, kind: "offer", authorId: outside.id });
  const need = await aPost(ctx, { groupId: group.id, categoryId: meals.id, ...HERE, locale: "es" });
  const people = await bestPeople(lead, need.code);
  expect(people).toHaveLength(5);
  expect(people[0]).toMatchObject({
    personId: outside.id,
    member: false,
    name: null,
    offer: { code: offer.code, title: "Soup for tonight" },
  });
  expect(people[1]).toMatchObject({
    personId: chose.id,
    member: true,
    name: chose.name,
    language: "es",
    km: expect.closeTo(0.3, 1),
    lastAskedAt: null,
    promises: 0,
    helpedBefore: false,
    asleep: false,
  });
  expect(people[1]!.reasons).toEqual(expect.arrayContaining(["near", "speaks", "category", "free"]));
  expect(await bestPeople(await signedInAs(ctx, chose), need.code)).toEqual([]);
  const { lead: stranger } = await aGroupWithLead();
  expect(await bestPeople(stranger, need.code)).toEqual([]);
});

test("an offer that the coordinator may not see is not shown with whoever offers it", async () => {
  const { group, meals, lead } = await aGroupWithLead();
  const other = await aGroup(ctx);
  const soups = await aCategory(ctx, other.id);
  await ctx.db.sql`insert into category_fits (need_category_id, offer_category_id, fit)
    values (${meals.id}::uuid, ${soups.id}::uuid, 'well')`;
  const given = { groupId: other.id, categoryId: soups.id, kind: "offer" as const, visibility: "team" as const };
  const giver = await aPerson(ctx);
  await aPost(ctx, { ...given, ...HERE, authorId: giver.id });
  const need = await aPost(ctx, { groupId: group.id, categoryId: meals.id, ...HERE });
  const people = await bestPeople(lead, need.code);
  expect(people).toMatchObject([{ personId: giver.id, offer: null }]);
});

test("asking by hand texts that one person once, however often it is pressed, and a wave passes them over", async () => {
  const { group, lead } = await aGroupWithLead();
  const [one] = await members(ctx, group.id, 3);
  const need = await aPost(ctx, { groupId: group.id });
  const pressed = await Promise.all([1, 2, 3].map(() => askPerson(lead, { code: need.code, personId: one!.id })));
  expect(pressed.filter(Boolean)).toHaveLength(1);
  expect(await asksOf(ctx, need.id)).toMatchObject([{ personId: one!.id, wave: 0 }]);
  await work(ctx);
  const asks = await asksOf(ctx, need.id);
  expect(asks.map(({ wave }) => wave)).toEqual([0, 1, 1]);
  expect(await textsTo(ctx, one!.id, "new_need")).toHaveLength(1);
  expect((await bestPeople(lead, need.code)).map(({ personId }) => personId)).toEqual([]);
});

test("who wants no texts, is kept apart, runs nothing here or wrote it is not asked by hand either", async () => {
  const { group, lead } = await aGroupWithLead();
  const author = await aMember(ctx, group.id);
  const need = await aPost(ctx, { groupId: group.id, authorId: author.id });
  const silent = await aMember(ctx, group.id, { alerts: false });
  const apart = await aMember(ctx, group.id);
  await ctx.db.sql`insert into kept_apart (person_id, other_id, at)
    values (least(${author.id}::uuid, ${apart.id}::uuid), greatest(${author.id}::uuid, ${apart.id}::uuid), ${NOON}::timestamptz)`;
  const outside = await aPerson(ctx);
  for (const { id } of [author, silent, apart, outside, lead.person])
    expect(await askPerson(lead, { code: need.code, personId: id })).toBe(false);
  expect(await asksOf(ctx, need.id)).toEqual([]);
  const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
  await expect(askPerson(volunteer, { code: need.code, personId: silent.id })).rejects.toThrow("not-found");
  await closePost(ctx, { token: need.manageToken, reason: "withdrawn" });
  await expect(askPerson(lead, { code: need.code, personId: silent.id })).rejects.toThrow("not-open");
});

test("a need that comes back can be asked about by hand again, with a text of its own", async () => {
  const { group, lead } = await aGroupWithLead();
  const one = await aMember(ctx, group.id);
  const need = await aPost(ctx, { groupId: group.id });
  await askPerson(lead, { code: need.code, personId: one.id });
  await work(ctx);
  await ctx.db
    .sql`update waves set round_at = ${minutesLater(ctx, 3000).now}::timestamptz where post_id = ${need.id}::uuid`;
  const later = { ...lead, now: minutesLater(ctx, 3001).now };
  expect(await askPerson(later, { code: need.code, personId: one.id })).toBe(true);
  await work(later);
  expect(await asksOf(ctx, need.id)).toMatchObject([{ personId: one.id, wave: -1 }]);
  expect(await textsTo(ctx, one.id, "new_need")).toHaveLength(2);
});

test("the need's page shows them to coordinators only, and asks with one press", async () => {
  const { group, lead } = await aGroupWithLead();
  const one = await aMember(ctx, group.id, HERE);
  const need = await aPost(ctx, { groupId: group.id, ...HERE });
  const params = { code: need.code };
  const shownTo = async (as: { id: string } | null) =>
    (await readAnswer(await askRoute(ctx, loader, { as, path: `/p/${need.code}`, params }))).body.people;
  expect(await shownTo({ id: lead.person.id })).toEqual([
    {
      personId: one.id,
      name: one.name,
      offer: null,
      words: ["in the same area", "not asked yet", "no promise going"],
    },
  ]);
  expect(await shownTo({ id: one.id })).toEqual([]);
  expect(await shownTo(null)).toEqual([]);
  const press = (person: string) =>
    askRoute(ctx, action, {
      as: { id: lead.person.id },
      path: `/p/${need.code}`,
      params,
      form: { act: "ask", person },
    });
  expect((await press(one.id)).status).toBe(303);
  expect(await asksOf(ctx, need.id)).toHaveLength(1);
  expect((await press("nobody")).status).toBe(422);
});

test("in words: how far, when last asked, what they hold, in each language", () => {
  const person: BestPerson = {
    personId: "p",
    name: "Ana",
    member: true,
    reasons: ["near", "category", "free"],
    km: 2.4,
    language: null,
    offer: null,
    helpedBefore: true,
    lastAskedAt: new Date(NOON.getTime() - 2.5 * 86_400_000),
    askedOften: false,
    promises: 2,
    asleep: true,
  };
  expect(shownPerson(textFor("en"), "en", person, NOON).words).toEqual([
    "about 2 km away",
    "wants to hear of this",
    "has said yes before",
    "asked 2 days ago",
    "2 promises going",
    "it is night there",
  ]);
  for (const locale of LOCALES) {
    const often = shownPerson(textFor(locale), locale, { ...person, askedOften: true, km: 0.2, name: null }, NOON);
    expect(often.words).toHaveLength(6);
    expect(often.words.join()).not.toMatch(/[{}]|matching\.|undefined|NaN/);
    expect(often.name).not.toBeNull();
  }
});
