import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { nudgeNow } from "#app/claims/nudge-now.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { releaseClosed } from "#app/claims/release-closed.server.ts";
import { withUndo, type PersonCtx } from "#app/core/ctx.ts";
import { lastAct, undoAct } from "#app/dashboard/undo.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { askAgain } from "#app/waves/ask-again.server.ts";
import { faultsOf } from "#tests/claims/checker.ts";
import { asking, posted, postRow, somebody } from "#tests/claims/rows.ts";
import { aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const later = (who: PersonCtx, seconds: number): PersonCtx => ({
  ...who,
  now: new Date(who.now.getTime() + seconds * 1000),
});

async function room() {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  return { groupId: group.id, coordinator };
}

const textsAbout = async (code: string) =>
  ctx.db.sql<{ template: string; person_id: string }[]>`
    select o.template, o.person_id from outbox o join events e on e.id = o.event_id join posts p on p.id = e.post_id where p.code = ${code}`;

describe("what a coordinator did is taken back within ten seconds", () => {
  it("a closed post is open as before, its promises live, and nobody was told", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId });
    const claimer = await somebody(ctx);
    await claimPost(claimer, asking(need.code, { quantity: 5 }));
    await fanOut(ctx);
    const before = await textsAbout(need.code);

    await closePost(withUndo(coordinator), { code: need.code, reason: "withdrawn" });
    await releaseClosed(ctx);
    await fanOut(ctx);
    const act = await lastAct(later(coordinator, 9));
    expect(act).toMatchObject({ type: "post.closed", title: "Hot meals" });
    await undoAct(later(coordinator, 9), act!);

    await releaseClosed(later(coordinator, 60));
    await fanOut(later(coordinator, 60));
    expect(await postRow(ctx, need.id)).toMatchObject({ status: "open", closed_reason: null, remaining: 15 });
    expect(await textsAbout(need.code)).toEqual(before);
    expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
    expect(await lastAct(coordinator)).toBeNull();
  });

  it("after that its people are told, and it stands", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId });
    const claimer = await somebody(ctx);
    await claimPost(claimer, asking(need.code));
    await closePost(withUndo(coordinator), { code: need.code, reason: "withdrawn" });
    const act = (await lastAct(coordinator))!;
    await expect(undoAct(later(coordinator, 11), act)).rejects.toMatchObject({ kind: "too-late-to-undo" });
    await releaseClosed(later(coordinator, 13));
    await fanOut(later(coordinator, 13));
    expect((await textsAbout(need.code)).map(({ template }) => template)).toContain("closed");
  });

  it("nobody else can take it back, and nobody twice", async () => {
    const { groupId, coordinator } = await room();
    const other = await signedInAs(ctx, await aMember(ctx, groupId, { role: "coordinator" }));
    const need = await posted(ctx, { groupId });
    await closePost(withUndo(coordinator), { code: need.code, reason: "withdrawn" });
    const act = (await lastAct(coordinator))!;
    await expect(undoAct(other, act)).rejects.toMatchObject({ kind: "too-late-to-undo" });
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => undoAct(coordinator, act)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("a promise handed back is theirs again, with the offer that backed it; not when somebody has taken it", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId, quantity: 10 });
    const giver = await somebody(ctx);
    const offer = await posted(ctx, { kind: "offer", groupId, authorId: giver.person.id, quantity: 12 });
    const claim = await claimPost(giver, asking(need.code, { quantity: 10, offerCode: offer.code }));
    await releaseClaim(withUndo(coordinator), { id: claim.id, reason: null });
    expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 12 });
    await undoAct(coordinator, (await lastAct(coordinator))!);
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 0 });
    expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 2 });
    expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);

    await releaseClaim(withUndo(coordinator), { id: claim.id, reason: null });
    await claimPost(await somebody(ctx), asking(need.code, { quantity: 1 }));
    const act = (await lastAct(coordinator))!;
    await expect(undoAct(coordinator, act)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 9 });
    expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 12 });
  });

  it("a reminder is not sent, and what they said themselves meanwhile stands", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId });
    const claimer = await somebody(ctx);
    const claim = await claimPost(claimer, asking(need.code));
    const nudgeAt = async () =>
      (await ctx.db.sql`select nudge_at from claims where id = ${claim.id}::uuid`)[0]!["nudge_at"];
    await ctx.db
      .sql`update claims set due_at = ${ctx.now}::timestamptz + interval '10 minutes' where id = ${claim.id}::uuid`;
    expect(await nudgeAt()).not.toBeNull();
    const at = later(coordinator, 60);
    await nudgeNow(withUndo(at), { id: claim.id });
    await extendClaim(later(claimer, 63), { id: claim.id });
    await undoAct(later(coordinator, 66), (await lastAct(later(coordinator, 66)))!);
    expect(await nudgeAt()).toBeNull();
  });

  it("a post that came back is closed as it was, and nobody was told; not when somebody promised meanwhile", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId });
    await closePost(coordinator, { code: need.code, reason: "met_for_now", reopenInDays: 3 });
    await fanOut(ctx);
    const [before, told] = [await postRow(ctx, need.id), await textsAbout(need.code)];
    const at = later(coordinator, 60);
    await reopenPost(withUndo(at), { code: need.code });
    expect(await postRow(ctx, need.id)).toMatchObject({ status: "open" });
    await undoAct(later(at, 9), (await lastAct(later(at, 9)))!);
    await fanOut(later(at, 60));
    expect(await postRow(ctx, need.id)).toEqual(before);
    expect(await textsAbout(need.code)).toEqual(told);

    await reopenPost(withUndo(later(at, 70)), { code: need.code });
    const act = (await lastAct(later(at, 71)))!;
    await claimPost({ ...(await somebody(ctx)), now: later(at, 72).now }, asking(need.code, { quantity: 1 }));
    await expect(undoAct(later(at, 73), act)).rejects.toMatchObject({ kind: "changed-meanwhile" });
  });

  it("people are not asked again, whether they ever were or not", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId });
    const wave = async () => (await ctx.db.sql`select * from waves where post_id = ${need.id}::uuid`)[0];
    await ctx.db.sql`delete from waves where post_id = ${need.id}::uuid`;
    expect(await askAgain(withUndo(coordinator), { code: need.code })).toBe(true);
    expect((await wave())!["next_at"]).toEqual(withUndo(coordinator).holdUntil);
    await undoAct(coordinator, (await lastAct(coordinator))!);
    expect(await wave()).toBeUndefined();

    await askAgain(coordinator, { code: need.code });
    const [before, at] = [await wave(), later(coordinator, 13 * 3600)];
    await askAgain(withUndo(at), { code: need.code });
    expect(await wave()).not.toEqual(before);
    await undoAct(at, (await lastAct(at))!);
    expect(await wave()).toEqual(before);
  });

  it("a reminder is not sent, an approved post waits again", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId });
    const claimer = await somebody(ctx);
    const claim = await claimPost(claimer, asking(need.code));
    await nudgeNow(withUndo(coordinator), { id: claim.id });
    await undoAct(coordinator, (await lastAct(coordinator))!);
    await fanOut(later(coordinator, 60));
    expect((await textsAbout(need.code)).map(({ template }) => template)).not.toContain("nudge");

    const waiting = await posted(ctx, { groupId, status: "in_review" });
    await ctx.db.sql`update posts set concerns = '{link}' where id = ${waiting.id}::uuid`;
    await approvePost(withUndo(coordinator), { code: waiting.code });
    await undoAct(coordinator, (await lastAct(coordinator))!);
    const [again] = await ctx.db.sql`select status, concerns from posts where id = ${waiting.id}::uuid`;
    expect(again).toEqual({ status: "in_review", concerns: ["link"] });
  });
});

describe("two who change one post", () => {
  it("the second is told and overwrites nothing", async () => {
    const { groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId });
    const change = (title: string) => editPost(coordinator, { code: need.code, changes: { title }, revision: 0 });
    const answers = await Promise.allSettled(["one", "two", "three"].map(change));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status === "rejected"))
      expect((answer as PromiseRejectedResult).reason).toMatchObject({ kind: "changed-meanwhile" });
    await expect(closePost(coordinator, { code: need.code, reason: "withdrawn", revision: 0 })).rejects.toMatchObject({
      kind: "changed-meanwhile",
    });
    await closePost(coordinator, { code: need.code, reason: "withdrawn", revision: 1 });
    await expect(closePost(coordinator, { code: need.code, reason: "withdrawn", revision: 1 })).rejects.toMatchObject({
      kind: "already-closed",
    });
  });
});
