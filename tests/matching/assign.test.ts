import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { assign } from "#app/matching/assign.ts";
import { instance, makeReferee, type Instance } from "#scripts/bench/assign-referee.ts";

let referee: (given: Instance) => number;
beforeAll(async () => {
  referee = await makeReferee();
});

/** What any plan has to keep to: nobody gives or gets more than there is, and the weight is what its flows are worth. */
function checkPlan(given: Instance): number {
  const { flows, weight } = assign(given);
  const got = given.needs.map(() => 0);
  const gave = given.offers.map(() => 0);
  let worth = 0;
  for (const { edge, quantity } of flows) {
    const { need, offer, weight: each } = given.edges[edge]!;
    expect(Number.isInteger(quantity) && quantity > 0).toBe(true);
    got[need]! += quantity;
    gave[offer]! += quantity;
    worth += each * quantity;
  }
  for (const [at, quantity] of got.entries()) expect(quantity).toBeLessThanOrEqual(given.needs[at]!);
  for (const [at, quantity] of gave.entries()) expect(quantity).toBeLessThanOrEqual(given.offers[at]!);
  expect(weight).toBe(worth);
  return weight;
}

describe("the plan is worth exactly what the referee finds, to the last unit", () => {
  const sizes: [string, number, Parameters<typeof instance>[1]][] = [
    ["one to one, 40 x 40", 40, { needs: 40, offers: 40, candidates: 6, most: 1 }],
    ["quantities, 40 x 40", 60, { needs: 40, offers: 40, candidates: 6, most: 30 }],
    ["scarce, 60 x 12", 30, { needs: 60, offers: 12, candidates: 5, most: 20 }],
    ["plenty, 12 x 60", 30, { needs: 12, offers: 60, candidates: 12, most: 50 }],
    ["quantities, 150 x 150", 30, { needs: 150, offers: 150, candidates: 10, most: 100 }],
    ["quantities, 1,000 x 1,000", 10, { needs: 1000, offers: 1000, candidates: 11, most: 5000 }],
    ["one to one, 1,000 x 1,000", 5, { needs: 1000, offers: 1000, candidates: 20, most: 1 }],
    ["many equals, 200 x 200", 20, { needs: 200, offers: 200, candidates: 8, most: 9, weights: 3 }],
    ["how many before how well, 200 x 200", 20, { needs: 200, offers: 200, candidates: 8, most: 20, base: 501_000 }],
  ];
  it.each(sizes)(
    "%s: %d instances",
    (_, count, size) => {
      for (let seed = 1; seed <= count; seed++) {
        const given = instance(seed * 7919 + size.needs, size);
        expect(checkPlan(given), `seed ${seed}`).toBe(referee(given));
      }
    },
    120_000,
  );
});

describe("small plans of any shape", () => {
  const anInstance: fc.Arbitrary<Instance> = fc
    .record({
      needs: fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }),
      offers: fc.array(fc.nat(9), { minLength: 1, maxLength: 6 }),
    })
    .chain(({ needs, offers }) =>
      fc.record({
        needs: fc.constant(needs),
        offers: fc.constant(offers),
        edges: fc.uniqueArray(
          fc.record({
            need: fc.nat(needs.length - 1),
            offer: fc.nat(offers.length - 1),
            weight: fc.integer({ min: 1, max: 20 }),
          }),
          { selector: ({ need, offer }) => `${need}:${offer}`, maxLength: 36 },
        ),
      }),
    );
  it("with nothing left, without edges, with equals: as good as the referee's", () => {
    fc.assert(
      fc.property(anInstance, (given) => checkPlan(given) === referee(given)),
      { numRuns: 300 },
    );
  });

  it("moves others to their second best where that helps more people", () => {
    const edges = [
      { need: 0, offer: 0, weight: 10 },
      { need: 0, offer: 1, weight: 9 },
      { need: 1, offer: 0, weight: 8 },
    ];
    expect(assign({ needs: [4, 4], offers: [4, 4], edges })).toEqual({
      flows: [
        { edge: 1, quantity: 4 },
        { edge: 2, quantity: 4 },
      ],
      weight: 68,
    });
  });

  it("splits one need over several offers, and one offer over several needs", () => {
    const edges = [
      { need: 0, offer: 0, weight: 5 },
      { need: 0, offer: 1, weight: 5 },
      { need: 1, offer: 1, weight: 5 },
    ];
    const { flows } = assign({ needs: [30, 6], offers: [20, 16], edges });
    expect(flows).toEqual([
      { edge: 0, quantity: 20 },
      { edge: 1, quantity: 10 },
      { edge: 2, quantity: 6 },
    ]);
  });
});
