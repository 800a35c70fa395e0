import { describe, expect, test } from "vitest";
import { EVERYBODY } from "#app/broadcasts/audience.ts";
import { countAudience } from "#app/broadcasts/audience.server.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { actOnPerson } from "#app/dashboard/people/act-on-person.server.ts";
import { groupPeople, groupPerson } from "#app/dashboard/people/group-people.server.ts";
import { keptPeople, parsePeople, peopleHref, type GroupPerson } from "#app/dashboard/people/people-filter.ts";
import type { PersonAct } from "#app/dashboard/people/person-acts.ts";
import { listPromises } from "#app/dashboard/promises.server.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { notesAboutMe } from "#app/groups/member-note.server.ts";
import { findSession } from "#app/people/find-session.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { readShift } from "#app/dashboard/shift/shift.server.ts";
import { readReassignable } from "#app/dashboard/reassign.server.ts";
import { asksOf, work } from "#tests/waves/rows.ts";

/** A group, its coordinator signed in, and one volunteer. */
async function team() {
  const ctx = testCtx({ now: new Date("2030-01-08T17:00:00Z") });
  const group = await aGroup(ctx);
  const boss = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const member = await aMember(ctx, group.id, { name: "José Álvarez", languages: ["fr"] });
  const about = { groupId: group.id, personId: member.id };
  const act = (what: PersonAct, note: string | null = null) => actOnPerson(boss, about, { act: what, note });
  const [view] = await groupsInView(boss, group.id);
  const read = () => groupPerson(boss, view!, member.id);
  return { ctx, group, boss, member, about, act, read, view: view! };
}

const promise = async (ctx: Ctx, code: string, person: { id: string }) =>
  claimPost(await signedInAs(ctx, person), {
    code,
    quantity: null,
    eta: null,
    note: null,
    offerCode: null,
    idempotencyKey: `${person.id} ${code}`,
  });

