import { describe, expect, it } from "vitest";
import type { PersonCtx, SignedIn } from "#app/core/ctx.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { dismissMatch, undoDismissal } from "#app/matching/dismiss-match.server.ts";
import { findMatches } from "#app/matching/find-matches.server.ts";
import { bringTogether, keepApart, listKeptApart } from "#app/matching/keep-apart.server.ts";
import { matchQueue } from "#app/matching/queue.server.ts";
import { action, loader } from "#app/routes/coordinate_.matches.tsx";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { asking } from "#tests/claims/rows.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const DAY = 86_400_000;

async function aKitchen() {
  const group = await aGroup(ctx);
  const meals = await aCategory(ctx, group.id);
  const lead = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const place = { groupId: group.id, categoryId: meals.id, lat: 40.7, lng: -73.9 };
  const need = (given = {}) => aPost(ctx, { ...place, quantity: 30, ...given });
  const offer = (given = {}) => aPost(ctx, { ...place, kind: "offer", quantity: 20, ...given });
  return { group, lead, need, offer };
}
const queueOf = (lead: PersonCtx, groupId: string, after: string | null = null) =>
  matchQueue(lead, { groupIds: [groupId], after, locale: "en" });
const codesOf = (found: Awaited<ReturnType<typeof findMatches>>) => found.items.map(({ post }) => post.code);
const ask = (handler: unknown, as: SignedIn | null, path: string, form?: Record<string, string>) =>
  askRoute(ctx, handler, { as, path, form });

describe("the queue", () => {
  it("has open needs that something fits, urgent ones first, then who waits longest, page by page", async () => {
    const { group, lead, need, offer } = await aKitchen();
    await offer();
    const posts = [];
    for (let n = 0; n < 11; n++) posts.push(await need({ title: `Meals ${n}` }));
    for (const [n, post] of posts.entries())
      await ctx.db.sql`update posts set created_at = ${new Date(ctx.now.getTime() - (20 - n) * 3_600_000)}::timestamptz,
        urgency = ${n === 7 ? "urgent" : "normal"} where id = ${post.id}::uuid`;
    const unfitting = await aPost(ctx, { groupId: (await aGroup(ctx)).id });
    const first = await queueOf(lead, group.id);
    const second = await queueOf(lead, group.id, first.next);
    const titles = [...first.lines, ...second.lines].map(({ need: { title } }) => title);
    expect(titles).toEqual([7, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10].map((n) => `Meals ${n}`));
    expect(second.next).toBeNull();
    expect(titles).not.toContain(unfitting.code);
    expect(first.lines[0]!.matches[0]).toMatchObject({ quantity: 20 });
  });

  it("is for the group's coordinators, and says so when nothing fits", async () => {
    const { group, lead, need } = await aKitchen();
    await need();
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    expect((await ask(loader, volunteer.person, "/coordinate/matches")).status).toBe(403);
    const body = await (await ask(loader, lead.person, `/coordinate/matches?group=${group.slug}`)).json();
    expect(body).toMatchObject({ lines: [], next: null, apart: [] });
  });

  it("one press brings two together, and a second one says kindly that it is done", async () => {
    const { lead, need, offer } = await aKitchen();
    const [asked, given] = [await need(), await offer()];
    const press = (key: string) =>
      ask(action, lead.person, "/coordinate/matches", {
        act: "accept",
        need: asked.code,
        other: given.code,
        key,
        quantity: "",
        group: "",
      });
    expect((await press("press-number-1")).headers.get("Location")).toBe(
      `/coordinate/matches?done=accepted&n=20&need=${asked.code}&other=${given.code}`,
    );
    expect((await press("press-number-2")).headers.get("Location")).toBe("/coordinate/matches?done=gone&n=0");
    const wrong = await ask(action, lead.person, "/coordinate/matches", {
      act: "accept",
      need: asked.code,
      other: given.code,
      key: "press-number-3",
      quantity: "0",
    });
    expect(wrong.headers.get("Location")).toBe("/coordinate/matches?done=quantity");
  });
});

