import { expect, test } from "vitest";
import { answersOf } from "#scripts/simulate/answers.ts";
import { clairvoyant } from "#scripts/simulate/clairvoyant.ts";
import { blast } from "#scripts/simulate/policies/blast.ts";
import { nearest } from "#scripts/simulate/policies/nearest.ts";
import { ours } from "#scripts/simulate/policies/ours.ts";
import { run } from "#scripts/simulate/run.ts";
import { SCENARIOS, type Scenario } from "#scripts/simulate/scenarios.ts";
import { makeWorld } from "#scripts/simulate/world.ts";

/** A small town with too few people, where the bound binds. */
const scarce: Scenario = {
  ...SCENARIOS.find(({ name }) => name === "storm")!,
  days: 6,
  people: 60,
  areas: 3,
  acrossKm: 5,
  perDay: () => 20,
  offersPerDay: () => 5,
};

test.each([1, 2, 3, 4, 5, 6])("nobody does better than who knows every answer in advance (seed %i)", (seed) => {
  const world = makeWorld(scarce, seed);
  const answers = answersOf(world);
  const bound = clairvoyant(world, answers).reduce((sum, { hands }, at) => sum + hands / world.needs[at]!.hands, 0);
  expect(bound).toBeLessThan(world.needs.length);
  for (const policy of [blast(), nearest(), ours()]) {
    const { needs } = run(world, answers, policy);
    const shares = needs.reduce((sum, { need, kept }) => sum + kept / need.hands, 0);
    expect(shares, policy.name).toBeGreaterThan(0);
    expect(shares, policy.name).toBeLessThanOrEqual(bound + 1e-9);
    expect(needs.filter(({ metAt }) => metAt !== null).length).toBeLessThanOrEqual(bound + 1e-9);
    for (const { need, kept, metAt } of needs) {
      expect(kept).toBeLessThanOrEqual(need.hands);
      if (metAt !== null) expect(metAt).toBeLessThan(need.deadline);
    }
  }
});

test("the same seed gives the same run; another one another", () => {
  const texts = (seed: number) => {
    const world = makeWorld(scarce, seed);
    return run(world, answersOf(world), ours()).texts;
  };
  expect(texts(7)).toBe(texts(7));
  expect(texts(7)).not.toBe(texts(8));
});