describe("people of a group", () => {
  test("who wrote a number into their name show it neither to the next shift nor where a promise is given on", async () => {
    const { ctx, group, boss, view } = await team();
    const giver = await aMember(ctx, group.id, { name: "Ana 555 010 0123" });
    const { id } = await promise(ctx, (await aPost(ctx, { groupId: group.id })).code, giver);
    const other = await promise(ctx, (await aPost(ctx, { groupId: group.id })).code, await aMember(ctx, group.id));
    const shown = [
      (await readShift(boss, [view])).promises,
      await readReassignable(boss, id),
      (await readReassignable(boss, other.id)).people,
    ];
    expect(JSON.stringify(shown)).toContain("Ana");
    expect(JSON.stringify(shown)).not.toContain("0123");
  });

  test("say nothing of what other groups ask of them, and of what they carry there", async () => {
    const { ctx, group, boss, member, read } = await team();
    const elsewhere = await aPost(ctx, { groupId: (await aGroup(ctx)).id });
    await ctx.db
      .sql`insert into asks ${ctx.db.sql({ post_id: elsewhere.id, person_id: member.id, asked_at: ctx.now, wave: 1 })}`;
    await promise(ctx, elsewhere.code, member);
    expect(await read()).toMatchObject({ lastAsked: null, live: 0 });
    const here = await aPost(ctx, { groupId: group.id });
    const { id } = await promise(ctx, here.code, await aMember(ctx, group.id));
    const { people } = await readReassignable(boss, id);
    expect(people.find((one) => one.id === member.id)).toMatchObject({ live: 0 });
    await ctx.db
      .sql`insert into asks ${ctx.db.sql({ post_id: here.id, person_id: member.id, asked_at: ctx.now, wave: 1 })}`;
    expect(await read()).toMatchObject({ lastAsked: ctx.now.getTime() });
  });

  test("are listed with what they carry, who asks first, and never those who left", async () => {
    const { ctx, group, boss, member, view } = await team();
    const asks = await aMember(ctx, group.id, { state: "asked" });
    await aMember(ctx, group.id, { state: "left" });
    const post = await aPost(ctx, { groupId: group.id });
    await promise(ctx, post.code, member);
    const people = await groupPeople(boss, [view]);
    expect(people.map(({ personId }) => personId)).toEqual([asks.id, boss.person.id, member.id]);
    expect(people[2]).toMatchObject({ name: "José Álvarez", live: 1, languages: ["en", "fr"], lastAsked: null });
  });

  test("promises of another group are not counted here", async () => {
    const { ctx, boss, member, view } = await team();
    const elsewhere = await aGroup(ctx);
    const post = await aPost(ctx, { groupId: elsewhere.id });
    await promise(ctx, post.code, member);
    const people = await groupPeople(boss, [view]);
    expect(people.find(({ personId }) => personId === member.id)!.live).toBe(0);
  });

  test("are not shown to coordinators of other groups, nor changed by them", async () => {
    const { ctx, group, about } = await team();
    const other = await aGroup(ctx);
    const foreign = await signedInAs(ctx, await aMember(ctx, other.id, { role: "coordinator" }));
    await expect(groupsInView(foreign, group.id)).rejects.toMatchObject({ kind: "not-allowed" });
    for (const act of ["vet", "note", "rest_week", "remove", "coordinator", "accept"] as const) {
      await expect(actOnPerson(foreign, about, { act, note: "x" })).rejects.toMatchObject({ kind: "not-allowed" });
    }
  });

  test("who never was in the group is not found by its address", async () => {
    const { ctx, boss, view } = await team();
    const stranger = await aPerson(ctx);
    await expect(groupPerson(boss, view, stranger.id)).rejects.toMatchObject({ kind: "not-found" });
    await expect(groupPerson(boss, view, "1")).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("what coordinators note", () => {
  test("is sealed, theirs to read, and gone when wiped", async () => {
    const { ctx, act, read, member, about } = await team();
    await act("note", "Has a van, ask before eight");
    const [row] = await ctx.db.sql<{ kept: string }[]>`select note_sealed as kept from memberships
      where person_id = ${member.id}::uuid and group_id = ${about.groupId}::uuid`;
    expect(row!.kept).not.toContain("van");
    expect((await read()).note).toBe("Has a van, ask before eight");
    const mine = await notesAboutMe(await signedInAs(ctx, member));
    expect(mine.map(({ note }) => note)).toEqual(["Has a van, ask before eight"]);
    await act("note", null);
    expect((await read()).note).toBeNull();
  });

  test("that they were checked says by whom, and goes when they are taken off", async () => {
    const { act, read, boss } = await team();
    await act("vet");
    const person = await read();
    expect(person.vettedAt).toBe(boss.now.getTime());
    expect(person.vettedBy).toMatch(/^Person /);
    await act("remove");
    expect(await read()).toMatchObject({ state: "left", vettedAt: null });
  });
});

describe("a rest", () => {
  test("keeps new needs of the group away, and those of other groups not", async () => {
    const { ctx, group, member, act } = await team();
    const other = await aGroup(ctx);
    await aMember(ctx, other.id, { personId: member.id });
    await act("rest_week");
    const here = await aPost(ctx, { groupId: group.id });
    const there = await aPost(ctx, { groupId: other.id });
    await work(ctx);
    expect((await asksOf(ctx, here.id)).map(({ personId }) => personId)).not.toContain(member.id);
    expect((await asksOf(ctx, there.id)).map(({ personId }) => personId)).toContain(member.id);
  });

  test("keeps broadcasts of the group away, and news of its promises", async () => {
    const { ctx, group, boss, member, act } = await team();
    const audience = { groupId: group.id, audience: EVERYBODY };
    expect(await countAudience(boss, audience)).toMatchObject({ matched: 2, resting: 0, people: 2 });
    await ctx.db.sql`update memberships set hears_claims = true where person_id = ${member.id}::uuid`;
    await act("rest_month");
    expect(await countAudience(boss, audience)).toMatchObject({ matched: 2, resting: 1, people: 1 });
    const post = await aPost(ctx, { groupId: group.id });
    await promise(ctx, post.code, await aPerson(ctx));
    await work(ctx);
    const texts = await ctx.db.sql`select from outbox where person_id = ${member.id}::uuid`;
    expect(texts).toHaveLength(0);
  });

  test("is over when it is ended, and by itself after its days", async () => {
    const { ctx, boss, view, member, act, read } = await team();
    await act("rest_week");
    expect(await read()).toMatchObject({ restGiven: true });
    const later = { ...boss, now: new Date(ctx.now.getTime() + 7 * 24 * 3_600_000) };
    expect(await groupPerson(later, view, member.id)).toMatchObject({ restGiven: false, pausedUntil: null });
    await act("rest_end");
    expect((await read()).pausedUntil).toBeNull();
  });
});

describe("taking somebody off", () => {
  test("ends what they may see with their very next request, while they stay signed in", async () => {
    const { ctx, group, member, act } = await team();
    const post = await aPost(ctx, { groupId: group.id, visibility: "volunteers" });
    const token = await sessionOf(ctx, member.id, ctx.now);
    const seen = async () => {
      const person = await findSession(ctx.db, token, ctx.now);
      const page = await listPosts({ ...ctx, person }, { group: group.slug }, "en");
      return page.items.map(({ code }) => code);
    };
    expect(await seen()).toEqual([post.code]);
    await act("remove");
    expect(await seen()).toEqual([]);
  });

  test("leaves their promises listed, to hand back or give to others", async () => {
    const { ctx, group, boss, member, act, view } = await team();
    const post = await aPost(ctx, { groupId: group.id });
    await promise(ctx, post.code, member);
    await act("remove");
    const { promises } = await listPromises(boss, [view], "en", member.id);
    expect(promises.map(({ post: { code } }) => code)).toEqual([post.code]);
    expect(await groupPerson(boss, view, member.id)).toMatchObject({ state: "left", live: 1 });
  });

  test("is nothing a coordinator does to themselves or to another coordinator", async () => {
    const { ctx, group, boss } = await team();
    const second = await aMember(ctx, group.id, { role: "coordinator" });
    for (const personId of [boss.person.id, second.id]) {
      const removing = actOnPerson(boss, { groupId: group.id, personId }, { act: "remove", note: null });
      await expect(removing).rejects.toMatchObject({ kind: "wrong-step" });
    }
  });
});

describe("filters", () => {
  const person = (name: string | null, given: Partial<GroupPerson> = {}): GroupPerson => ({
    personId: name ?? "nobody",
    name,
    group: { id: "g", slug: "kitchen", name: "Kitchen" },
    role: "volunteer",
    state: "active",
    alerts: true,
    since: 0,
    vettedAt: null,
    pausedUntil: null,
    languages: ["en"],
    lastAsked: null,
    unasked: false,
    live: 0,
    ...given,
  });
  const all = [
    person("José Álvarez", { live: 1 }),
    person("Ana", { state: "asked" }),
    person(null, { vettedAt: 1 }),
    person("Zed", { role: "coordinator", pausedUntil: 5 }),
  ];
  const kept = (query: string) =>
    keptPeople(all, parsePeople(new URLSearchParams(query)), "en").map(({ name }) => name);

  test("find names without their accents, and keep what they say", () => {
    expect(kept("q=alvarez+JOSE")).toEqual(["José Álvarez"]);
    expect(kept("show=asking")).toEqual(["Ana"]);
    expect(kept("show=unchecked")).toEqual(["Ana", "José Álvarez", "Zed"]);
    expect(kept("show=resting")).toEqual(["Zed"]);
    expect(kept("show=busy")).toEqual(["José Álvarez"]);
    expect(kept("show=coordinators")).toEqual(["Zed"]);
    expect(kept("show=nonsense")).toEqual(["Ana", "José Álvarez", "Zed", null]);
  });

  test("are an address that says the same", () => {
    const filter = parsePeople(new URLSearchParams("group=kitchen&show=busy&q=jo"));
    expect(peopleHref(filter)).toBe("/coordinate/people?group=kitchen&show=busy&q=jo");
    expect(peopleHref(filter, { show: "all", q: "", group: "" })).toBe("/coordinate/people");
  });
});
