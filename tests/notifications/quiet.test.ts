import { expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { owedText } from "#app/notifications/owed-texts.server.ts";
import { readReaders } from "#app/notifications/read-readers.server.ts";
import type { Template } from "#app/notifications/template.ts";
import { aPerson } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

/** Four in the morning in New York, three hours before anybody here wakes. */
const NIGHT = new Date("2030-01-08T09:00:00Z");
const MORNING = new Date("2030-01-08T12:00:00Z");
const ctx = testCtx({ now: NIGHT });
const SLEEPS = { timeZone: "America/New_York", quietFrom: 21, quietTo: 7 };

async function dueAt(personId: string, template: Template, { urgent = false, given = ctx as Ctx } = {}): Promise<Date> {
  const reader = (await readReaders(given, [personId])).get(personId)!;
  return owedText(given, { dedupeKey: "k", template, reader, body: "words", urgent }).not_before;
}

async function hears(phoneLookup: string, minutesAgo: number): Promise<void> {
  const at = new Date(NIGHT.getTime() - minutesAgo * 60_000);
  await ctx.db.sql`
    insert into text_threads (phone_lookup, phone_sealed, last_heard_at, updated_at)
    values (${phoneLookup}, '', ${at}::timestamptz, ${at}::timestamptz)`;
}

test("what can wait, waits until the reader wakes; what they asked for does not", async () => {
  const { id } = await aPerson(ctx, SLEEPS);
  for (const template of ["reopened", "nudge", "ask_still_good", "covered", "broadcast", "new_need"] as const) {
    expect([template, await dueAt(id, template)]).toEqual([template, MORNING]);
  }
  for (const template of ["sign_in_code", "reply", "relay", "claimed"] as const) {
    expect([template, await dueAt(id, template)]).toEqual([template, NIGHT]);
  }
  expect(await dueAt(id, "reopened", { given: { ...ctx, wakesNobody: true } })).toEqual(NIGHT);
});

test("who wrote to us a quarter of an hour ago is awake: notices come, alerts to many do not", async () => {
  const [awake, asleep] = [await aPerson(ctx, SLEEPS), await aPerson(ctx, SLEEPS)];
  await hears(awake.phoneLookup, 14);
  await hears(asleep.phoneLookup, 16);
  expect(await dueAt(awake.id, "ask_still_good")).toEqual(NIGHT);
  expect(await dueAt(asleep.id, "ask_still_good")).toEqual(MORNING);
  for (const template of ["new_need", "covered", "broadcast"] as const) {
    expect(await dueAt(awake.id, template)).toEqual(MORNING);
  }
});

test("an urgent need wakes those who said so, and nothing else does", async () => {
  const willing = await aPerson(ctx, { ...SLEEPS, urgentAtNight: true });
  const other = await aPerson(ctx, SLEEPS);
  expect(await dueAt(willing.id, "new_need", { urgent: true })).toEqual(NIGHT);
  expect(await dueAt(willing.id, "new_need")).toEqual(MORNING);
  expect(await dueAt(willing.id, "covered", { urgent: true })).toEqual(MORNING);
  expect(await dueAt(other.id, "new_need", { urgent: true })).toEqual(MORNING);
});
