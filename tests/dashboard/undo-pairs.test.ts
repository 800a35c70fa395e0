import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { joinWaitingList } from "#app/claims/join-waiting-list.server.ts";
import { leaveWaitingList } from "#app/claims/leave-waiting-list.server.ts";
import { reassignClaim } from "#app/claims/reassign-claim.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import { withUndo, type PersonCtx } from "#app/core/ctx.ts";
import { actOnDesk } from "#app/dashboard/acts/act-on-desk.server.ts";
import { mergePosts } from "#app/dashboard/acts/merge-posts.server.ts";
import { sendOn } from "#app/dashboard/acts/send-on.server.ts";
import { splitPost } from "#app/dashboard/acts/split-post.server.ts";
import { actOnPosts, undoOnPosts } from "#app/dashboard/bulk/act-on-posts.server.ts";
import { lastAct, undoAct } from "#app/dashboard/undo.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { faultsOf } from "#tests/claims/checker.ts";
import { asking, claimRow, eventsOf, posted, somebody } from "#tests/claims/rows.ts";
import { aCategory, aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx({ wakesNobody: true });
const later = <C extends PersonCtx>(who: C, seconds: number): C => ({
  ...who,
  now: new Date(who.now.getTime() + seconds * 1000),
});

async function room() {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const second = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  return { groupId: group.id, slug: group.slug, coordinator, second };
}

/** All of a post but what every change of it moves on. */
async function asItIs(id: string) {
  const [row] = await ctx.db.sql`select * from posts where id = ${id}::uuid`;
  const { revision: _revision, updated_at: _updated, ...rest } = row!;
  return rest;
}
const undo = async (who: PersonCtx) => undoAct(who, (await lastAct(who))!);
const noTextsAbout = async (...ids: string[]) => {
  const rows = await ctx.db.sql`
    select o.template from outbox o join events e on e.id = o.event_id where e.post_id = any(${ids}::uuid[])
      and o.template in ('split', 'merged', 'sent_on', 'reassigned', 'assigned')`;
  expect([...rows]).toEqual([]);
};

describe("an edit is taken back", () => {
  it("with every word of it; nothing of them is kept, and what was promised meanwhile stays", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId, quantity: 10 });
    const before = await asItIs(need.id);
    const form = {
      title: "Cold meals",
      details: "Many",
      quantity: "30",
      urgency: "urgent",
      place: "Hall",
      visibility: "team",
    };
    expect(await actOnDesk(coordinator, need.code, { act: "edit", revision: "0", ...form })).toBeNull();
    expect(await asItIs(need.id)).toMatchObject({ title: "Cold meals", remaining: 30 });
    await undo(later(coordinator, 9));
    expect(await asItIs(need.id)).toEqual(before);
    await fanOut(later(coordinator, 60));
    expect((await eventsOf(ctx, need.id)).filter(({ data }) => "was" in data)).toEqual([]);

    await editPost(withUndo(coordinator), { code: need.code, changes: { quantity: 20 }, revision: 2 });
    await claimPost(await somebody(ctx), asking(need.code, { quantity: 4 }));
    await undo(coordinator);
    expect(await asItIs(need.id)).toMatchObject({ quantity: 10, remaining: 6 });
    expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
  });

  it("not when more is promised than there was, nor over another's change; the words go once its time is over", async () => {
    const { groupId, coordinator, second } = await room();
    const need = await posted(ctx, { groupId, quantity: 2 });
    await editPost(withUndo(coordinator), { code: need.code, changes: { quantity: 20 }, revision: 0 });
    await claimPost(await somebody(ctx), asking(need.code, { quantity: 4 }));
    await expect(undo(coordinator)).rejects.toMatchObject({ kind: "changed-meanwhile" });

    const other = await posted(ctx, { groupId });
    await editPost(withUndo(coordinator), { code: other.code, changes: { title: "One" }, revision: 0 });
    const act = (await lastAct(coordinator))!;
    await editPost(withUndo(second), { code: other.code, changes: { title: "Two" }, revision: 1 });
    await expect(undoAct(coordinator, act)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await asItIs(other.id)).toMatchObject({ title: "Two" });
    const words = async () => (await eventsOf(ctx, other.id)).map(({ data }) => "was" in data);
    expect(await words()).toEqual([true, true]);
    await fanOut(later(coordinator, 13));
    expect(await words()).toEqual([false, false]);
  });

  it("as urgency and category of many are", async () => {
    const { groupId, coordinator } = await room();
    const made = [await posted(ctx, { groupId }), await posted(ctx, { groupId })];
    const codes = made.map(({ code }) => code);
    const category = await aCategory(ctx, groupId);
    const chosen = (revision: number) => codes.map((code) => ({ code, revision }));
    const before = await Promise.all(made.map(({ id }) => asItIs(id)));
    await actOnPosts(coordinator, { kind: "category", categoryId: category.id }, chosen(0));
    expect(await asItIs(made[1]!.id)).toMatchObject({ category_id: category.id });
    expect((await undoOnPosts(coordinator, codes)).map(({ problem }) => problem)).toEqual([null, null]);
    await actOnPosts(coordinator, { kind: "urgency", urgency: "urgent" }, chosen(2));
    await undoOnPosts(later(coordinator, 9), codes);
    expect(await Promise.all(made.map(({ id }) => asItIs(id)))).toEqual(before);
  });
});

