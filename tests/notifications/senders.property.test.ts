import fc from "fast-check";
import { expect, test } from "vitest";
import { claimTexts } from "#app/notifications/claim-texts.server.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { anOutboxText, aSender, later } from "./rows.ts";

const seed = Number(process.env["FC_SEED"] ?? Date.now() % 2 ** 31);
const ctx = testCtx({ now: new Date("2026-06-01T16:00:00Z") });

/** A while passes, texts of these segments are owed, a worker asks for so many. */
const aStep = fc.record({
  seconds: fc.double({ min: 0, max: 20, noNaN: true }),
  owed: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
  limit: fc.integer({ min: 1, max: 20 }),
});

/**
 * The rules of a bucket: in any stretch of time no more than burst + rate × time, but for one text longer than the
 * bucket; never above the day's cap; and whoever keeps asking gets everything.
 */
test("no order of asking, waiting and owing gets more out of a bucket than it holds", async () => {
  process.stdout.write(`bucket property: seed ${seed}\n`);
  const person = await aPerson(ctx);
  await fc.assert(
    fc.asyncProperty(
      fc.record({ rate: fc.double({ min: 0.5, max: 5, noNaN: true }), burst: fc.integer({ min: 1, max: 8 }) }),
      fc.option(fc.integer({ min: 10, max: 40 })),
      fc.array(aStep, { minLength: 3, maxLength: 12 }),
      async ({ rate, burst }, dailyCap, steps) => {
        await ctx.db.sql`delete from outbox`;
        const sender = await aSender(ctx, { rate, burst, dailyCap, timeZone: "UTC" });
        const segments = new Map<string, number>();
        const spent: { at: number; n: number; longest: number }[] = [];
        let at = 0;
        for (const step of steps) {
          at += step.seconds;
          for (const n of step.owed) segments.set(await anOutboxText(ctx, person.id, { segments: n }), n);
          const { ids } = await claimTexts(later(ctx, at), sender, {
            worker: "w",
            limit: step.limit,
            leaseSeconds: 9e5,
          });
          const sizes = ids.map((id) => segments.get(id)!);
          spent.push({ at, n: sizes.reduce((sum, n) => sum + n, 0), longest: Math.max(0, ...sizes) });
        }
        for (let from = 0; from < spent.length; from += 1) {
          for (let to = from; to < spent.length; to += 1) {
            const part = spent.slice(from, to + 1);
            const over = Math.max(0, Math.max(...part.map(({ longest }) => longest)) - burst);
            const most = burst + rate * (spent[to]!.at - spent[from]!.at) + over + 1e-3;
            expect(part.reduce((sum, { n }) => sum + n, 0)).toBeLessThanOrEqual(most);
          }
        }
        const total = spent.reduce((sum, { n }) => sum + n, 0);
        if (dailyCap !== null) {
          expect(total).toBeLessThanOrEqual(dailyCap);
          return;
        }
        const owed = [...segments.values()].reduce((sum, n) => sum + n, 0);
        let got = total;
        for (let tries = 0; got < owed && tries <= segments.size; tries += 1) {
          at += 40;
          const { ids } = await claimTexts(later(ctx, at), sender, { worker: "w", limit: 20, leaseSeconds: 9e5 });
          got += ids.reduce((sum, id) => sum + segments.get(id)!, 0);
        }
        expect(got).toBe(owed);
      },
    ),
    { seed, numRuns: 40 },
  );
}, 60_000);
