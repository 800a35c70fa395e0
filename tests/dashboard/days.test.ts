import fc from "fast-check";
import { expect, it } from "vitest";
import type { Ctx, SignedIn } from "#app/core/ctx.ts";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { foldDays, sortDayMarks } from "#app/dashboard/days/fold-days.server.ts";
import { readDays } from "#app/dashboard/days/read-days.server.ts";
import { readCohorts } from "#app/dashboard/report/cohorts.server.ts";
import { readFirstWord } from "#app/dashboard/report/first-word.server.ts";
import { readKept } from "#app/dashboard/report/kept.server.ts";
import { grouped } from "#app/dashboard/report/grouped.ts";
import { readSpread } from "#app/dashboard/report/spread.server.ts";
import type { SpreadCell } from "#app/dashboard/report/spread.ts";
import { connect } from "#db/client.server.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";
import { cohortsBySql, keptBySql, type Need, needsBySql, reached, spreadBySql } from "./days-referee.ts";
import { claim, coordinates, group, person, post } from "./rows.ts";

const now = new Date("2026-11-20T12:17:31.250Z");
const HOUR = 3_600_000;
const back = (hours: number) => new Date(now.getTime() - hours * HOUR);

/** Most asked for lately, some long ago, some just now; what happens to them happens afterwards. */
const life = fc
  .record({
    kind: fc.constantFrom("need", "need", "need", "offer"),
    created_at: fc.oneof(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 0, max: 900 })).map((n) => back(n + 0.3)),
    end: fc.constantFrom("open", "open", "review", "fulfilled", "met_for_now", "withdrawn", "expired", "declined"),
    claimedAfter: fc.option(fc.integer({ min: 0, max: 400 })),
    closedAfter: fc.integer({ min: 1, max: 500 }),
    remaining: fc.integer({ min: 0, max: 2 }),
    place: fc.constantFrom(
      { lat: null, lng: null, place: null },
      { lat: 40.7, lng: -74, place: "Here" },
      { lat: 40.75, lng: -74, place: "There" },
    ),
    locale: fc.constantFrom("en", "es"),
  })
  .map(({ end, claimedAfter, closedAfter, place, created_at, ...rest }) => {
    const after = (hours: number) => new Date(Math.min(now.getTime(), created_at.getTime() + hours * HOUR * 0.7));
    const closed = end !== "open" && end !== "review";
    return {
      ...rest,
      ...place,
      created_at,
      quantity: 2,
      status: end === "review" ? "in_review" : closed ? "closed" : "open",
      closed_reason: closed ? end : null,
      closed_at: closed ? after(closedAfter) : null,
      first_claimed_at: claimedAfter === null ? null : after(claimedAfter),
    };
  });
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;
const promise = fc.constantFrom("promised", "on_the_way", "delivered", "confirmed", "released", "lapsed");
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant("insert" as const), group: fc.nat(1), life }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant("update" as const), at: fc.nat(9), group: fc.nat(1), life }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant("touch" as const),
      at: fc.nat(9),
      life,
      only: fc.constantFrom("first_claimed_at", "locale", "place", "remaining", "created_at", "kind"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("claim" as const), at: fc.nat(9), status: promise }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("settle" as const), at: fc.nat(9), status: promise }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("word" as const),
      at: fc.nat(9),
      after: fc.integer({ min: 0, max: 300 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("delete" as const), at: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("sort" as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("fold" as const) }) },
);

async function remove(ctx: Ctx, id: string) {
  await ctx.db.sql`delete from claims where post_id = ${id}::uuid`;
  await ctx.db.sql`delete from posts where id = ${id}::uuid`;
}

const change = (ctx: Ctx, id: string, groupId: string, row: Life) =>
  ctx.db.sql`update posts set ${ctx.db.sql({ ...row, group_id: groupId })} where id = ${id}::uuid`;
/** One column alone, as a verb might change it. */
const touch = (ctx: Ctx, id: string, only: keyof Life, row: Life) =>
  ctx.db.sql`update posts set ${ctx.db.sql({ [only]: row[only] })} where id = ${id}::uuid`;
