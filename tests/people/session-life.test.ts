import { describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { setRole } from "#app/groups/set-role.server.ts";
import { vouchForPerson } from "#app/groups/vouch-for-person.server.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { forgetSignIns } from "#app/people/forget-sign-ins.server.ts";
import { LIVES } from "#app/people/session-life.server.ts";
import { listSessions } from "#app/people/sessions.server.ts";
import { aGroup, aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;
/** At noon, so that a day more is the next day in every time zone of a database. */
const noon = new Date("2026-03-10T12:00:00Z");
const after = (days: number) => new Date(noon.getTime() + days * DAY);
const ctx = (): Ctx => ({ ...testCtx(), now: noon });

const WHO: Record<string, { life: keyof typeof LIVES; made: (ctx: Ctx, groupId: string) => Promise<{ id: string }> }> =
  {
    "who asks": { life: "asks", made: (c) => aPerson(c) },
    "who waits to be let in": { life: "asks", made: (c, g) => aMember(c, g, { state: "asked" }) },
    "who left": { life: "asks", made: (c, g) => aMember(c, g, { state: "left", role: "coordinator" }) },
    "a helper": { life: "helps", made: (c, g) => aMember(c, g) },
    "a coordinator": { life: "coordinates", made: (c, g) => aMember(c, g, { role: "coordinator" }) },
    "an admin": { life: "coordinates", made: (c) => aPerson(c, { isAdmin: true }) },
  };

async function aSession(who: keyof typeof WHO, c = ctx()) {
  const group = await aGroup(c);
  const person = await WHO[who]!.made(c, group.id);
  return { ctx: c, group, person, token: await sessionOf(c, person.id, noon) };
}
const isAlive = async (c: Ctx, token: string, at: Date) => (await findSession(c.db, token, at)) !== null;

describe.each(Object.entries(WHO))("the session of %s", (who, { life }) => {
  const { days, idleDays } = LIVES[life];

  test(`is over after ${days} days, however much it is used`, async () => {
    const { ctx: c, token } = await aSession(who);
    for (let day = 1; day < days; day += 1) expect(await isAlive(c, token, after(day))).toBe(true);
    expect(await isAlive(c, token, new Date(after(days).getTime() - MINUTE))).toBe(true);
    expect(await isAlive(c, token, after(days))).toBe(false);
  });

  test(`and after ${idleDays} days in which nobody used it`, async () => {
    const { ctx: c, token } = await aSession(who);
    expect(await isAlive(c, token, after(idleDays))).toBe(true);
    const next = idleDays + idleDays + 1;
    if (next < days) expect(await isAlive(c, token, after(next))).toBe(false);
  });

  test("and does not come back by asking twice", async () => {
    const { ctx: c, token } = await aSession(who);
    for (const _time of [1, 2, 3]) expect(await isAlive(c, token, after(idleDays + 1))).toBe(false);
  });

  test("lets a form be finished for an hour, and is not brought back by that", async () => {
    const { ctx: c, token } = await aSession(who);
    for (let day = 1; day < days; day += 1) await isAlive(c, token, after(day));
    const finish = async (minutes: number) =>
      (await findSession(c.db, token, new Date(after(days).getTime() + minutes * MINUTE), true)) !== null;
    expect([await finish(0), await finish(59), await finish(60)]).toEqual([true, true, false]);
    expect(await isAlive(c, token, after(days))).toBe(false);
  });

  test("is no longer listed then, and is forgotten a day later", async () => {
    const { ctx: c, person, token } = await aSession(who);
    const then = { ...c, now: after(idleDays + 1) };
    expect(await listSessions(await signedInAs(c, person), token)).toHaveLength(1);
    expect(await listSessions(await signedInAs(then, person), token)).toEqual([]);
    const kept = async () => (await c.db.sql`select 1 from sessions where person_id = ${person.id}::uuid`).length;
    await forgetSignIns({ ...c, now: after(idleDays + 1) });
    expect(await kept()).toBe(1);
    await forgetSignIns({ ...c, now: after(idleDays + 2) });
    expect(await kept()).toBe(0);
  });
});

test("what somebody is at the moment counts, not what they were when they signed in", async () => {
  const { ctx: c, group, person, token } = await aSession("who asks");
  const at = after(4);
  expect(await isAlive(c, token, at)).toBe(true);
  await aMember(c, group.id, { personId: person.id, role: "coordinator" });
  expect(await isAlive(c, token, at)).toBe(false);
});

describe("another role signs out everywhere", () => {
  const roles = ["volunteer", "coordinator"] as const;
  test.each(roles.flatMap((from) => roles.map((to) => [from, to] as const)))("from %s to %s", async (from, to) => {
    const c = ctx();
    const group = await aGroup(c);
    const admin = await signedInAs(c, await aMember(c, group.id, { role: "coordinator" }));
    const person = await aMember(c, group.id, { role: from });
    const [own, other, admins] = [
      await sessionOf(c, person.id, noon),
      await sessionOf(c, person.id, noon),
      await sessionOf(c, admin.person.id, noon),
    ];
    await setRole(admin, { groupId: group.id, personId: person.id, role: to });
    for (const token of [own, other]) expect(await isAlive(c, token, c.now)).toBe(from === to);
    expect(await isAlive(c, admins, c.now)).toBe(true);
  });

  test.each([
    ["made admin", { isAdmin: true, role: null }, false],
    ["made coordinator", { isAdmin: false, role: "coordinator" }, false],
    ["put into a group", { isAdmin: false, role: "volunteer" }, true],
    ["renamed", { isAdmin: false, role: null }, true],
  ] as const)("by whoever runs it: %s", async (_name, { isAdmin, role }, stays) => {
    const c = ctx();
    const { slug } = await aGroup(c);
    const person = await aPerson(c);
    const membership = role && { slug, role };
    const vouch = () => vouchForPerson(c, { phone: person.phone, name: "Sam", isAdmin, membership });
    const token = await sessionOf(c, person.id, noon);
    await vouch();
    expect(await isAlive(c, token, c.now)).toBe(stays);
    const again = await sessionOf(c, person.id, noon);
    await vouch();
    expect(await isAlive(c, again, c.now)).toBe(true);
  });
});
