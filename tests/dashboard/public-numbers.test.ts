import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keepWeeks } from "#app/dashboard/public/keep-weeks.server.ts";
import { readPublicNumbers } from "#app/dashboard/public/public-numbers.server.ts";
import { hideSmall, publicNumbers, SMALLEST_SHOWN, type WeekCount } from "#app/dashboard/public/public-numbers.ts";
import { testCtx } from "#tests/setup/context.ts";
import { group, person, post } from "./rows.ts";

const GROUPS = ["kitchen", "comfort", "rides"];
const WEEKS = ["2026-11-02", "2026-10-26", "2026-10-19", "2026-10-12", "2026-10-05"];
const all = { weeks: WEEKS, groups: GROUPS };

/** Counts around where hiding begins: that is where it can go wrong. */
const count = fc
  .tuple(fc.integer({ min: 0, max: 35 }), fc.integer({ min: 0, max: 35 }))
  .map(([a, b]) => ({ asked: Math.max(a, b), met: Math.min(a, b) }));
const world = fc
  .array(count, { minLength: GROUPS.length * WEEKS.length, maxLength: GROUPS.length * WEEKS.length })
  .map((counts) =>
    counts.map((one, at): WeekCount => ({ ...one, group: GROUPS[at % 3]!, week: WEEKS[Math.floor(at / 3)]! })),
  );

/** All that anybody can ever ask of one world: every span, so also the difference of any two. */
const everythingShown = (counts: WeekCount[]) =>
  JSON.stringify([1, 2, 3, 4, 5].map((n) => publicNumbers(counts, all, n)));

/** Every pair of counts that would be shown as this one is. */
function likely(seen: { asked: number | null; met: number | null }): { asked: number; met: number }[] {
  const pairs = [];
  for (let asked = 0; asked <= 40; asked += 1) {
    for (let met = 0; met <= asked; met += 1) {
      const shown = hideSmall({ asked, met });
      if (shown.asked === seen.asked && shown.met === seen.met) pairs.push({ asked, met });
    }
  }
  return pairs;
}

