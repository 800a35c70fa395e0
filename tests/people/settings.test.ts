import { describe, expect, test } from "vitest";
import { snapToGrid } from "#app/core/grid.ts";
import { dayIn, startOfDayIn } from "#app/people/pause.ts";
import { isOptedOut, recordConsent } from "#app/people/consent.server.ts";
import { findOrMakePerson, findPersonByPhone } from "#app/people/find-person.server.ts";
import { changeSettings, getSettings } from "#app/people/settings.server.ts";
import { whatWeHold } from "#app/people/what-we-hold.server.ts";
import { aPerson, aPhone, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

describe("my settings", () => {
  test("change where something is given and stay where not", async () => {
    const person = await aPerson(testCtx(), { name: "Ana", monthlyCap: 9 });
    const ctx = await signedInAs(testCtx(), person);
    await changeSettings(ctx, { quietFrom: 22, quietTo: 7 });
    expect(await getSettings(ctx)).toMatchObject({ name: "Ana", phone: person.phone, monthlyCap: 9, quietFrom: 22 });
    await changeSettings(ctx, { name: "  Ana María ", locale: "es", monthlyCap: null });
    expect(await getSettings(ctx)).toMatchObject({ name: "Ana María", locale: "es", monthlyCap: null, quietTo: 7 });
    await changeSettings(ctx, { name: null });
    expect((await getSettings(ctx)).name).toBeNull();
  });

  test("keep where I am as a grid cell, and say whether I told them to stop, and to which number", async () => {
    const person = await aPerson(testCtx());
    const ctx = await signedInAs(testCtx(), person);
    await changeSettings(ctx, { area: { lat: 42.33911, lng: -83.02181 }, languages: ["es"], urgentAtNight: true });
    const [cell] = await ctx.db.sql`select lat, lng from people where id = ${person.id}::uuid`;
    expect(cell).toEqual(snapToGrid({ lat: 42.33911, lng: -83.02181 }));
    await changeSettings(ctx, { pausedUntil: new Date(ctx.now.getTime() + 60_000) });
    expect(await getSettings(ctx)).toMatchObject({ area: cell, languages: ["es"], urgentAtNight: true, stopped: null });
    const later = { ...ctx, now: new Date(ctx.now.getTime() + 120_000) };
    expect((await getSettings(later)).pausedUntil).toBeNull();
    await changeSettings(ctx, { area: null });
    expect((await getSettings(ctx)).area).toBeNull();

    await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
    expect((await getSettings(ctx)).stopped).toEqual({ number: null });
    await ctx.db.sql`
      insert into inbound_texts (message_sid, phone_lookup, from_sealed, to_number, received_at)
      values (${`SM${person.id}`}, ${person.phoneLookup}, '', '+15550100100', ${ctx.now}::timestamptz)`;
    expect((await getSettings(ctx)).stopped).toEqual({ number: "+15550100100" });
  });

  test("a rest ends when its day begins where the person lives", () => {
    expect(startOfDayIn("2026-03-08", "America/New_York")).toEqual(new Date("2026-03-08T05:00:00Z"));
    expect(startOfDayIn("2026-03-09", "America/New_York")).toEqual(new Date("2026-03-09T04:00:00Z"));
    expect(startOfDayIn("2026-02-30", "America/New_York")).toBeNull();
    expect(dayIn(new Date("2026-03-09T03:59:00Z"), "America/New_York")).toBe("2026-03-08");
  });

  test("are sealed where they name somebody", async () => {
    const person = await aPerson(testCtx());
    const ctx = await signedInAs(testCtx(), person);
    await changeSettings(ctx, { name: "Canary Wren" });
    const [row] = await ctx.db.sql<
      { row: string }[]
    >`select p::text as row from people p where id = ${person.id}::uuid`;
    expect(row!.row).not.toMatch(/Canary|Wren/);
    expect(row!.row).not.toContain(person.phone);
  });

  test("come with everything else we hold", async () => {
    const person = await aPerson(testCtx());
    const ctx = await signedInAs(testCtx(), person);
    await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "web" });
    expect(await whatWeHold(ctx)).toMatchObject({ posts: 0, promises: 0, devices: 0, optedOut: true, learned: null });
    await ctx.db.sql`insert into outcome_rates (scope, key, asked, yes, promised, kept, learned_at)
      values ('person', ${ctx.person.id}, 5, 3, 2, 1, now())`;
    expect((await whatWeHold(ctx)).learned).toEqual({ asked: 5, yes: 3, promised: 2, kept: 1 });
  });
});

describe("the ledger of who may be texted", () => {
  test("is decided by its last entry and repeats nothing", async () => {
    const ctx = testCtx();
    const phoneLookup = ctx.seal.lookup("phone", aPhone());
    const record = (action: "in" | "out") => recordConsent(ctx, { phoneLookup, action, source: "keyword" });
    expect(await isOptedOut(ctx, phoneLookup)).toBe(false);
    expect([await record("out"), await record("out")]).toEqual([true, false]);
    expect(await isOptedOut(ctx, phoneLookup)).toBe(true);
    expect([await record("in"), await record("in")]).toEqual([true, false]);
    expect(await isOptedOut(ctx, phoneLookup)).toBe(false);
  });
});

describe("a person by their number", () => {
  test("is made once, however many ask at once", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    const found = await Promise.all(Array.from({ length: 20 }, () => findOrMakePerson(ctx, { phone, name: "Ana" })));
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    expect(found.filter(({ made }) => made)).toHaveLength(1);
    expect(await findPersonByPhone(ctx, phone)).toBe(found[0]!.id);
  });

  test("is never renamed by somebody who merely knows the number", async () => {
    const known = await aPerson(testCtx(), { name: "Ana", locale: "es" });
    await findOrMakePerson(testCtx(), { phone: known.phone, name: "Mallory", locale: "en" });
    expect(await getSettings(await signedInAs(testCtx(), known))).toMatchObject({ name: "Ana", locale: "es" });
  });
});