describe("a part that was cut off", () => {
  it("is one with its post again, and leads there; nobody is told", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId, quantity: 10 });
    const before = await asItIs(need.id);
    const { code } = await splitPost(withUndo(coordinator), { code: need.code, quantity: 4, revision: 0 });
    const [part] = await ctx.db.sql<{ id: string }[]>`select id from posts where code = ${code}`;
    await undo(later(coordinator, 9));
    await fanOut(later(coordinator, 60));
    expect(await asItIs(need.id)).toEqual(before);
    expect(await asItIs(part!.id)).toMatchObject({ status: "closed", closed_reason: "declined", merged_into: need.id });
    await noTextsAbout(need.id, part!.id);
  });

  it("stays when somebody promised it, changed it, or closed its post; and two undo it once", async () => {
    const { groupId, coordinator, second } = await room();
    const cut = async () => {
      const need = await posted(ctx, { groupId, quantity: 10 });
      const part = await splitPost(withUndo(coordinator), { code: need.code, quantity: 4, revision: 0 });
      return { need, part, act: (await lastAct(coordinator))! };
    };
    const meanwhile: ((made: Awaited<ReturnType<typeof cut>>) => Promise<unknown>)[] = [
      async ({ part }) => claimPost(later(await somebody(ctx), 1), asking(part.code)),
      ({ part }) => editPost(later(second, 1), { code: part.code, changes: { title: "Mine" }, revision: 0 }),
      ({ need }) => closePost(second, { code: need.code, reason: "withdrawn" }),
    ];
    for (const happen of meanwhile) {
      const made = await cut();
      await happen(made);
      const before = await asItIs(made.need.id);
      await expect(undoAct(coordinator, made.act)).rejects.toMatchObject({ kind: "changed-meanwhile" });
      expect(await asItIs(made.need.id)).toEqual(before);
    }
    const { need, act } = await cut();
    const answers = await Promise.allSettled([1, 2, 3].map(() => undoAct(coordinator, act)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await asItIs(need.id)).toMatchObject({ quantity: 10, remaining: 10 });
  });
});

