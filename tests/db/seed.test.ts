import { describe, expect, test } from "vitest";
import { findPersonByPhone } from "#app/people/find-person.server.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { DEMO_COORDINATOR, DEMO_PEOPLE, seed } from "#db/seed.server.ts";
import { signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

/** One story told in order: the file has a database of its own, and only an empty one can be seeded. */
describe("the demo neighbourhood", () => {
  test("is loaded once, whole and fast, also when two starts race", async () => {
    const ctx = testCtx();
    const started = performance.now();
    const answers = await Promise.all([seed(ctx), seed(ctx), seed(ctx)]);
    expect(performance.now() - started).toBeLessThan(1500);
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await seed(ctx)).toBe(false);
    const [count] = await ctx.db.sql`
      select (select count(*)::int from people) as people, (select count(*)::int from posts) as posts,
        (select count(*)::int from groups) as groups`;
    expect(count).toEqual({ people: 40, posts: 65, groups: 6 });
  });

  test("adds up: what is left is what was asked less what is promised or came", async () => {
    const { db } = testCtx();
    const wrong = await db.sql`
      select p.title from posts p left join lateral (
        select coalesce(sum(quantity) filter (where status not in ('released', 'lapsed')), 0) as held,
          coalesce(sum(delivered_quantity) filter (where status = 'confirmed'), 0) as confirmed
        from claims c where c.post_id = p.id
      ) c on true
      where p.remaining <> p.quantity - c.held or p.confirmed <> c.confirmed`;
    expect([...wrong]).toEqual([]);
  });

  test("owes nobody a text, and nothing in it runs out in the first hours", async () => {
    const { db } = testCtx();
    const [due] = await db.sql`
      select (select count(*)::int from events where fanned_out_at is null) as to_tell,
        (select count(*)::int from claims where status in ('promised', 'on_the_way') and due_at < now() + interval '2 hours') as to_lapse,
        (select count(*)::int from claims where status = 'delivered' and updated_at < now() - interval '45 hours') as to_confirm,
        (select count(*)::int from posts where status = 'open' and expires_at < now() + interval '1 day') as to_expire`;
    expect(due).toEqual({ to_tell: 0, to_lapse: 0, to_confirm: 0, to_expire: 0 });
  });

  test("has every state a board can show, and every group speaks three languages", async () => {
    const ctx = testCtx();
    const states = await ctx.db.sql<{ state: string }[]>`
      select distinct coalesce(closed_reason, case when remaining = 0 then 'covered' when remaining < quantity then 'partly' else 'open' end) as state
      from posts order by 1`;
    expect(states.map(({ state }) => state)).toEqual([
      "covered",
      "expired",
      "fulfilled",
      "met_for_now",
      "open",
      "partly",
      "withdrawn",
    ]);
    const [en, es, ar] = await Promise.all((["en", "es", "ar"] as const).map((locale) => listGroups(ctx, locale)));
    for (const [index, group] of en!.entries()) {
      const others = [es![index]!, ar![index]!];
      for (const other of others) {
        expect(other.name).not.toBe(group.name);
        expect(other.blurb).not.toBe(group.blurb);
        for (const [n, category] of group.categories.entries())
          expect(other.categories[n]!.name).not.toBe(category.name);
      }
    }
  });

  test("lets its people sign in: the coordinator runs groups", async () => {
    const ctx = testCtx();
    for (const { phone } of DEMO_PEOPLE) expect(await findPersonByPhone(ctx, phone)).not.toBeNull();
    const id = (await findPersonByPhone(ctx, DEMO_COORDINATOR.phone))!;
    expect(Object.values((await signedInAs(ctx, { id })).person.roles)).toContain("coordinator");
  });
});
