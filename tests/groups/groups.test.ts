import { describe, expect, test } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { newCode, newId } from "#app/core/ids.server.ts";
import { acceptMember } from "#app/groups/accept-member.server.ts";
import { declineMember } from "#app/groups/decline-member.server.ts";
import { joinGroup } from "#app/groups/join-group.server.ts";
import { leaveGroup } from "#app/groups/leave-group.server.ts";
import { countAsking, getGroup, listGroups, listMembers } from "#app/groups/queries.server.ts";
import { setAlerts } from "#app/groups/set-alerts.server.ts";
import { setRole } from "#app/groups/set-role.server.ts";
import { vouchForPerson } from "#app/groups/vouch-for-person.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPhone, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const NOT_ALLOWED = { kind: "not-allowed" };
const WRONG_STEP = { kind: "wrong-step" };

const eventsOf = async (ctx: Ctx, groupId: string) =>
  (
    await ctx.db.sql<{ type: string; actor_id: string; data: { personId: string } }[]>`
      select type, actor_id, data from events where group_id = ${groupId}::uuid order by id`
  ).map(({ type, actor_id, data }) => [type, actor_id, data.personId]);

describe("joining", () => {
  test("an open group is at once, recorded once however often it is pressed", async () => {
    const group = await aGroup(testCtx());
    const ctx = await signedInAs(testCtx(), await aPerson(testCtx()));
    const answers = await Promise.all(Array.from({ length: 10 }, () => joinGroup(ctx, { slug: group.slug })));
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ state: "active" })));
    expect(await eventsOf(ctx, group.id)).toEqual([["group.joined", ctx.person.id, ctx.person.id]]);
  });

  test("a group that asks waits for a coordinator of that group", async () => {
    const group = await aGroup(testCtx(), { joining: "ask" });
    const ctx = await signedInAs(testCtx(), await aPerson(testCtx(), { name: "Zara" }));
    const boss = await signedInAs(testCtx(), await aMember(testCtx(), group.id, { role: "coordinator" }));
    const foreign = await signedInAs(
      testCtx(),
      await aMember(testCtx(), (await aGroup(testCtx())).id, { role: "coordinator" }),
    );
    expect(await joinGroup(ctx, { slug: group.slug })).toEqual({ state: "asked" });
    expect((await signedInAs(testCtx(), ctx.person)).person.roles).toEqual({});
    expect(await countAsking(boss, group.id)).toBe(1);

    const about = { groupId: group.id, personId: ctx.person.id };
    await expect(acceptMember(ctx, about)).rejects.toMatchObject(NOT_ALLOWED);
    await expect(acceptMember(foreign, about)).rejects.toMatchObject(NOT_ALLOWED);
    await expect(listMembers(foreign, group.id)).rejects.toMatchObject(NOT_ALLOWED);
    expect((await listMembers(boss, group.id)).map(({ name, state }) => [name, state])[0]).toEqual(["Zara", "asked"]);

    await acceptMember(boss, about);
    await expect(acceptMember(boss, about)).rejects.toMatchObject(WRONG_STEP);
    expect((await signedInAs(testCtx(), ctx.person)).person.roles).toEqual({ [group.id]: "volunteer" });
    expect(await eventsOf(ctx, group.id)).toEqual([
      ["group.join_asked", ctx.person.id, ctx.person.id],
      ["group.joined", boss.person.id, ctx.person.id],
    ]);
  });

  test("a no leaves no trace in the group; asking again is possible", async () => {
    const group = await aGroup(testCtx(), { joining: "ask" });
    const ctx = await signedInAs(testCtx(), await aPerson(testCtx()));
    const boss = await signedInAs(testCtx(), await aMember(testCtx(), group.id, { role: "coordinator" }));
    await joinGroup(ctx, { slug: group.slug });
    await declineMember(boss, { groupId: group.id, personId: ctx.person.id });
    expect((await getGroup(ctx, group.slug, "en"))!.mine).toBeNull();
    expect(await joinGroup(ctx, { slug: group.slug })).toEqual({ state: "asked" });
  });

  test("a group that is not there is not found", async () => {
    const ctx = await signedInAs(testCtx(), await aPerson(testCtx()));
    await expect(joinGroup(ctx, { slug: "nowhere" })).rejects.toMatchObject({ kind: "not-found" });
    expect(await getGroup(ctx, "nowhere", "en")).toBeNull();
  });
});

