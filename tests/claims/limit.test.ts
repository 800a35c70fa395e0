import { expect, test } from "vitest";
import { limitClaiming } from "#app/claims/limit-claiming.server.ts";
import { aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx({ now: new Date("2026-11-20T12:00:00Z") });

test("nobody promises more than sixty things in an hour; a coordinator writes down six hundred", async () => {
  const group = await aGroup(ctx);
  const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const through = async (as: typeof volunteer, n: number) => {
    const answers = await Promise.allSettled(Array.from({ length: n }, () => limitClaiming(as)));
    return answers.filter(({ status }) => status === "fulfilled").length;
  };
  expect(await through(volunteer, 100)).toBe(60);
  await expect(limitClaiming(volunteer)).rejects.toMatchObject({ kind: "too-many", facts: { seconds: 3600 } });
  expect(await through({ ...volunteer, now: new Date("2026-11-20T13:00:00Z") }, 1)).toBe(1);
  expect(await through(coordinator, 650)).toBe(600);
});
