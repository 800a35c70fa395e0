import { describe, expect, it } from "vitest";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { testCtx } from "#tests/setup/context.ts";
import { coordinates, group, person, post, text } from "./rows.ts";

const now = new Date("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(now.getTime() - hours * HOUR);
const week = { from: ago(7 * 24), to: now };

describe("the dashboard's figures", () => {
  it("are what a person counts by hand", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const kitchen = await group(ctx, { name: "Kitchen", position: 1 });
    const comfort = await group(ctx, { name: "Comfort", position: 2 });
    const need = (given: Parameters<typeof post>[3]) => post(ctx, who, kitchen, given);

    await need({ created_at: ago(1) });
    await need({ created_at: ago(5), quantity: 40, remaining: 12, first_claimed_at: ago(4) });
    await need({ created_at: ago(48), remaining: 1 });
    await need({ created_at: ago(100) });
    await need({ created_at: ago(30), quantity: 2, remaining: 0, first_claimed_at: ago(28) });
    await need({
      created_at: ago(50),
      status: "closed",
      closed_reason: "fulfilled",
      closed_at: ago(2),
      first_claimed_at: ago(49),
      remaining: 0,
    });
    await need({ created_at: ago(60), status: "closed", closed_reason: "met_for_now", closed_at: ago(40) });
    await need({ created_at: ago(70), status: "closed", closed_reason: "withdrawn", closed_at: ago(10) });
    await need({ created_at: ago(70), status: "closed", closed_reason: "declined", closed_at: ago(69) });
    await need({ created_at: ago(8 * 24) });
    await need({ created_at: ago(3), kind: "offer" });
    await post(ctx, who, comfort, { created_at: ago(200), remaining: 1 });

    for (const state of ["queued", "delivered", "delivered", "sent", "undelivered", "failed", "dead", "suppressed"]) {
      await text(ctx, who, kitchen, { state, created_at: ago(2) });
    }
    await text(ctx, who, kitchen, { state: "delivered", created_at: ago(8 * 24) });
    await text(ctx, who, null, { state: "delivered", created_at: ago(2) });

    const viewer = coordinates(who, kitchen, comfort);
    const { total, groups } = await dashboardFigures({ ...ctx, person: viewer }, { groupId: null, ...week });
    const [first, second] = groups;
    expect(first).toMatchObject({
      id: kitchen,
      name: "Kitchen",
      open: 4,
      partlyCovered: 1,
      covered: 1,
      oldestWaitingSince: ago(8 * 24),
      ages: { h4: 1, d1: 1, d2: 0, d4: 1, more: 2 },
      asked: 8,
      fulfilled: 1,
      met: 2,
      metRate: 0.25,
      texts: { sent: 5, delivered: 2, failed: 3, waiting: 1 },
    });
    expect(second).toMatchObject({ open: 1, asked: 0, metRate: null, medianSecondsToClaim: null });
    expect(total).toMatchObject({ open: 5, asked: 8, oldestWaitingSince: ago(200), ages: { more: 3 } });
  });
});

describe("time to the first claim", () => {
  it("counts those still waiting in the time to the first claim", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const kitchen = await group(ctx);
    for (const [created, claimed] of [
      [100, 99],
      [90, 88],
      [80, 72],
      [70, null],
      [60, null],
      [50, null],
    ] as const) {
      await post(ctx, who, kitchen, { created_at: ago(created), first_claimed_at: claimed && ago(claimed) });
    }
    const person_ = coordinates(who, kitchen);
    const read = () => dashboardFigures({ ...ctx, person: person_ }, { groupId: kitchen, ...week });
    const before = (await read()).total;
    expect(before.medianSecondsToClaim).toBe(8 * 3600);
    expect(before.p90SecondsToClaim).toBeNull();

    await post(ctx, who, kitchen, { created_at: ago(40) });
    expect((await read()).total.medianSecondsToClaim, "the naive median would still be 2 hours").toBeNull();
  });

  it("stops watching a need when it was withdrawn, and watches it again after it reopened", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const kitchen = await group(ctx);
    const viewer = { ...ctx, person: coordinates(who, kitchen) };
    const read = async () => (await dashboardFigures(viewer, { groupId: kitchen, ...week })).total;
    await post(ctx, who, kitchen, { created_at: ago(10), first_claimed_at: ago(4) });
    await post(ctx, who, kitchen, {
      created_at: ago(10),
      status: "closed",
      closed_reason: "withdrawn",
      closed_at: ago(9),
    });
    expect((await read()).medianSecondsToClaim).toBe(6 * 3600);
    await post(ctx, who, kitchen, { created_at: ago(10), status: "open", closed_at: ago(9) });
    await post(ctx, who, kitchen, { created_at: ago(10), status: "open" });
    expect((await read()).medianSecondsToClaim).toBeNull();
  });
});

describe("whose figures", () => {
  it("a coordinator of one group never sees another's", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const [mine, other] = [await group(ctx), await group(ctx)];
    await post(ctx, who, other, { created_at: ago(5) });
    const viewer = { ...ctx, person: coordinates(who, mine) };
    const seen = await dashboardFigures(viewer, { groupId: null, ...week });
    expect(seen.groups.map((one) => one.id)).toEqual([mine]);
    expect(seen.total.open).toBe(0);
    await expect(dashboardFigures(viewer, { groupId: other, ...week })).rejects.toMatchObject({ kind: "not-allowed" });
  });

  it("volunteers see none, visitors are asked to sign in, admins see all", async () => {
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const one = await group(ctx);
    const read = (as: typeof ctx.person, groupId: string | null = null) =>
      dashboardFigures({ ...ctx, person: as }, { groupId, ...week });
    await expect(read({ ...who, roles: { [one]: "volunteer" } })).rejects.toMatchObject({ kind: "not-allowed" });
    await expect(read(null)).rejects.toMatchObject({ kind: "sign-in-needed" });
    expect((await read({ ...who, isAdmin: true })).groups.map((seen) => seen.id)).toContain(one);
    expect((await read({ ...who, isAdmin: true }, one)).groups).toHaveLength(1);
  });
});
