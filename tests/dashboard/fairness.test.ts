import { describe, expect, it } from "vitest";
import { fairnessFigures } from "#app/dashboard/fairness.server.ts";
import { gapOf, spreadOf } from "#app/dashboard/fairness.ts";
import { testCtx } from "#tests/setup/context.ts";
import { claim, coordinates, group, person, post } from "./rows.ts";

const now = new Date("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
const week = { from: ago(7 * 24), to: now };
const ctx = testCtx({ now });
const { sql } = ctx.db;

async function volunteer(groupId: string, given: Parameters<typeof person>[1] = {}, alerts = true) {
  const who = await person(ctx, { phone_sealed: "sealed", ...given });
  const row = { person_id: who.id, group_id: groupId, alerts, created_at: now };
  await sql`insert into memberships ${sql(row)}`;
  return who;
}

const ask = (who: { id: string }, postId: string, hours: number) =>
  sql`insert into asks (post_id, person_id, wave, asked_at) values (${postId}::uuid, ${who.id}::uuid, 1, ${ago(hours)}::timestamptz)`;

const dismiss = (need: string, offer: string, reason: string, hours: number) =>
  sql`insert into match_dismissals (need_id, offer_id, reason, at, until)
    values (${need}::uuid, ${offer}::uuid, ${reason}, ${ago(hours)}::timestamptz, ${now}::timestamptz)`;

describe("how asks are spread", () => {
  it("is what a person counts by hand: 0, 0, 1, 2, 2, 7 asks", () => {
    const counts = [
      { asks: 7, people: 1 },
      { asks: 0, people: 2 },
      { asks: 2, people: 2 },
      { asks: 1, people: 1 },
    ];
    // Σ (2i − 7) xᵢ = -5·0 - 3·0 - 1·1 + 1·2 + 3·2 + 5·7 = 42, over 6 people and 12 asks.
    expect(spreadOf(counts)).toEqual({ asks: 12, asked: 4, median: 2, most: 7, gini: 42 / 72 });
  });

  it("is even where all are asked alike, between two counts in the middle, and unknown where nobody is", () => {
    expect(spreadOf([{ asks: 3, people: 5 }])).toMatchObject({ median: 3, gini: 0 });
    const halves = [
      { asks: 1, people: 2 },
      { asks: 4, people: 2 },
    ];
    expect(spreadOf(halves).median).toBe(2.5);
    expect(spreadOf([{ asks: 0, people: 9 }])).toEqual({ asks: 0, asked: 0, median: null, most: 0, gini: null });
    expect(spreadOf([])).toMatchObject({ median: null, gini: null });
  });

  it("nears one where one of many is asked for everything", () => {
    const one = [
      { asks: 0, people: 99 },
      { asks: 50, people: 1 },
    ];
    expect(spreadOf(one).gini).toBeCloseTo(0.99);
  });
});

describe("who was asked", () => {
  it("counts asks of the period about the group's needs, and who is ready and was not", async () => {
    const kitchen = await group(ctx);
    const other = await group(ctx);
    const author = await person(ctx);
    const needs = [
      await post(ctx, author, kitchen),
      await post(ctx, author, kitchen),
      await post(ctx, author, kitchen),
    ];
    const elsewhere = await post(ctx, author, other);
    const often = await volunteer(kitchen);
    for (const need of needs) await ask(often, need, 5);
    const once = await volunteer(kitchen);
    await ask(once, needs[0]!, 100);
    const left = await person(ctx);
    await ask(left, needs[1]!, 1);
    const before = await volunteer(kitchen);
    await ask(before, needs[0]!, 8 * 24);
    await ask(before, elsewhere, 2);
    await volunteer(kitchen);
    await volunteer(kitchen, {}, false);
    await volunteer(kitchen, { phone_sealed: null });
    await volunteer(kitchen, { paused_until: ago(-5) });
    await volunteer(kitchen, { monthly_cap: 0 });
    const stopped = await volunteer(kitchen, { phone_lookup: `stopped-${kitchen}` });
    await sql`insert into consent_events (phone_lookup, action, source, at)
      values (${`stopped-${kitchen}`}, 'out', 'sms', ${now}::timestamptz)`;
    expect(stopped.id).toBeTruthy();

    const viewer = { ...ctx, person: coordinates(author, kitchen) };
    const figures = await fairnessFigures(viewer, { groupId: kitchen, ...week });
    expect(figures).toMatchObject({ asks: 5, asked: 3, median: 1, most: 3, ready: 4, neverAsked: 2 });
    // 0, 0, 1, 1, 3: -4·0 - 2·0 + 0·1 + 2·1 + 4·3 = 14, over 5 people and 5 asks.
    expect(figures.gini).toBeCloseTo(14 / 25);
  });
});

describe("areas", () => {
  it("tell what was answered and what waits, those without a place by themselves", async () => {
    const kitchen = await group(ctx);
    const author = await person(ctx);
    const mill = { lat: 40.7, lng: -73.9, place: "Old Mill" };
    const park = { lat: 40.8, lng: -73.9, place: "Maple Park" };
    const need = (given: Parameters<typeof post>[3]) => post(ctx, author, kitchen, { created_at: ago(5), ...given });
    await need({ ...mill, first_claimed_at: ago(4), remaining: 0 });
    await need({ ...mill, first_claimed_at: ago(4), status: "closed", closed_reason: "fulfilled", closed_at: ago(1) });
    await need({ ...mill, place: "By the mill" });
    await need({ ...park });
    await need({ ...park, created_at: ago(300) });
    await need({ ...park, status: "closed", closed_reason: "declined", closed_at: ago(1) });
    await need({ ...park, created_at: ago(300), status: "closed", closed_reason: "expired", closed_at: ago(1) });
    await need({ ...park, kind: "offer" });
    await need({ first_claimed_at: ago(1), remaining: 0 });

    const viewer = { ...ctx, person: coordinates(author, kitchen) };
    const figures = await fairnessFigures(viewer, { groupId: null, ...week });
    expect(figures.all).toMatchObject({ needs: 5, answered: 3 });
    expect(figures.areas).toMatchObject([
      { place: "Maple Park", needs: 1, answered: 0, waiting: 2 },
      { place: "Old Mill", needs: 3, answered: 2, waiting: 1 },
      { area: null, place: null, needs: 1, answered: 1, waiting: 0 },
    ]);
    expect(gapOf(figures.areas[1]!, figures.all)).toBeCloseTo(2 / 3 - 3 / 5);
    expect(gapOf({ needs: 0, answered: 0 }, figures.all)).toBeNull();
  });
});

describe("matches", () => {
  it("counts promises backed by an offer, and what was put aside by why", async () => {
    const kitchen = await group(ctx);
    const author = await person(ctx);
    const need = await post(ctx, author, kitchen);
    const second = await post(ctx, author, kitchen);
    const offer = await post(ctx, author, kitchen, { kind: "offer" });
    const another = await post(ctx, author, kitchen, { kind: "offer" });
    await claim(ctx, author, need, { offer_id: offer, created_at: ago(5) });
    await claim(ctx, author, need, { offer_id: offer, created_at: ago(8 * 24) });
    await claim(ctx, author, second, { created_at: ago(5) });
    await dismiss(need, offer, "too_far", 5);
    await dismiss(second, offer, "too_far", 6);
    await dismiss(need, another, "busy", 6);
    await dismiss(second, another, "other", 8 * 24);
    const viewer = { ...ctx, person: coordinates(author, kitchen) };
    expect((await fairnessFigures(viewer, { groupId: kitchen, ...week })).matches).toEqual({
      accepted: 1,
      dismissed: [
        { reason: "too_far", count: 2 },
        { reason: "busy", count: 1 },
      ],
    });
  });

  it("and all the rest are for coordinators of the group only", async () => {
    const [mine, other] = [await group(ctx), await group(ctx)];
    const who = await person(ctx);
    const viewer = { ...ctx, person: coordinates(who, mine) };
    await expect(fairnessFigures(viewer, { groupId: other, ...week })).rejects.toMatchObject({ kind: "not-allowed" });
    await expect(fairnessFigures({ ...ctx, person: null }, { groupId: null, ...week })).rejects.toMatchObject({
      kind: "sign-in-needed",
    });
  });
});