const settle = (ctx: Ctx, id: string, status: string) =>
  ctx.db
    .sql`update claims set status = ${status} where id = (select id from claims where post_id = ${id}::uuid order by id limit 1)`;
const word = (ctx: Ctx, id: string, hours: number) => ctx.db.sql`
  insert into first_words (post_id, at)
  select id, least(${now}::timestamptz, created_at + make_interval(mins => ${hours * 45})) from posts where id = ${id}::uuid
  on conflict (post_id) do nothing`;

async function foldAll(ctx: Ctx) {
  while ((await sortDayMarks(ctx)) > 0);
  while ((await foldDays(ctx)) > 0);
}

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** @param made the posts there are; changed with them */
async function take(ctx: Ctx, who: SignedIn, groups: readonly [string, string], made: string[], one: Step) {
  if (one.what === "sort") return sortDayMarks(ctx);
  if (one.what === "fold") return foldDays(ctx);
  if (one.what === "insert") return made.push(await post(ctx, who, groups[one.group]!, one.life));
  const id = made[one.at % made.length];
  if (!id) return;
  if (one.what === "update") return change(ctx, id, groups[one.group]!, one.life);
  if (one.what === "touch") return touch(ctx, id, one.only, one.life);
  if (one.what === "claim") return claim(ctx, who, id, { status: one.status });
  if (one.what === "settle") return settle(ctx, id, one.status);
  if (one.what === "word") return word(ctx, id, one.after);
  await remove(ctx, id);
  return made.splice(made.indexOf(id), 1);
}

/** Everything a page is made of, the rolled-up way and the plain way. */
async function bothWays(ctx: Ctx, viewer: ReturnType<typeof coordinates>, groups: string[], days: number) {
  const period = { from: back(days * 24), to: now };
  const reader = { ...ctx, person: viewer };
  const [figures, cohorts, kept, words, spread, needs, ...plain] = await Promise.all([
    dashboardFigures(reader, { groupId: null, ...period }),
    readCohorts(ctx, groups, now),
    readKept(ctx, groups, period),
    readFirstWord(ctx, groups, period),
    readSpread(ctx, groups, period),
    needsBySql(ctx, groups, period),
    cohortsBySql(ctx, groups),
    keptBySql(ctx, groups, period),
    spreadBySql(ctx, groups, period),
  ]);
  const of = ({ asked, fulfilled, met, ...more }: (typeof figures)["total"]) => ({
    asked,
    fulfilled,
    met,
    claim: [more.medianSecondsToClaim, more.p90SecondsToClaim],
    settled: [more.medianSecondsToMet, more.p90SecondsToMet],
  });
  const referee = (its: readonly Need[]) => ({
    asked: its.length,
    fulfilled: its.filter(({ reason }) => reason === "fulfilled").length,
    met: its.filter(({ met }) => met !== null).length,
    claim: [0.5, 0.9].map((share) =>
      reached(
        its.map((n) => [n.claimed, n.claimed ?? n.watched]),
        share,
      ),
    ),
    settled: [0.5, 0.9].map((share) =>
      reached(
        its.map((n) => [n.met, n.met ?? n.watched]),
        share,
      ),
    ),
  });
  return {
    rolled: [
      of(figures.total),
      ...figures.groups.map(of),
      cohorts,
      kept,
      [words.of, words.median, words.p90],
      sorted(spread),
    ],
    plain: [
      referee(needs),
      ...figures.groups.map(({ id }) => referee(needs.filter(({ group }) => group === id))),
      plain[0],
      plain[1],
      [
        needs.length,
        ...[0.5, 0.9].map((share) =>
          reached(
            needs.map((n) => [n.heard, n.heard ?? n.watched]),
            share,
          ),
        ),
      ],
      sorted(plain[2]),
    ],
  };
}

