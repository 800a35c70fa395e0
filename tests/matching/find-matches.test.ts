import { describe, expect, it } from "vitest";
import { areaOf } from "#app/matching/area.server.ts";
import { readCandidates } from "#app/matching/candidates.server.ts";
import { findMatches, matchMany } from "#app/matching/find-matches.server.ts";
import { KEEPS } from "#app/matching/reasons.ts";
import type { NewPost } from "#app/posts/publish-post.server.ts";
import { aCategory, aField, aGroup, aMember, aPerson, aPost, signedInAs, type MadePost } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const HOUR = 3_600_000;
const at = (hours: number) => new Date(ctx.now.getTime() + hours * HOUR);
const during = (from: number, to: number) => ({ windowStart: at(from), windowEnd: at(to) });

type Given = Partial<NewPost> & { authorId?: string };

async function aPlace() {
  const group = await aGroup(ctx);
  const { id: categoryId } = await aCategory(ctx, group.id);
  const here = { groupId: group.id, categoryId, lat: 40.7, lng: -73.9 };
  return {
    group,
    categoryId,
    here,
    need: (given: Given = {}) => aPost(ctx, { ...here, ...given }),
    offer: (given: Given = {}) => aPost(ctx, { ...here, kind: "offer", ...given }),
  };
}

const matchesOf = (post: MadePost, limit?: number) => findMatches(ctx, { code: post.code }, "en", limit);
const codesFor = async (post: MadePost) => (await matchesOf(post)).items.map((item) => item.post.code);
const fits = (need: { id: string }, offer: { id: string }, fit: "well" | "partly") =>
  sql`insert into category_fits (need_category_id, offer_category_id, fit) values (${need.id}::uuid, ${offer.id}::uuid, ${fit})`;

