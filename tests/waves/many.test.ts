import { expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { thankAsked } from "#app/notifications/thank-asked.server.ts";
import { readCandidates } from "#app/waves/read-candidates.server.ts";
import { readRates } from "#app/waves/read-rates.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { aGroup, aPerson, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { work } from "./rows.ts";

const MEMBERS = 1_000;
const ASKS = 100_000;

/** A group of a thousand, and a past of a hundred thousand asks, half of them answered; the last day's still open. */
async function busyGroup(ctx: Ctx) {
  const group = await aGroup(ctx);
  const author = await aPerson(ctx);
  await ctx.db.sql`
    with made as (
      insert into people (id, phone_sealed, phone_lookup, quiet_from, quiet_to, languages, lat, lng, created_at)
      select gen_random_uuid(), 'x', gen_random_uuid()::text, 0, 0, '{en}', 42 + random(), -83 - random(), ${ctx.now}::timestamptz
      from generate_series(1, ${MEMBERS}::int) returning id
    )
    insert into memberships (person_id, group_id, created_at)
    select id, ${group.id}::uuid, ${ctx.now}::timestamptz from made`;
  const posts = Array.from({ length: ASKS / 100 }, () => newId(ctx.now));
  await ctx.db.sql`
    insert into posts (id, code, kind, group_id, author_id, title, expires_at, manage_hash, created_at, updated_at)
    select id, id::text, 'need', ${group.id}::uuid, ${author.id}::uuid, 'Soup', now(), id::text, now(), now()
    from unnest(${posts}::uuid[]) as p(id)`;
  await ctx.db.sql`
    insert into asks (post_id, person_id, wave, asked_at, answered_at)
    select p.id, m.person_id, 1, ${ctx.now}::timestamptz - p.n * interval '10 minutes',
      case when (p.n + m.n) % 2 = 0 then ${ctx.now}::timestamptz end
    from unnest(${posts}::uuid[]) with ordinality as p(id, n)
    join (select person_id, row_number() over () as n from memberships where group_id = ${group.id}::uuid) m
      on (m.n + p.n) % 10 = 0`;
  await ctx.db.sql`analyze asks, posts, people, memberships, claims, outbox, consent_events`;
  return group;
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 5; n++) {
    const from = performance.now();
    await run();
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b)[2]!;
}

test("choosing among a thousand people stays quick over a hundred thousand asks", async () => {
  const ctx = testCtx();
  const group = await busyGroup(ctx);
  const post = await aPost(ctx, { groupId: group.id });
  const [row] = await ctx.db.sql<
    { authorId: string }[]
  >`select author_id as "authorId" from posts where id = ${post.id}::uuid`;
  const need = {
    id: post.id,
    groupId: group.id,
    categoryId: null,
    authorId: row!.authorId,
    visibility: "everyone" as const,
    roundAt: new Date(0),
    lat: 42.5,
    lng: -83.5,
    languages: ["en"],
    learns: true,
  };
  const known = { offers: [], rates: await readRates(ctx) };
  expect(await readCandidates(ctx, need, known)).toHaveLength(500);
  const figures = {
    candidates: await milliseconds(() => readCandidates(ctx, need, known)),
    nothingDue: await milliseconds(() => sendWaves(ctx)),
    thanks: await milliseconds(() => thankAsked(ctx)),
    wave: await milliseconds(async () => {
      await aPost(ctx, { groupId: group.id });
      await work(ctx);
    }),
  };
  expect(figures.candidates).toBeLessThan(500);
  expect(figures.nothingDue).toBeLessThan(100);
  expect(figures.thanks).toBeLessThan(500);
}, 60_000);