/** Cells of one key together, in order. */
function sorted(cells: readonly SpreadCell[]) {
  const byKey = grouped(cells, ({ area, categoryId, locale }) => `${area} ${categoryId} ${locale}`);
  return [...byKey]
    .map(([key, its]) => ({
      key,
      counts: (["needs", "answered", "met", "unmet", "waiting"] as const).map((of) =>
        its.reduce((sum, cell) => sum + cell[of], 0),
      ),
      claimed: its.flatMap(({ claimed }) => claimed).toSorted((a, b) => a - b),
      unclaimed: its.flatMap(({ unclaimed }) => unclaimed).toSorted((a, b) => a - b),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

const worlds = fc.record({
  lives: fc.array(fc.tuple(life, fc.option(promise)), { minLength: 1, maxLength: 6 }),
  steps: fc.array(step, { maxLength: 6 }),
  days: fc.constantFrom(3, 7, 40),
});

it("figures of days are what the posts say, whatever happens to them and whenever they are written down", async () => {
  const ctx = testCtx({ now });
  const who = await person(ctx);
  await fc.assert(
    fc.asyncProperty(worlds, async ({ lives, steps, days }) => {
      const groups = [await group(ctx), await group(ctx)] as const;
      const viewer = coordinates(who, ...groups);
      const made: string[] = [];
      for (const [row, status] of lives) {
        made.push(await post(ctx, who, groups[made.length % 2]!, row));
        if (status) await claim(ctx, who, made.at(-1)!, { status });
      }
      await foldAll(ctx);
      for (const one of steps) await take(ctx, who, groups, made, one);
      const early = await bothWays(ctx, viewer, [...groups], days);
      expect(early.rolled).toEqual(early.plain);
      await foldAll(ctx);
      const late = await bothWays(ctx, viewer, [...groups], days);
      expect(late.rolled).toEqual(early.plain);
    }),
    { numRuns: 150 },
  );
}, 120_000);

it("loses no change while many write and several workers write down", async () => {
  const ctx = testCtx({ now });
  const who = await person(ctx);
  const groups = [await group(ctx), await group(ctx)];
  const viewer = coordinates(who, ...groups);
  const others = connect(testDatabaseUrl(), { max: 8 });
  const away = { ...ctx, db: others };
  const ids: string[] = [];
  for (const [n, row] of fc.sample(life, { seed: 5, numRuns: 14 }).entries()) {
    ids.push(await post(ctx, who, groups[n % 2]!, row));
    await claim(ctx, who, ids.at(-1)!, {});
  }
  for (let round = 0; round < 6; round += 1) {
    let busy = true;
    const workers = [1, 2, 3].map(async () => {
      while (busy) {
        await sortDayMarks(away);
        await foldDays(away);
      }
    });
    await Promise.all(
      [1, 2, 3, 4].map(async (writer) => {
        const lives = fc.sample(life, { seed: round * 10 + writer, numRuns: 15 });
        for (const [n, row] of lives.entries()) {
          const id = ids[(n * 5 + writer) % ids.length]!;
          await change(away, id, groups[(n + writer) % 2]!, row);
          await settle(away, id, n % 2 ? "released" : "promised");
        }
      }),
    ).finally(() => {
      busy = false;
    });
    await Promise.all(workers);
    await foldAll(ctx);
    const { rolled, plain } = await bothWays(ctx, viewer, groups, 40);
    expect(rolled).toEqual(plain);
  }
  await others.end();
}, 60_000);

it("reads a day that was written down without its posts", async () => {
  const ctx = testCtx({ now });
  const id = await group(ctx);
  const who = await person(ctx);
  await post(ctx, who, id, { created_at: back(50) });
  await foldAll(ctx);
  await ctx.db.sql`update need_days set asked = 41 where group_id = ${id}::uuid`;
  const period = { from: back(100), to: now };
  const asked = async () => (await readDays(ctx, "times", [id], period)).reduce((sum, day) => sum + day.asked, 0);
  expect(await asked()).toBe(41);
  await post(ctx, who, id, { created_at: back(50) });
  expect(await asked(), "something changed, so it is counted").toBe(2);
});