describe("what fits", () => {
  it("is of the same category, the nearest first, both ways, over a code or a private link", async () => {
    const { need, offer } = await aPlace();
    const asked = await need();
    const far = await offer({ lat: 40.8 });
    const near = await offer();
    expect(await codesFor(asked)).toEqual([near.code, far.code]);
    const back = await findMatches(ctx, { token: far.manageToken }, "en");
    expect(back.items.map(({ post }) => post.code)).toEqual([asked.code]);
    expect(back.relaxed).toEqual([]);
  });

  it("tells how much one could give the other, and no more posts than asked for", async () => {
    const { need, offer } = await aPlace();
    const asked = await need({ quantity: 30 });
    const given = await offer({ quantity: 20 });
    await offer({ quantity: 50, lat: 40.75 });
    expect((await matchesOf(asked)).items.map((item) => item.quantity).toSorted()).toEqual([20, 30]);
    expect((await matchesOf(asked, 1)).items).toHaveLength(1);
    expect((await matchesOf(given)).items).toMatchObject([{ quantity: 20, post: { code: asked.code, quantity: 30 } }]);
  });

  it("is also what does not say where it is, or when, and whatever for a post that does not", async () => {
    const { need, offer } = await aPlace();
    const nowhere = { lat: null, lng: null };
    const asked = await need(during(5, 7));
    const any = await offer(nowhere);
    const there = await offer(during(6, 9));
    expect(new Set(await codesFor(asked))).toEqual(new Set([any.code, there.code]));
    const vague = await need(nowhere);
    expect(new Set(await codesFor(vague))).toEqual(new Set([any.code, there.code]));
    expect(new Set(await codesFor(any))).toEqual(new Set([asked.code, vague.code]));
  });

  it("has no place behind a crowd that has one", async () => {
    const { need, offer } = await aPlace();
    const asked = await need({ title: "Insulin for Amir", urgency: "urgent" });
    for (let n = 0; n < 60; n++) await offer({ lat: 40.72 + n / 1000, title: "Something else" });
    const hidden = await offer({ lat: null, lng: null, title: "Insulin for Amir" });
    expect((await matchesOf(asked, 50)).items.map((item) => item.post.code)).toContain(hidden.code);
  });

  it("is looked for where a category is missing: on either side, in the group", async () => {
    const { group, need, offer } = await aPlace();
    const other = await aCategory(ctx, group.id);
    const bare = { categoryId: null };
    const asked = await need();
    const vague = await need(bare);
    const given = await offer();
    const anything = await offer(bare);
    const others = await offer({ categoryId: other.id });
    expect(await codesFor(asked)).toEqual([given.code, anything.code]);
    expect(new Set(await codesFor(vague))).toEqual(new Set([given.code, anything.code, others.code]));
    expect(new Set(await codesFor(anything))).toEqual(new Set([asked.code, vague.code]));
    expect(await codesFor(others)).toEqual([vague.code]);
  });

  it("is as much where a group has no categories", async () => {
    const { need, offer } = await aPlace();
    const asked = await need({ categoryId: null });
    for (let n = 0; n < 12; n++) await offer({ categoryId: null });
    expect((await matchesOf(asked)).items).toHaveLength(10);
  });

  it("is what the table says can serve, of other groups too, one way only, the better fit first", async () => {
    const kitchen = await aPlace();
    const pantry = await aPlace();
    const third = await aPlace();
    await fits({ id: kitchen.categoryId }, { id: third.categoryId }, "partly");
    await fits({ id: kitchen.categoryId }, { id: pantry.categoryId }, "well");
    const asked = await kitchen.need();
    const groceries = await pantry.offer();
    const snacks = await third.offer();
    const meals = await kitchen.offer();
    expect(await codesFor(asked)).toEqual([meals.code, groceries.code, snacks.code]);
    const { items } = await matchesOf(asked);
    expect(items.map(({ quantity, alike }) => ({ quantity, alike }))).toEqual([
      { quantity: 1, alike: true },
      { quantity: 1, alike: true },
      { quantity: null, alike: false },
    ]);
    expect(await codesFor(groceries)).toEqual([asked.code]);
    const groceriesAsked = await pantry.need();
    expect(await codesFor(groceriesAsked)).toEqual([groceries.code]);
    expect(await codesFor(meals)).toEqual([asked.code]);
  });

  it("is urgent, or waits longest, though more than are looked at are nearer", async () => {
    const { need, offer } = await aPlace();
    const given = await offer();
    for (let n = 0; n < 60; n++) await need();
    const urgent = await need({ lat: 40.73, urgency: "urgent" });
    const oldest = await need({ lat: 40.72 });
    await sql`update posts set created_at = now() - interval '9 days' where id = ${oldest.id}::uuid`;
    const codes = (await matchesOf(given, 100)).items.map((item) => item.post.code);
    expect(codes).toContain(urgent.code);
    expect(codes).toContain(oldest.code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it("counts every post once, and nothing for one that is closed", async () => {
    const { need, offer } = await aPlace();
    const asked = await need({ urgency: "urgent" });
    const given = await offer();
    expect(await codesFor(given)).toEqual([asked.code]);
    await sql`update posts set status = 'closed', closed_reason = 'expired' where id = ${given.id}::uuid`;
    expect(await matchesOf(given)).toEqual({ items: [], relaxed: [] });
  });
});

describe("the limits", () => {
  it("leave out other times while something is at the right one", async () => {
    const { need, offer } = await aPlace();
    const asked = await need(during(5, 7));
    const inTime = await offer({ ...during(7, 9), lat: 40.75 });
    await offer(during(8, 9));
    await offer({ windowEnd: at(4) });
    expect(await matchesOf(asked)).toMatchObject({ items: [{ post: { code: inTime.code }, broken: [] }], relaxed: [] });
  });

  it("let go of the time when nothing is at the right one, and say so", async () => {
    const { need, offer } = await aPlace();
    const asked = await need(during(5, 7));
    const later = await offer(during(8, 9));
    expect(await matchesOf(asked)).toMatchObject({
      items: [{ post: { code: later.code }, broken: ["time"] }],
      relaxed: ["time"],
    });
    expect(await matchesOf(later)).toMatchObject({ items: [{ post: { code: asked.code } }], relaxed: ["time"] });
  });

  it("let go of nearness when nothing is near, and of what must be there when nobody has it", async () => {
    const group = await aGroup(ctx);
    const meals = await aCategory(ctx, group.id, { fields: [aField("diet", ["halal", "vegan"])] });
    const here = { groupId: group.id, categoryId: meals.id, lat: 40.7, lng: -73.9 };
    const need = await aPost(ctx, { ...here, answers: { diet: ["halal"] } });
    const any = await aPost(ctx, { ...here, kind: "offer" });
    expect(await matchesOf(need)).toMatchObject({ items: [{ post: { code: any.code } }], relaxed: ["must"] });
    expect(await matchesOf(any)).toMatchObject({ items: [{ post: { code: need.code } }], relaxed: ["must"] });
    const far = await aPost(ctx, { ...here, kind: "offer", lat: 43, answers: { diet: ["halal"] } });
    expect((await matchesOf(need)).relaxed).not.toEqual([]);
    expect(await matchesOf(far)).toMatchObject({ items: [{ post: { code: need.code } }], relaxed: ["far"] });
    const right = await aPost(ctx, { ...here, kind: "offer", lat: 40.75, answers: { diet: ["vegan", "halal"] } });
    expect(await matchesOf(need)).toMatchObject({ items: [{ post: { code: right.code }, broken: [] }], relaxed: [] });
    expect(await matchesOf(right)).toMatchObject({ items: [{ post: { code: need.code } }], relaxed: [] });
  });

  it("find the one with what must be there behind a crowd without", async () => {
    const group = await aGroup(ctx);
    const meals = await aCategory(ctx, group.id, { fields: [aField("diet", ["halal", "vegan"])] });
    const here = { groupId: group.id, categoryId: meals.id, lat: 40.7, lng: -73.9 };
    const need = await aPost(ctx, { ...here, answers: { diet: ["halal"] } });
    for (let n = 0; n < 60; n++) await aPost(ctx, { ...here, kind: "offer", answers: { diet: ["vegan"] } });
    const right = await aPost(ctx, { ...here, kind: "offer", lat: 40.75, answers: { diet: ["halal"] } });
    expect(await codesFor(need)).toEqual([right.code]);
    for (let n = 0; n < 60; n++) await aPost(ctx, { ...here, answers: { diet: ["vegan"] } });
    expect(new Set(await codesFor(right))).toEqual(new Set([need.code]));
  });
});

describe("many at once", () => {
  it("are the same as one by one", async () => {
    const { need, offer, group, categoryId } = await aPlace();
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    await fits({ id: categoryId }, await aCategory(ctx, group.id), "well");
    const needs: MadePost[] = [];
    for (let n = 0; n < 12; n++) {
      needs.push(await need({ ...(n % 3 ? during(n, n + 2) : {}), lat: 40.6 + n / 50, urgency: "soon" }));
      await offer({
        ...(n % 2 ? during(2 * n, 2 * n + 3) : {}),
        lat: 40.6 + n / 40,
        visibility: "team",
        quantity: 1 + n,
      });
    }
    const ids = needs.map(({ id }) => id);
    const many = await matchMany(coordinator, ids, { perPost: 5, locale: "es" });
    expect([...many.keys()].toSorted()).toEqual(ids.toSorted());
    for (const { id, code } of needs) {
      expect(many.get(id)).toEqual(await findMatches(coordinator, { code }, "es", 5));
      expect(many.get(id)?.items.length).toBeGreaterThan(0);
    }
    expect(await matchMany(coordinator, [], { perPost: 5, locale: "en" })).toEqual(new Map());
  });

  it("have an empty answer for what fits nothing, and none for what is not there", async () => {
    const { need } = await aPlace();
    const lonely = await need();
    const many = await matchMany(ctx, [lonely.id, crypto.randomUUID()], { perPost: 3, locale: "en" });
    expect(many).toEqual(new Map([[lonely.id, { items: [], relaxed: [] }]]));
  });
});

describe("what is known about a pair", () => {
  const factsOf = async (post: MadePost, kind: "need" | "offer", other: MadePost) => {
    const found = await readCandidates(ctx, { ids: [post.id], kind, within: "limits" });
    const candidate = found.find(({ side }) => side.id === other.id);
    if (!candidate) return undefined;
    const { probe: _probe, side: _side, ...facts } = candidate;
    return facts;
  };

  it("is how surely the offer's author keeps promises, the same both ways, unless the need's group does not learn", async () => {
    const { need, offer, group } = await aPlace();
    const [steady, shaky, fresh] = [await aPerson(ctx), await aPerson(ctx), await aPerson(ctx)];
    await sql`insert into outcome_rates (scope, key, asked, yes, promised, kept, learned_at) values
      ('all', '', 100, 60, 60, 45, now()), ('person', ${steady.id}, 40, 36, 36, 36, now()), ('person', ${shaky.id}, 1, 1, 1, 0, now())`;
    const asked = await need();
    const kept = async (author: { id: string }) => {
      const given = await offer({ authorId: author.id });
      const [there, back] = [await factsOf(asked, "need", given), await factsOf(given, "offer", asked)];
      expect(back).toEqual(there);
      return there?.kept;
    };
    expect(await kept(steady)).toBeCloseTo((36 + 4 * 0.75) / 40);
    expect(await kept(shaky)).toBeCloseTo((0 + 4 * 0.75) / 5);
    expect(await kept(fresh)).toBeCloseTo(0.75);
    await sql`update outcome_rates set kept = promised where scope = 'all'`;
    expect(await kept(fresh)).toBeLessThan(KEEPS);
    await sql`update groups set learns = false where id = ${group.id}::uuid`;
    expect([await kept(steady), await kept(fresh)]).toEqual([null, null]);
    await sql`update groups set learns = true where id = ${group.id}::uuid`;
    await sql`delete from outcome_rates where scope = 'all'`;
    expect(await kept(fresh)).toBeNull();
  });

  it("is how well the need's area is answered, the same both ways", async () => {
    const { need, offer } = await aPlace();
    const asked = await need({ lat: 33.3 });
    const given = await offer();
    expect((await factsOf(asked, "need", given))?.areaAnswered).toBeNull();
    await sql`insert into area_rates (area, needs, answered, rate, learned_at)
      select ${areaOf(ctx, sql`lat`, sql`lng`)}, 10, 3, 0.25, now() from posts where id = ${asked.id}::uuid`;
    expect((await factsOf(asked, "need", given))?.areaAnswered).toBe(0.25);
    expect((await factsOf(given, "offer", asked))?.areaAnswered).toBe(0.25);
  });

  it("is how alike their words are, also in another form of the word, another order and without accents", async () => {
    const { need, offer } = await aPlace();
    const asked = await need({ title: "Winter blankets", details: "We are waiting for a stroller, too" });
    const words = async (given: Given) => (await factsOf(asked, "need", await offer(given)))!.words;
    const alike = await words({ title: "Strollers and a blanket", details: "For a long winter" });
    expect(alike).toBeGreaterThan(0.7);
    expect(await words({ title: "Piano lessons" })).toBeLessThan(0.2);
    expect(await words({ title: "WINTER blankets" })).toBe(1);
    const coat = await need({ title: "Un abrigo para un niño", locale: "es" });
    const coats = await offer({ title: "Abrigos de niños", locale: "es" });
    expect((await factsOf(coat, "need", coats))!.words).toBeGreaterThan(0.6);
    expect((await factsOf(coats, "offer", coat))!.words).toBeGreaterThan(0.6);
  });
});
