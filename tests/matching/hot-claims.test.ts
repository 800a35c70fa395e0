import { afterAll, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { newToken } from "#app/core/ids.server.ts";
import { connect } from "#db/client.server.ts";
import { aCategory, aGroup, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDatabaseUrl } from "#tests/setup/context.ts";

/** One connection, so that what it wrote is counted when it says so. */
const db = connect(testDatabaseUrl(), { max: 1 });
const ctx = testCtx({ db });
afterAll(() => db.end());

async function updated() {
  await db.sql`select pg_stat_force_next_flush()`;
  await db.sql`select 1`;
  const [row] = await db.sql<{ all: number; hot: number }[]>`
    select n_tup_upd::int as all, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'posts'`;
  return row!;
}

it("claims that leave something change no index of posts, by which matches are found", async () => {
  const group = await aGroup(ctx);
  const { id: categoryId } = await aCategory(ctx, group.id);
  const there = { groupId: group.id, categoryId, lat: 40.7, lng: -73.9, windowStart: ctx.now, windowEnd: ctx.now };
  const post = await aPost(ctx, { ...there, urgency: "urgent", quantity: 100 });
  const claim = async () => {
    const asked = { code: post.code, quantity: 1, eta: null, note: null, offerCode: null };
    await claimPost(await signedInAs(ctx, await aPerson(ctx)), { ...asked, idempotencyKey: newToken() });
  };
  await claim();
  const before = await updated();
  for (let n = 0; n < 10; n++) await claim();
  const after = await updated();
  expect(after.all - before.all).toBe(10);
  expect(after.hot - before.hot).toBe(10);
});