describe("numbers for everybody", () => {
  it("a hidden number could be any other hidden one: nothing that is ever shown would differ, over any two periods", () => {
    fc.assert(
      fc.property(world, fc.nat(), fc.nat(), (counts, where, which) => {
        const hidden = counts.filter((one) => hideSmall(one).met === null);
        fc.pre(hidden.length > 0);
        const victim = hidden[where % hidden.length]!;
        const others = likely(hideSmall(victim));
        const instead = counts.map((one) => (one === victim ? { ...one, ...others[which % others.length]! } : one));
        expect(everythingShown(instead)).toBe(everythingShown(counts));
      }),
      { numRuns: 500 },
    );
  });

  it("leaves at least ten possibilities for each hidden number", () => {
    for (let asked = 0; asked <= 40; asked += 1) {
      for (let met = 0; met <= asked; met += 1) {
        const seen = hideSmall({ asked, met });
        const could = likely(seen);
        if (seen.asked !== null && seen.met !== null) {
          expect(Math.min(seen.met, seen.asked - seen.met), "nor their difference").toBeGreaterThanOrEqual(
            SMALLEST_SHOWN,
          );
        }
        if (seen.asked === null) expect(new Set(could.map((one) => one.asked)).size).toBe(SMALLEST_SHOWN);
        if (seen.met === null) expect(new Set(could.map((one) => one.met)).size).toBeGreaterThanOrEqual(SMALLEST_SHOWN);
      }
    }
  });

  it("shows and adds up what is large enough", () => {
    const counts = [
      { group: "kitchen", week: WEEKS[0]!, asked: 40, met: 25 },
      { group: "comfort", week: WEEKS[0]!, asked: 30, met: 25 },
      { group: "kitchen", week: WEEKS[1]!, asked: 9, met: 9 },
    ];
    const { total, byGroup, byWeek } = publicNumbers(counts, { weeks: WEEKS, groups: ["kitchen", "comfort"] }, 2);
    expect(total).toEqual({ asked: 70, met: 25, all: false });
    expect(byGroup).toEqual([
      { group: "kitchen", asked: 40, met: 25, all: false },
      { group: "comfort", asked: 30, met: 0, all: false },
    ]);
    expect(byWeek[0]).toEqual({ week: WEEKS[0], asked: 70, met: 25, all: false });
    expect(publicNumbers(counts.slice(0, 1), { weeks: WEEKS, groups: ["kitchen"] }, 1).total.all).toBe(true);
  });

  it("count whole weeks that can no longer change, as a person counts them", async () => {
    const now = new Date("2001-06-20T12:00:00Z"); // a Wednesday; the last week out is that of 28 May
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const kitchen = await group(ctx, { name: "Kitchen of 2001" });
    const at = (day: string) => new Date(`2001-${day}T10:00:00Z`);
    const many = async (n: number, given: Parameters<typeof post>[3]) => {
      for (let i = 0; i < n; i += 1) await post(ctx, who, kitchen, given);
    };
    const closed = { status: "closed", remaining: 0 };
    await many(12, { created_at: at("05-29"), ...closed, closed_reason: "fulfilled", closed_at: at("06-10") });
    await many(11, { created_at: at("06-03"), ...closed, closed_reason: "met_for_now", closed_at: at("06-18") });
    await many(2, { created_at: at("05-30"), ...closed, closed_reason: "declined", closed_at: at("05-31") });
    await many(20, { created_at: at("06-04") });
    expect((await readPublicNumbers(ctx, 4, "en")).byWeek[0], "nothing before it is written down").toMatchObject({
      asked: 0,
    });
    expect(await keepWeeks(ctx)).toBeGreaterThan(0);
    expect(await keepWeeks(ctx)).toBe(0);
    const { byGroup, byWeek, last } = await readPublicNumbers(ctx, 4, "en");
    expect(last).toBe("2001-06-03");
    expect(byGroup.find((one) => one.group === "Kitchen of 2001")).toMatchObject({ asked: 23, met: 12 });
    expect(byWeek[0]).toMatchObject({ week: "2001-05-28", asked: 23, met: 12 });
    expect(byWeek).toHaveLength(4);
  });

  it("stay as they are when a post is erased, moved on, met late or brought in afterwards", async () => {
    const now = new Date("2011-06-22T12:00:00Z");
    const ctx = testCtx({ now });
    const who = await person(ctx);
    const [kitchen, comfort] = [await group(ctx), await group(ctx)];
    const asked = {
      created_at: new Date("2011-05-31T10:00:00Z"),
      status: "closed",
      remaining: 0,
      closed_reason: "fulfilled",
    };
    const made = [];
    for (let n = 0; n < 24; n += 1)
      made.push(await post(ctx, who, kitchen, { ...asked, closed_at: new Date(n < 12 ? "2011-06-02" : "2011-06-20") }));
    await keepWeeks(ctx);
    const before = await readPublicNumbers(ctx, 12, "en");
    expect(before.byWeek[0]).toMatchObject({ asked: 24, met: 12, all: false });
    const { sql } = ctx.db;
    await sql`delete from posts where id = ${made[0]!}::uuid`;
    await sql`update posts set group_id = ${comfort}::uuid where id = ${made[1]!}::uuid`;
    await sql`update posts set closed_at = '2011-06-03' where id = ${made[20]!}::uuid`;
    await post(ctx, who, kitchen, asked);
    await keepWeeks({ ...ctx, now: new Date(now.getTime() + 3 * 86_400_000) });
    expect(await readPublicNumbers(ctx, 12, "en")).toEqual(before);
    const next = { ...ctx, now: new Date(now.getTime() + 7 * 86_400_000) };
    expect((await readPublicNumbers(next, 12, "en")).last, "a week that is not written down is not spoken of").toBe(
      before.last,
    );
    await keepWeeks(next);
    expect((await readPublicNumbers(next, 12, "en")).byWeek[1]).toEqual(before.byWeek[0]);
  });
});
