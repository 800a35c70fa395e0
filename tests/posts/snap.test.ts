import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainCode, shownState, snapToGrid } from "#app/posts/post.ts";

const spots = fc.record({
  lat: fc.double({ min: -85, max: 85, noNaN: true }),
  lng: fc.double({ min: -179, max: 179, noNaN: true }),
});

describe("snapToGrid", () => {
  it("gives the same point for every load, for a point already snapped, and never one a kilometre away", () => {
    fc.assert(
      fc.property(spots, (spot) => {
        const snapped = snapToGrid(spot);
        expect(snapToGrid(spot)).toEqual(snapped);
        expect(snapToGrid(snapped)).toEqual(snapped);
        const north = (snapped.lat - spot.lat) * 110.57;
        const east = (snapped.lng - spot.lng) * 111.32 * Math.cos((snapped.lat * Math.PI) / 180);
        expect(Math.hypot(north, east)).toBeLessThan(0.72);
        for (const value of [snapped.lat, snapped.lng]) expect(value).toBe(Math.round(value * 1e5) / 1e5);
      }),
      { numRuns: 1000 },
    );
  });

  it("cannot be averaged: everybody in a cell stands on one point", () => {
    const points = new Set<string>();
    for (let i = 0; i < 1000; i++) {
      const { lat, lng } = snapToGrid({ lat: 40.7001 + (i % 10) * 1e-6, lng: -73.9501 - i * 1e-6 });
      points.add(`${lat},${lng}`);
    }
    expect(points.size).toBe(1);
  });
});

describe("what people are told", () => {
  it("reads a code however it was typed", () => {
    for (const typed of ["4f2k", " 4F2K ", "4F 2K", "#4f-2k", "4f\u200e2k"]) expect(plainCode(typed)).toBe("4F2K");
    expect(plainCode("x".repeat(1000)).length).toBeLessThanOrEqual(40);
  });

  it("derives covered and partly covered", () => {
    const post = { status: "open", closedReason: null, quantity: 4, remaining: 4 } as const;
    expect(shownState(post)).toBe("open");
    expect(shownState({ ...post, remaining: 1 })).toBe("partly_covered");
    expect(shownState({ ...post, remaining: 0 })).toBe("covered");
    expect(shownState({ ...post, status: "in_review" })).toBe("in_review");
    expect(shownState({ ...post, status: "closed", closedReason: "expired" })).toBe("expired");
  });
});
