import { expect, test } from "vitest";
import { expandBroadcasts } from "#app/broadcasts/expand-broadcasts.server.ts";
import { aMember } from "#tests/factories.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";
import { aCrew, aSending, broadcastRow, manyVolunteers, textsByState } from "./rows.ts";

const ctx = testCtx();
const PEOPLE = 50_000;

test("50,000 people: each gets one row, and a second run writes none", async () => {
  const { group, author } = await aCrew(ctx);
  await manyVolunteers(ctx, group.id, PEOPLE, "crowd");
  await ctx.db.sql`analyze people, memberships, outbox`;
  const { id } = await aSending(author, { groupId: group.id, words: { en: "Closed today.", es: "Hoy cerrado." } });
  expect(await broadcastRow(ctx, id)).toMatchObject({ recipients: PEOPLE, segments: PEOPLE });

  const began = performance.now();
  expect(await expandBroadcasts(ctx)).toBe(PEOPLE);
  const first = performance.now() - began;
  await ctx.db.sql`update broadcasts set expanded_at = null, expanded_upto = null where id = ${id}::uuid`;
  const again = performance.now();
  expect(await expandBroadcasts(ctx)).toBe(0);
  const rerun = performance.now() - again;
  process.stdout.write(
    `50,000 recipients: written in ${(first / 1000).toFixed(1)} s, again in ${(rerun / 1000).toFixed(1)} s\n`,
  );

  expect(await textsByState(ctx, id)).toEqual({ queued: PEOPLE });
  const [row] = await ctx.db.sql<{ people: number }[]>`
    select count(distinct person_id)::int as people from outbox where broadcast_id = ${id}::uuid`;
  expect(row!.people).toBe(PEOPLE);
}, 120_000);

test("who said STOP, rests or has had enough this month gets none, and each is counted", async () => {
  const { group, author } = await aCrew(ctx);
  const [gone, resting, full] = [
    await aMember(ctx, group.id),
    await aMember(ctx, group.id),
    await aMember(ctx, group.id, { monthlyCap: 0 }),
  ];
  const stays = await aMember(ctx, group.id, { locale: "es" });
  await recordConsent(ctx, { phoneLookup: gone.phoneLookup, action: "out", source: "keyword" });
  await testDb().sql`update people set paused_until = now() + interval '2 days' where id = ${resting.id}::uuid`;
  const { id } = await aSending(author, { groupId: group.id, words: { en: "Hello", es: "¡Reunión mañana!" } });
  expect(await expandBroadcasts(ctx)).toBe(1);
  const texts = await ctx.db.sql<
    { id: string; person_id: string; body_sealed: string; segments: number; lane: number }[]
  >`
    select id, person_id, body_sealed, segments, lane from outbox where broadcast_id = ${id}::uuid`;
  expect(texts.map(({ person_id, lane }) => ({ person_id, lane }))).toEqual([{ person_id: stays.id, lane: 9 }]);
  const body = ctx.seal.open(texts[0]!.body_sealed, { table: "outbox", column: "body_sealed", row: texts[0]!.id });
  expect(body).toBe(`${group.name}: ¡Reunión mañana!\nResponde STOP para no recibir mas.`);
  expect(texts[0]!.segments).toBe(segmentsOf(body).count);
  expect((await broadcastRow(ctx, id)).skipped).toEqual({ opted_out: 1, resting: 1, over_cap: 1, too_many: 0 });
  expect(texts.map(({ person_id }) => person_id)).not.toContain(full.id);
});

test("a statement that takes too long is tried again with fewer people", async () => {
  const { group, author } = await aCrew(ctx);
  await manyVolunteers(ctx, group.id, 400, `slow ${group.id}`);
  const { id } = await aSending(author, { groupId: group.id });
  await ctx.db.sql`
    create function slow_broadcast() returns trigger language plpgsql as $$
    begin if (select count(*) from fresh) > 150 then perform pg_sleep(6); end if; return null; end $$`;
  await ctx.db.sql`create trigger slow_broadcast after insert on outbox referencing new table as fresh
    for each statement execute function slow_broadcast()`;
  try {
    expect(await expandBroadcasts(ctx, { portion: 300 })).toBe(400);
  } finally {
    await ctx.db.sql`drop function slow_broadcast cascade`;
  }
  expect(await textsByState(ctx, id)).toEqual({ queued: 400 });
}, 30_000);
