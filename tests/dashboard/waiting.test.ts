import fc from "fast-check";
import { expect, it } from "vitest";
import { AGES } from "#app/dashboard/ages.ts";
import { readWaiting } from "#app/dashboard/waiting.server.ts";
import { foldTallies } from "#app/tallies/fold-tallies.server.ts";
import { testCtx } from "#tests/setup/context.ts";
import { group, person, post } from "./rows.ts";

const now = new Date("2026-11-20T12:17:31.250Z");
const SECOND = 1000;

/** On and beside every bound, in the same hour and in others, and after now. */
const ages = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...AGES.map(({ from }) => from as number)),
      fc.constantFrom(-3600, -900, -1, -0.001, 0, 0.001, 1, 1500),
    )
    .map(([from, more]) => from + more),
  fc.integer({ min: 0, max: 8 * 86_400 }),
);
const life = fc.constantFrom<Parameters<typeof post>[3]>(
  {},
  {},
  { quantity: 5, remaining: 2 },
  { remaining: 0 },
  { status: "in_review" },
  { kind: "offer" },
  { status: "closed", closed_reason: "fulfilled", closed_at: now },
);

it("waiting needs are in the step that their age says, folded or not", async () => {
  const ctx = testCtx({ now });
  const who = await person(ctx);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(ages, life, fc.boolean()), { minLength: 1, maxLength: 12 }), async (posts) => {
      const id = await group(ctx);
      for (const [age, row, fold] of posts) {
        await post(ctx, who, id, { ...row, created_at: new Date(now.getTime() - age * SECOND) });
        if (fold) await foldTallies(ctx);
      }
      const is = (row: (typeof posts)[number][1]) => Object.keys(row!).toString();
      const missing = posts.filter(([, row]) => ["", "quantity,remaining"].includes(is(row)));
      const steps = AGES.map(
        ({ from, to }) => missing.filter(([age]) => Math.max(0, age) >= from && (to === null || age < to)).length,
      );
      const [found] = await readWaiting(ctx, [id]);
      expect(found ?? { open: 0, partly: 0, covered: 0, steps: [0, 0, 0, 0, 0] }).toMatchObject({
        steps,
        open: posts.filter(([, row]) => is(row) === "").length,
        partly: posts.filter(([, row]) => is(row) === "quantity,remaining").length,
        covered: posts.filter(([, row]) => is(row) === "remaining").length,
      });
      const oldest = missing.length > 0 ? now.getTime() - Math.max(...missing.map(([age]) => age)) * SECOND : undefined;
      expect(found?.oldest?.getTime()).toBe(oldest);
    }),
    { numRuns: 60 },
  );
}, 30_000);
