import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { foldTallies } from "#app/tallies/fold-tallies.server.ts";
import { openCounts } from "#app/tallies/open-counts.server.ts";
import { cellTally, hourTally, postTally } from "#app/tallies/tallies.server.ts";
import { group, person, post } from "#tests/dashboard/rows.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";
import { connect } from "#db/client.server.ts";

const now = new Date("2026-11-20T12:00:00Z");

/** Where a tally, with what is not folded, is not what counting the posts gives. One statement: both see the same moment. */
async function differences(ctx: Ctx): Promise<readonly unknown[]> {
  const { sql } = ctx.db;
  const all = sql`true`;
  return sql<{ what: string }[]>`
    with posted as (
      select group_id::text, category_id::text, kind, case when unapproved then 'team' else visibility end as eyes, claimable,
        date_trunc('hour', created_at at time zone 'UTC')::text as hour, lat::text, lng::text,
        case when status = 'in_review' then 'in_review' when remaining = quantity then 'open' when remaining > 0 then 'partly'
          else 'covered' end as state
      from posts where status <> 'closed'
    ), counted as (
      select concat_ws(' ', 'post', group_id, category_id, kind, eyes, state) as what, count(*) as n from posted group by 1
      union all select concat_ws(' ', 'hour', group_id, hour), count(*) from posted where claimable and kind = 'need' group by 1
      union all select concat_ws(' ', 'cell', lat, lng, group_id, category_id, kind, eyes), count(*) from posted where claimable group by 1
    ), tallied as (
      select concat_ws(' ', 'post', group_id::text, category_id::text, kind, eyes, state) as what, sum(n) as n
        from ${postTally(ctx, all)} t group by 1
      union all select concat_ws(' ', 'hour', group_id::text, (hour at time zone 'UTC')::text), sum(n) from ${hourTally(ctx, all)} t group by 1
      union all select concat_ws(' ', 'cell', lat::text, lng::text, group_id::text, category_id::text, kind, eyes), sum(n)
        from ${cellTally(ctx, all)} t group by 1
    )
    select coalesce(c.what, t.what) as what, c.n as counted, t.n as tallied
    from counted c full join tallied t on t.what = c.what where coalesce(c.n, 0) <> coalesce(t.n, 0)`;
}

const hours = fc.integer({ min: 0, max: 200 }).map((n) => new Date(now.getTime() - n * 3_600_000 + 61_000));
const life = fc
  .record({
    kind: fc.constantFrom("need", "offer"),
    status: fc.constantFrom("in_review", "open", "open", "closed"),
    quantity: fc.integer({ min: 1, max: 3 }),
    left: fc.integer({ min: 0, max: 3 }),
    visibility: fc.constantFrom("everyone", "volunteers", "team"),
    unapproved: fc.boolean(),
    created_at: hours,
    place: fc.constantFrom({ lat: null, lng: null }, { lat: 40.7, lng: -74 }, { lat: 40.709, lng: -74 }),
  })
  .map(({ left, place, ...row }) => ({ ...row, ...place, remaining: Math.min(left, row.quantity) }));
type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;
const step = fc.oneof(
  fc.record({ what: fc.constant("insert" as const), group: fc.nat(1), life }),
  fc.record({ what: fc.constant("update" as const), at: fc.nat(9), group: fc.nat(1), life }),
  fc.record({ what: fc.constant("delete" as const), at: fc.nat(9) }),
  fc.record({ what: fc.constant("fold" as const) }),
);

async function world() {
  const ctx = testCtx({ now });
  const who = await person(ctx);
  return { ctx, who, groups: [await group(ctx), await group(ctx)] as const };
}

const change = (ctx: Ctx, id: string, groupId: string, row: Life) =>
  ctx.db.sql`update posts set ${ctx.db.sql({ ...row, group_id: groupId })} where id = ${id}::uuid`;

describe("tallies", () => {
  it("are what counting gives, after whatever happens to posts and whenever they are folded", async () => {
    const { ctx, who, groups } = await world();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const made: string[] = [];
        for (const one of steps) {
          if (one.what === "insert") made.push(await post(ctx, who, groups[one.group]!, one.life));
          const id = "at" in one ? made[one.at] : undefined;
          if (one.what === "update" && id) await change(ctx, id, groups[one.group]!, one.life);
          if (one.what === "delete" && id) await ctx.db.sql`delete from posts where id = ${id}::uuid`;
          if (one.what === "fold") await foldTallies(ctx);
          expect(await differences(ctx)).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
    const counts = await openCounts(ctx, groups);
    while ((await foldTallies(ctx)) > 0);
    expect(new Set(await openCounts(ctx, groups))).toEqual(new Set(counts));
    const [left] = await ctx.db.sql<{ n: number }[]>`select count(*)::int as n from post_deltas`;
    expect(left!.n).toBe(0);
  }, 60_000);

  it("are exact at every moment while many write and several workers fold", async () => {
    const { ctx, who, groups } = await world();
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) ids.push(await post(ctx, who, groups[n % 2]!, { quantity: 3 }));
    const others = connect(testDatabaseUrl(), { max: 6 });
    const away = { ...ctx, db: others };
    let busy = true;
    const write = async (seed: number) => {
      const lives = fc.sample(life, { seed, numRuns: 60 });
      for (const [n, row] of lives.entries())
        await change(away, ids[(n * 7 + seed) % ids.length]!, groups[(n + seed) % 2]!, row);
    };
    const fold = async () => {
      while (busy) await foldTallies(away);
    };
    const watch = async () => {
      const seen: unknown[] = [];
      while (busy) seen.push(...(await differences(ctx)));
      return seen;
    };
    const [wrong] = await Promise.all([
      watch(),
      fold(),
      fold(),
      Promise.all([1, 2, 3, 4].map(write)).finally(() => {
        busy = false;
      }),
    ]);
    expect(wrong).toEqual([]);
    expect(await differences(ctx)).toEqual([]);
    await others.end();
  }, 60_000);
});