describe("belonging", () => {
  test("leaving ends the role too: who comes back is a volunteer", async () => {
    const group = await aGroup(testCtx());
    const person = await aMember(testCtx(), group.id, { role: "coordinator" });
    const ctx = await signedInAs(testCtx(), person);
    await leaveGroup(ctx, { slug: group.slug });
    expect((await signedInAs(testCtx(), person)).person.roles).toEqual({});
    await joinGroup(ctx, { slug: group.slug });
    expect((await signedInAs(testCtx(), person)).person.roles).toEqual({ [group.id]: "volunteer" });
  });

  test("what to be texted about is the member's own choice", async () => {
    const group = await aGroup(testCtx());
    const ctx = await signedInAs(testCtx(), await aMember(testCtx(), group.id));
    await setAlerts(ctx, { slug: group.slug, alerts: false, hearsClaims: true });
    expect((await getGroup(ctx, group.slug, "en"))!.mine).toEqual({
      role: "volunteer",
      state: "active",
      alerts: false,
      hearsClaims: true,
      categoryIds: [],
    });
    const [meals, tea] = [await aCategory(ctx, group.id), await aCategory(ctx, group.id)];
    const chosen = async (categories: string[] | undefined) => {
      await setAlerts(ctx, { slug: group.slug, alerts: true, hearsClaims: true, categories });
      return (await getGroup(ctx, group.slug, "en"))!.mine!.categoryIds;
    };
    expect(await chosen([meals.slug, "elsewhere"])).toEqual([meals.id]);
    expect(await chosen(undefined)).toEqual([meals.id]);
    expect(await chosen([meals.slug, tea.slug])).toEqual([]);
    expect(await chosen([])).toEqual([]);
    const stranger = await signedInAs(testCtx(), await aPerson(testCtx()));
    const foreign = setAlerts(stranger, { slug: group.slug, alerts: true, hearsClaims: true });
    await expect(foreign).rejects.toMatchObject(WRONG_STEP);
  });

  test("a coordinator makes another one, and the last one stays", async () => {
    const group = await aGroup(testCtx());
    const boss = await signedInAs(testCtx(), await aMember(testCtx(), group.id, { role: "coordinator" }));
    const member = await aMember(testCtx(), group.id);
    const mine = { groupId: group.id, personId: boss.person.id };
    await expect(setRole(boss, { ...mine, role: "volunteer" })).rejects.toMatchObject(WRONG_STEP);
    await setRole(boss, { groupId: group.id, personId: member.id, role: "coordinator" });
    await setRole(boss, { ...mine, role: "volunteer" });
    expect((await signedInAs(testCtx(), boss.person)).person.roles).toEqual({ [group.id]: "volunteer" });
    const asVolunteer = await signedInAs(testCtx(), boss.person);
    await expect(setRole(asVolunteer, { ...mine, role: "coordinator" })).rejects.toMatchObject(NOT_ALLOWED);
  });
});

describe("reading groups", () => {
  test("in the reader's language, with units", async () => {
    const ctx = testCtx();
    const group = await aGroup(ctx, { name: "Kitchen", translations: { es: { name: "Cocina" } } });
    await aCategory(ctx, group.id, { translations: { es: { name: "Comidas", unit: "comidas", unit_one: "comida" } } });
    const inSpanish = (await getGroup(ctx, group.slug, "es"))!;
    expect([inSpanish.name, inSpanish.blurb]).toEqual(["Cocina", "A group of a test."]);
    expect(inSpanish.categories[0]).toMatchObject({ name: "Comidas", unit: "comidas", unitOne: "comida" });
    expect((await getGroup(ctx, group.slug, "ar"))!.categories[0]).toMatchObject({ name: "Hot meals", unit: "meals" });
    expect((await listGroups(ctx, "en")).map(({ slug }) => slug)).toContain(group.slug);
  });

  test("counts what the asker may see and no more", async () => {
    const ctx = testCtx();
    const group = await aGroup(ctx);
    const author = await aPerson(ctx);
    for (const visibility of ["everyone", "everyone", "volunteers", "team"]) {
      const id = newId();
      await ctx.db.sql`
        insert into posts (id, code, kind, group_id, author_id, title, visibility, expires_at, manage_hash, created_at, updated_at)
        values (${id}::uuid, ${newCode(6)}, 'need', ${group.id}::uuid, ${author.id}::uuid, 'Soup', ${visibility},
          now() + interval '1 day', ${id}, now(), now())`;
    }
    const elsewhere = await aGroup(ctx);
    const seenBy = async (person: { id: string } | null) =>
      (await getGroup(person ? await signedInAs(ctx, person) : ctx, group.slug, "en"))!.openNeeds;
    expect(await seenBy(null)).toBe(2);
    expect(await seenBy(await aPerson(ctx))).toBe(2);
    expect(await seenBy(await aMember(ctx, elsewhere.id))).toBe(3);
    expect(await seenBy(await aMember(ctx, elsewhere.id, { role: "coordinator" }))).toBe(3);
    expect(await seenBy(await aMember(ctx, group.id, { role: "coordinator" }))).toBe(4);
    expect(await seenBy(await aPerson(ctx, { isAdmin: true }))).toBe(4);
  });
});

describe("somebody the operator vouches for", () => {
  test("is made, verified and put in charge; a second time updates", async () => {
    const ctx = testCtx();
    const group = await aGroup(ctx);
    const phone = aPhone();
    const vouch = (name: string | null, role: "volunteer" | "coordinator", isAdmin = false) =>
      vouchForPerson(ctx, { phone, name, isAdmin, membership: { slug: group.slug, role } });
    const { id, made } = await vouch("Rosa", "volunteer");
    expect(made).toBe(true);
    expect(await vouch(null, "coordinator", true)).toEqual({ id, made: false });
    const { person } = await signedInAs(ctx, { id });
    expect(person).toMatchObject({ isAdmin: true, roles: { [group.id]: "coordinator" } });
    const [row] = await ctx.db.sql`select name_sealed, verified_at from people where id = ${id}::uuid`;
    expect(row).toMatchObject({ name_sealed: expect.any(String), verified_at: expect.any(Date) });
  });

  test("is not made when the group is not there", async () => {
    const ctx = testCtx();
    const phone = aPhone();
    const given = { phone, name: "Rosa", isAdmin: false, membership: { slug: "nowhere", role: "volunteer" as const } };
    await expect(vouchForPerson(ctx, given)).rejects.toMatchObject({ kind: "not-found" });
    const found = await ctx.db.sql`select 1 from people where phone_lookup = ${ctx.seal.lookup("phone", phone)}`;
    expect(found).toHaveLength(0);
  });
});
