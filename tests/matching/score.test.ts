import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REASONS, score } from "#app/matching/score.ts";

const NOW = new Date("2026-11-22T12:00:00Z");
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(NOW.getTime() + hours * HOUR);
const plain = {
  category: { slug: "meals", name: "Hot meals" },
  quantity: 10,
  remaining: 10,
  windowStart: null,
  windowEnd: null,
  createdAt: NOW,
  urgency: "normal" as const,
  lat: null,
  lng: null,
};

const aPost = fc.record({
  category: fc.constantFrom(null, { slug: "meals", name: "Hot meals" }, { slug: "books", name: "Books" }),
  quantity: fc.constant(100),
  remaining: fc.integer({ min: 1, max: 100 }),
  windowStart: fc.option(fc.integer({ min: -50, max: 50 }).map(inHours)),
  windowEnd: fc.option(fc.integer({ min: -50, max: 50 }).map(inHours)),
  createdAt: fc.integer({ min: -500, max: 0 }).map(inHours),
  urgency: fc.constantFrom("normal" as const, "soon" as const, "urgent" as const),
  lat: fc.option(fc.double({ min: -89, max: 89, noNaN: true })),
  lng: fc.option(fc.double({ min: -180, max: 180, noNaN: true })),
});

describe("score", () => {
  it("stays between 0 and 1, and gives each reason once, the heaviest first", () => {
    fc.assert(
      fc.property(aPost, aPost, (need, offer) => {
        const found = score(need, offer, NOW);
        if (!found) return;
        expect(found.score).toBeGreaterThanOrEqual(0);
        expect(found.score).toBeLessThanOrEqual(1);
        expect(new Set(found.reasons).size).toBe(found.reasons.length);
        expect(REASONS).toEqual(expect.arrayContaining(found.reasons));
      }),
    );
  });

  it("is 1 for what could not fit better", () => {
    const windows = { windowStart: inHours(1), windowEnd: inHours(3), lat: 40, lng: -3 };
    const need = { ...plain, ...windows, urgency: "urgent" as const, createdAt: inHours(-60) };
    expect(score(need, { ...plain, ...windows }, NOW)).toMatchObject({ score: 1, reasons: REASONS });
  });

  it.each([
    ["the offer is over before the need begins", { windowStart: inHours(5) }, { windowEnd: inHours(4) }, false],
    ["they touch", { windowStart: inHours(4) }, { windowEnd: inHours(4) }, true],
    [
      "one is inside the other",
      { windowStart: inHours(1), windowEnd: inHours(9) },
      { windowStart: inHours(4), windowEnd: inHours(5) },
      true,
    ],
    ["nobody said when", {}, {}, true],
  ])("when %s", (_what, need, offer, fits) => {
    expect(score({ ...plain, ...need }, { ...plain, ...offer }, NOW) !== null).toBe(fits);
    expect(score({ ...plain, ...offer }, { ...plain, ...need }, NOW) !== null).toBe(fits);
  });

  it("prefers the nearer, the more, and the category's own", () => {
    const need = { ...plain, lat: 40, lng: -3 };
    const of = (offer: object) => score(need, { ...plain, lat: 40, lng: -3, ...offer }, NOW)!.score;
    expect(of({})).toBeGreaterThan(of({ lat: 40.02 }));
    expect(of({})).toBeGreaterThan(of({ remaining: 4 }));
    expect(of({})).toBeGreaterThan(of({ category: null }));
    expect(of({ lat: 50 })).toBe(of({ lat: null, lng: null }));
  });

  it("measures kilometres", () => {
    const km = score({ ...plain, lat: 40.4168, lng: -3.7038 }, { ...plain, lat: 41.3874, lng: 2.1686 }, NOW)!.km!;
    expect(Math.abs(km - 505)).toBeLessThan(5);
  });
});
