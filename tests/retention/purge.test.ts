import { expect, test, vi } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { archiveKeys } from "#app/core/sealing/archive-keys.server.ts";
import { SEALED_COLUMNS } from "#app/core/sealing/sealed-columns.ts";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { lastPurge, purge, purgeHourly } from "#app/retention/purge.server.ts";
import { CLEARED_ELSEWHERE, RULE_NAMES } from "#app/retention/rules.ts";
import { rulesOf } from "#app/retention/rules.server.ts";
import { oldestDays, whatIsKept } from "#app/retention/what-is-kept.server.ts";
import { asking } from "#tests/claims/rows.ts";
import { aGroup, aMember, aPerson, aPhone, aPost, signedInAs } from "#tests/factories.ts";
import { aCall, aHeardText, aSaidText, aThread } from "#tests/messages/rows.ts";
import { testCtx } from "#tests/setup/context.ts";

const now = new Date("2026-11-23T10:00:00Z");
const ctx = testCtx({ now });
const { sql } = ctx.db;
const daysOn = <C extends Ctx>(of: C, days: number): C => ({ ...of, now: new Date(now.getTime() + days * 86_400_000) });

/** Where something sealed still stands, by table and column. */
async function standing(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { table, column } of SEALED_COLUMNS) {
    const [row] = await sql<{ n: number }[]>`
      select count(*)::int as n from ${sql(table)} where ${sql(column)} is not null`;
    if (row!.n > 0 && table !== "archive_keys") found[`${table}.${column}`] = row!.n;
  }
  return found;
}

test("every sealed column has a rule, or a job of its own", () => {
  const ruled = Object.values(rulesOf(ctx)).flatMap(({ table, clears }) =>
    clears.map((column) => `${table}.${column}`),
  );
  const sealed = SEALED_COLUMNS.filter(({ owner }) => owner !== null).map(({ table, column }) => `${table}.${column}`);
  expect([...ruled, ...CLEARED_ELSEWHERE].toSorted()).toEqual(sealed.toSorted());
});

test("what is over goes in its time, with its archive keys, and figures stay", async () => {
  const group = await aGroup(ctx);
  await sql`update groups set retention_days = 14 where id = ${group.id}::uuid`;
  const volunteer = await aMember(ctx, group.id);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const requester = await aPerson(ctx);
  const sealed = {
    address: "12 Heron Road",
    privateNote: "Blue door",
    contact: { name: "Ana", phone: requester.phone, email: null },
  };
  const over = await aPost(ctx, { groupId: group.id, authorId: requester.id, ...sealed });
  const other = { ...sealed.contact, phone: aPhone() };
  const goesOn = await aPost(ctx, { groupId: group.id, ...sealed, contact: other });
  const giver = await signedInAs(ctx, volunteer);
  const claim = await claimPost(giver, asking(over.code, { quantity: 1, note: "I have a van" }));
  await releaseClaim(giver, { id: claim.id, reason: null });
  await closePost(coordinator, { code: over.code, reason: "withdrawn" });
  const thread = await aThread(ctx, { unread: false });
  await aHeardText(ctx, thread, "thank you");
  const unread = await aThread(ctx);
  await aHeardText(ctx, unread, "is anybody there?");
  await aSaidText(ctx, volunteer.id, "Soup at six");
  await aCall(ctx, thread, { transcript: "Ring me back" });
  await sql`update voice_calls set handled_at = ${now}::timestamptz`;
  const owners = [
    `post:${over.id}`,
    `post:${goesOn.id}`,
    `person:${requester.id}`,
    `person:${volunteer.id} 2026-11-23`,
  ];
  await archiveKeys(ctx, owners);
  const left = async () =>
    (await sql<{ owner: string }[]>`select owner from archive_keys where key_sealed is not null order by owner`).map(
      ({ owner }) => owner,
    );
  const figures = async () => {
    const { countedAt: _at, ...all } = await dashboardFigures(coordinator, {
      groupId: null,
      from: new Date(0),
      to: now,
    });
    return all;
  };
  const [before, counted] = [await standing(), await figures()];

  expect((await purge(daysOn(ctx, 6))).purged).toEqual({});
  expect(await standing()).toEqual(before);
  await purge(daysOn(ctx, 9));
  expect(await standing()).toMatchObject({ "inbound_texts.body_sealed": 1, "posts.address_sealed": 2 });
  expect(await standing()).not.toHaveProperty("outbox.body_sealed");
  expect(await standing()).not.toHaveProperty("voice_calls.transcript_sealed");
  expect(await left()).toEqual(owners.filter((owner) => !owner.includes(" ")).toSorted());

  const twice = await Promise.all([purge(daysOn(ctx, 15)), purge(daysOn(ctx, 15))]);
  expect(twice.reduce((sum, { purged }) => sum + (purged.post_contacts ?? 0), 0)).toBe(1);
  expect(await standing()).toMatchObject({
    "posts.address_sealed": 1,
    "posts.note_sealed": 1,
    "claims.note_sealed": 1,
  });
  expect(await left()).not.toContain(`post:${over.id}`);

  const [due] = (await whatIsKept(daysOn(ctx, 31))).filter(({ name }) => name === "people");
  expect(due).toMatchObject({ due: 1, oldest: 31 });
  await purge(daysOn(ctx, 31));
  expect(await left()).toEqual([`post:${goesOn.id}`]);
  const [erased] =
    await sql`select name_sealed, phone_sealed, phone_lookup from people where id = ${requester.id}::uuid`;
  expect(erased).toEqual({ name_sealed: null, phone_sealed: null, phone_lookup: null });
  const [kept] = await sql`select name_sealed, phone_sealed from people where id = ${volunteer.id}::uuid`;
  expect(kept).toEqual({ name_sealed: expect.any(String), phone_sealed: expect.any(String) });
  expect(await standing()).not.toHaveProperty("claims.note_sealed");
  expect(await standing()).toMatchObject({ "text_threads.phone_sealed": 1, "inbound_texts.from_sealed": 1 });
  await purge(daysOn(ctx, 122));
  expect(await standing()).not.toHaveProperty("text_threads.phone_sealed");
  expect(await figures()).toEqual(counted);
  const states = await whatIsKept(daysOn(ctx, 122));
  expect(states.map(({ name }) => name)).toEqual([...RULE_NAMES]);
  expect(states.every(({ due: n }) => n === 0)).toBe(true);
  expect(oldestDays(states)).toBe(0);
});

test("the worker purges once an hour, says so, and cries when it has not for two days", async () => {
  const requester = await aPerson(ctx);
  await sql`update people set created_at = ${daysOn(ctx, -60).now}::timestamptz where id = ${requester.id}::uuid`;
  const error = vi.fn();
  const heard = { ...ctx, log: { ...ctx.log, error } };
  expect(await purgeHourly(heard)).toBeGreaterThan(0);
  expect(await lastPurge(ctx)).toEqual(now);
  const [event] = await sql<{ data: Record<string, number> }[]>`select data from events where type = 'data.purged'`;
  expect(event!.data["people"]).toBeGreaterThan(0);
  await sql`update people set created_at = ${daysOn(ctx, -60).now}::timestamptz`;
  expect(await purgeHourly({ ...heard, now: new Date(now.getTime() + 59 * 60_000) })).toBe(0);
  expect(error).not.toHaveBeenCalled();
  await purgeHourly(daysOn(heard, 2.1));
  expect(error).toHaveBeenCalledWith("nothing was purged for two days");
});
