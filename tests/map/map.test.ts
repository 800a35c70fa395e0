import { describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { cellAt } from "#app/core/grid.ts";
import { cellKm, wholeCells, type CountedCell } from "#app/map/cells.ts";
import { countCells, countUnplaced, whereMostIs } from "#app/map/map-cells.server.ts";
import { mapScreen } from "#app/map/map-screen.server.ts";
import { boxOf, makeFrame } from "#app/map/projection.ts";
import { aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const filterOf = (group: string) => ({ kind: null, group, category: null });
const total = (cells: CountedCell[]) => cells.reduce((sum, { needs, offers }) => sum + needs + offers, 0);
const HERE = { lat: 40.7, lng: -73.9 };
const frame = makeFrame(HERE, 12);
const km = cellKm(frame);

const counted = (ctx: Ctx, slug: string) => countCells(ctx, filterOf(slug), km, wholeCells(frame, km));

describe("the map", () => {
  test("counts in the squares that the picture draws, at every zoom", async () => {
    const ctx = testCtx();
    const { id: groupId, slug } = await aGroup(ctx);
    const spots = Array.from({ length: 12 }, (_, n) => ({ lat: 40.6 + n * 0.017, lng: -74 + n * 0.013 }));
    for (const spot of spots) await aPost(ctx, { groupId, ...spot });
    const stored = await ctx.db.sql<{ lat: number; lng: number }[]>`
      select lat, lng from posts where group_id = ${groupId}::uuid`;
    for (const size of [1, 2, 4, 32]) {
      const box = { west: -75, east: -73, south: 40, north: 41 };
      const cells = await countCells(ctx, filterOf(slug), size, box);
      const expected = new Map<string, number>();
      for (const spot of stored) {
        const { row, column } = cellAt(spot, size);
        expected.set(`${row}:${column}`, (expected.get(`${row}:${column}`) ?? 0) + 1);
      }
      expect(new Map(cells.map((cell) => [`${cell.row}:${cell.column}`, cell.needs]))).toEqual(expected);
    }
  });

  test("shows to each what they may see elsewhere, and to visitors only what is for everyone", async () => {
    const ctx = testCtx();
    const { id: groupId, slug } = await aGroup(ctx);
    for (const visibility of ["everyone", "volunteers", "team"] as const) {
      await aPost(ctx, { groupId, ...HERE, visibility });
    }
    const foreign = await aGroup(ctx);
    const member = await signedInAs(ctx, await aMember(ctx, foreign.id));
    const stranger = await signedInAs(ctx, await aMember(ctx, foreign.id, { role: "coordinator" }));
    const coordinator = await signedInAs(ctx, await aMember(ctx, groupId, { role: "coordinator" }));
    const seen = await Promise.all([ctx, member, stranger, coordinator].map((one) => counted(one, slug)));
    expect(seen.map(total)).toEqual([1, 2, 2, 3]);
  });

  test("says nothing of what waits for review", async () => {
    const ctx = testCtx();
    const { id: groupId, slug } = await aGroup(ctx, { moderates: true });
    await aPost(ctx, { groupId, ...HERE });
    expect(total(await counted(ctx, slug))).toBe(0);
  });

  test("counts kinds apart, and how many do not say where they are", async () => {
    const ctx = testCtx();
    const { id: groupId, slug } = await aGroup(ctx);
    await aPost(ctx, { groupId, ...HERE });
    await aPost(ctx, { groupId, kind: "offer", ...HERE });
    await aPost(ctx, { groupId });
    const cells = await counted(ctx, slug);
    expect(cells).toMatchObject([{ needs: 1, offers: 1 }]);
    expect(await countUnplaced(ctx, filterOf(slug))).toBe(1);
    expect(total(await countCells(ctx, { ...filterOf(slug), kind: "offer" }, km, wholeCells(frame, km)))).toBe(1);
  });

  test("begins where most is, not where one is far away", async () => {
    const ctx = testCtx();
    const { id: groupId, slug } = await aGroup(ctx);
    for (let n = 0; n < 3; n += 1) await aPost(ctx, { groupId, lat: 40.7 + n * 0.02, lng: -73.9 });
    await aPost(ctx, { groupId, lat: -33, lng: 18 });
    const box = await whereMostIs(ctx, filterOf(slug));
    expect(box!.south).toBeGreaterThan(40);
    const screen = await mapScreen(ctx, { ...filterOf(slug), frame: null });
    expect(total(screen.cells)).toBe(3);
    const shown = boxOf(screen.frame);
    expect(shown.north > 40.74 && shown.south < 40.7).toBe(true);
  });

  test("of nothing is the whole world, empty", async () => {
    const ctx = testCtx();
    const { slug } = await aGroup(ctx);
    const screen = await mapScreen(ctx, { ...filterOf(slug), frame: null });
    expect(screen).toMatchObject({ cells: [], unplaced: 0, frame: { z: 1 } });
  });
});