describe("not this one", () => {
  it("is not suggested for two weeks from either side, to nobody, and can be taken back", async () => {
    const { lead, need, offer } = await aKitchen();
    const [asked, given] = [await need(), await offer()];
    const pair = { needCode: asked.code, offerCode: given.code };
    await dismissMatch(lead, { ...pair, reason: "too_far" });
    expect(codesOf(await findMatches(ctx, { code: asked.code }, "en"))).toEqual([]);
    expect(codesOf(await findMatches(ctx, { code: given.code }, "en"))).toEqual([]);
    const later = (days: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + days * DAY) });
    expect(codesOf(await findMatches(later(13.9), { code: asked.code }, "en"))).toEqual([]);
    expect(codesOf(await findMatches(later(14.1), { code: asked.code }, "en"))).toEqual([given.code]);
    await undoDismissal(lead, pair);
    expect(codesOf(await findMatches(ctx, { code: asked.code }, "en"))).toEqual([given.code]);
  });

  it("is for who runs one of the groups or wrote one of the posts", async () => {
    const { group, need, offer } = await aKitchen();
    const [asked, given] = [await need(), await offer()];
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    const pair = { needCode: asked.code, offerCode: given.code, reason: "other" as const };
    await expect(dismissMatch(volunteer, pair)).rejects.toMatchObject({ kind: "not-found" });
    await dismissMatch(await signedInAs(ctx, { id: given.authorId }), pair);
  });
});

describe("do not pair", () => {
  it("keeps two people apart in suggestions and in claims, without telling them why, until it is taken back", async () => {
    const { lead, need, offer } = await aKitchen();
    const giver = await aPerson(ctx, { name: "Gil" });
    const asker = await aPerson(ctx, { name: "Ana" });
    const [asked, given] = [await need({ authorId: asker.id }), await offer({ authorId: giver.id })];
    await keepApart(lead, { needCode: asked.code, offerCode: given.code });
    await keepApart(lead, { needCode: asked.code, offerCode: given.code });
    expect(codesOf(await findMatches(ctx, { code: asked.code }, "en"))).toEqual([]);
    const asGiver = await signedInAs(ctx, giver);
    await expect(claimPost(asGiver, asking(asked.code))).rejects.toMatchObject({ kind: "ask-coordinators" });
    await expect(claimPost(await signedInAs(ctx, asker), asking(given.code))).rejects.toMatchObject({
      kind: "ask-coordinators",
    });
    const [pair] = await listKeptApart(lead);
    expect([pair!.one.name, pair!.other.name].toSorted()).toEqual(["Ana", "Gil"]);
    await bringTogether(lead, { one: pair!.other.id, other: pair!.one.id });
    expect(await listKeptApart(lead)).toEqual([]);
    expect((await claimPost(asGiver, asking(asked.code))).quantity).toBe(1);
  });

  it("is for coordinators alone, of groups the two have to do with", async () => {
    const { lead, need, offer } = await aKitchen();
    const [asked, given] = [await need(), await offer()];
    const pair = { needCode: asked.code, offerCode: given.code };
    await expect(keepApart(await signedInAs(ctx, { id: given.authorId }), pair)).rejects.toMatchObject({
      kind: "not-allowed",
    });
    const { lead: stranger } = await aKitchen();
    await expect(keepApart(stranger, pair)).rejects.toMatchObject({ kind: "not-found" });
    await keepApart(lead, pair);
    expect(await listKeptApart(stranger)).toEqual([]);
    const [kept] = await listKeptApart(lead);
    await bringTogether(stranger, { one: kept!.one.id, other: kept!.other.id });
    expect(await listKeptApart(lead)).toHaveLength(1);
  });

  it("is told and taken back where it was decided: a post elsewhere of one of the two tells nobody there", async () => {
    const { group, lead, need, offer } = await aKitchen();
    const [asked, given] = [await need(), await offer()];
    const { group: elsewhere, lead: stranger } = await aKitchen();
    await aPost(ctx, { groupId: elsewhere.id, authorId: asked.authorId });
    await keepApart(lead, { needCode: asked.code, offerCode: given.code });
    const [kept] = await listKeptApart(await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" })));
    expect(kept).toBeDefined();
    expect(await listKeptApart(stranger)).toEqual([]);
    await bringTogether(stranger, { one: kept!.one.id, other: kept!.other.id });
    expect(await listKeptApart(lead)).toHaveLength(1);
    await aPost(ctx, { groupId: elsewhere.id, authorId: given.authorId });
    expect(await listKeptApart(stranger)).toHaveLength(1);
  });
});