describe("two that became one", () => {
  async function merged() {
    const it = await room();
    const [keep, drop] = [
      await posted(ctx, { groupId: it.groupId, quantity: 10 }),
      await posted(ctx, { groupId: it.groupId, quantity: 4 }),
    ];
    const giver = await somebody(ctx);
    const claim = await claimPost(giver, asking(drop.code, { quantity: 4 }));
    const [both, one] = [await somebody(ctx), await somebody(ctx)];
    await joinWaitingList(one, { code: drop.code, quantity: 1 });
    const before = [await asItIs(keep.id), await asItIs(drop.id)];
    await mergePosts(withUndo(it.coordinator), { keep: keep.code, drop: drop.code, revision: 0 });
    return { ...it, keep, drop, giver, claim, both, one, before, act: (await lastAct(it.coordinator))! };
  }
  const lineOf = async (id: string) =>
    (await ctx.db.sql`select person_id from waiting_list where post_id = ${id}::uuid`).map((row) => row["person_id"]);

  it("are two again, with their promises and their lines; nobody is told", async () => {
    const { coordinator, keep, drop, claim, one, before, act } = await merged();
    expect(await lineOf(keep.id)).toEqual([one.person.id]);
    await undoAct(later(coordinator, 9), act);
    expect([await asItIs(keep.id), await asItIs(drop.id)]).toEqual(before);
    expect(await lineOf(keep.id)).toEqual([]);
    expect(await lineOf(drop.id)).toEqual([one.person.id]);
    expect(await ctx.db.sql`select post_id from claims where id = ${claim.id}::uuid`).toEqual([{ post_id: drop.id }]);
    expect([...(await faultsOf(ctx.db.sql, keep.id)), ...(await faultsOf(ctx.db.sql, drop.id))]).toEqual([]);
    await fanOut(later(coordinator, 60));
    await noTextsAbout(keep.id, drop.id);
  });

  it("with what was promised on the one that stayed, and whoever left the line has left it", async () => {
    const { coordinator, keep, drop, one, act } = await merged();
    await claimPost(await somebody(ctx), asking(keep.code, { quantity: 3 }));
    await leaveWaitingList(one, { code: keep.code });
    await undoAct(coordinator, act);
    expect(await asItIs(keep.id)).toMatchObject({ remaining: 7 });
    expect(await lineOf(drop.id)).toEqual([]);
    expect([...(await faultsOf(ctx.db.sql, keep.id)), ...(await faultsOf(ctx.db.sql, drop.id))]).toEqual([]);
  });

  it("stay one when a promise moved on or another coordinator changed it; in a race nothing is lost", async () => {
    const moved = await merged();
    await startClaim(later(moved.giver, 1), { id: moved.claim.id });
    await expect(undoAct(later(moved.coordinator, 2), moved.act)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    const edited = await merged();
    await editPost(edited.second, { code: edited.keep.code, changes: { title: "More" }, revision: 1 });
    await expect(undoAct(edited.coordinator, edited.act)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    for (let round = 0; round < 5; round++) {
      const { coordinator, second, giver, claim, keep, drop, act } = await merged();
      const someone = await somebody(ctx);
      await Promise.allSettled([
        undoAct(coordinator, act),
        startClaim(later(giver, 1), { id: claim.id }),
        claimPost(someone, asking(keep.code, { quantity: 6 })),
        closePost(second, { code: keep.code, reason: "withdrawn", revision: 1 }),
      ]);
      expect([...(await faultsOf(ctx.db.sql, keep.id)), ...(await faultsOf(ctx.db.sql, drop.id))]).toEqual([]);
    }
  });
});

describe("what was sent on", () => {
  it("is theirs again, in its category, watched by whom it was before; nobody is told", async () => {
    const [mine, other] = [await room(), await room()];
    const category = await aCategory(ctx, mine.groupId);
    const need = await posted(ctx, { groupId: mine.groupId });
    await ctx.db.sql`update posts set category_id = ${category.id}::uuid where id = ${need.id}::uuid`;
    await ctx.db.sql`
      insert into post_watchers values (${need.id}::uuid, ${other.groupId}::uuid, ${other.coordinator.person.id}::uuid, ${ctx.now}::timestamptz)`;
    const before = await asItIs(need.id);
    await sendOn(withUndo(mine.coordinator), { code: need.code, to: other.slug, agreed: true, revision: 0 });
    expect(await asItIs(need.id)).toMatchObject({ group_id: other.groupId });
    await undo(later(mine.coordinator, 9));
    await fanOut(later(mine.coordinator, 60));
    expect(await asItIs(need.id)).toEqual(before);
    const watchers = await ctx.db.sql`select group_id from post_watchers where post_id = ${need.id}::uuid`;
    expect([...watchers]).toEqual([{ group_id: other.groupId }]);
    await noTextsAbout(need.id);
  });

  it("stays there when they have gone on with it", async () => {
    const [mine, other] = [await room(), await room()];
    const need = await posted(ctx, { groupId: mine.groupId });
    await sendOn(withUndo(mine.coordinator), { code: need.code, to: other.slug, agreed: true, revision: 0 });
    await editPost(other.coordinator, { code: need.code, changes: { title: "Ours" }, revision: 1 });
    await expect(undo(mine.coordinator)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await asItIs(need.id)).toMatchObject({ group_id: other.groupId, title: "Ours" });
  });
});

describe("a promise that was given to somebody else", () => {
  async function given() {
    const it = await room();
    const need = await posted(ctx, { groupId: it.groupId, quantity: 10 });
    const giver = await somebody(ctx);
    const offer = await posted(ctx, { kind: "offer", groupId: it.groupId, authorId: giver.person.id, quantity: 10 });
    const claim = await claimPost(giver, asking(need.code, { quantity: 10, offerCode: offer.code }));
    await fanOut(ctx);
    const before = await claimRow(ctx, claim.id);
    const other = await signedInAs(ctx, await aMember(ctx, it.groupId));
    await reassignClaim(withUndo(it.coordinator), { id: claim.id, personId: other.person.id });
    const [made] = await ctx.db.sql<{ id: string }[]>`select id from claims where person_id = ${other.person.id}::uuid`;
    return { ...it, need, offer, claim, before, other, made: made!.id, act: (await lastAct(it.coordinator))! };
  }

  it("is theirs as it was, out of the same offer; the other never had it, and nobody is told", async () => {
    const { coordinator, need, offer, claim, before, made, act } = await given();
    await undoAct(later(coordinator, 9), act);
    await fanOut(later(coordinator, 60));
    expect(await claimRow(ctx, claim.id)).toEqual(before);
    expect(await claimRow(ctx, made)).toBeUndefined();
    expect(await asItIs(offer.id)).toMatchObject({ remaining: 0 });
    expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
    await noTextsAbout(need.id);
  });

  it("stays when the other began, the offer went elsewhere or the need was closed; twice at once it is undone once", async () => {
    const meanwhile: ((it: Awaited<ReturnType<typeof given>>) => Promise<unknown>)[] = [
      ({ other, made }) => startClaim(later(other, 1), { id: made }),
      async ({ offer }) => claimPost(await somebody(ctx), asking(offer.code)),
      ({ second, need }) => closePost(second, { code: need.code, reason: "withdrawn" }),
    ];
    for (const happen of meanwhile) {
      const it = await given();
      await happen(it);
      await expect(undoAct(later(it.coordinator, 2), it.act)).rejects.toMatchObject({ kind: "changed-meanwhile" });
      expect(await claimRow(ctx, it.claim.id)).toMatchObject({ status: "released" });
      expect(await faultsOf(ctx.db.sql, it.need.id)).toEqual([]);
    }
    const { coordinator, offer, act } = await given();
    const answers = await Promise.allSettled([1, 2, 3].map(() => undoAct(coordinator, act)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await asItIs(offer.id)).toMatchObject({ remaining: 0 });
  });
});
