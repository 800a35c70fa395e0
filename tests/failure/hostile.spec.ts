import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { seed } from "#db/seed.server.ts";
import { attack } from "#scripts/hostile/attack.ts";
import { makeWorld, type World } from "#tests/e2e/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld(inject("server"), inject("template"));
  await seed(world.ctx());
});
afterAll(() => world?.stop());

test("five hundred hostile requests are answered with what they deserve, by the same process", async () => {
  const { port, sql, seal } = world;
  const pid = world.web().pid;
  const victim = { port, sql, seal, web: () => world.web().pid };
  const plan = { requests: 500, seed: 8, roles: ["visitor", "coordinator"] as const, say: () => undefined };
  const { faults, statuses, serves } = await attack(victim, plan);
  // What is late is for the command on a quiet machine to say; nothing here takes ten seconds.
  expect(faults.filter(({ what }) => what !== "late")).toEqual([]);
  expect(serves).toBe(true);
  expect(world.web().pid).toBe(pid);
  // They got behind the door: not everything was refused there.
  for (const status of [200, 303, 400, 404, 422]) expect(statuses.get(status), String(status)).toBeGreaterThan(5);
});
