import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { actNow } from "#app/dashboard/now/act-now.server.ts";
import { worriesOf } from "#app/dashboard/now/worries.server.ts";
import { postRows } from "#app/dashboard/post-rows.server.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { askAgain } from "#app/waves/ask-again.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { asking, posted, postRow, somebody } from "#tests/claims/rows.ts";
import { aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const HOUR = 3_600_000;
const now = new Date("2026-11-20T12:00:00Z");
const ctx = testCtx({ now, wakesNobody: true });
const at = (hours: number) => testCtx({ now: new Date(now.getTime() + hours * HOUR), wakesNobody: true });

async function room() {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const look = async (hours = 0) => {
    const them = { ...coordinator, now: at(hours).now };
    const lists = await worriesOf(them, await groupsInView(them, group.id));
    return Object.fromEntries(
      lists.map(({ worry, total, lines }) => [worry, { total, codes: lines.map(({ code }) => code) }]),
    );
  };
  return { groupId: group.id, coordinator, look };
}
const as = (who: PersonCtx, hours: number): PersonCtx => ({ ...who, now: at(hours).now });

describe("what needs somebody now", () => {
  it("is nothing in a calm room", async () => {
    const { groupId, look } = await room();
    await posted(ctx, { groupId });
    expect(await look()).toEqual({});
  });

  it("a need that waits too long, until it is covered; the same as the list behind its link", async () => {
    const { groupId, coordinator, look } = await room();
    const codes = [];
    for (let n = 0; n < 7; n++) codes.push((await posted(at(-50 - n), { groupId, quantity: 1 })).code);
    await posted(at(-47), { groupId });
    const { waiting } = await look();
    expect(waiting).toEqual({ total: 7, codes: codes.toReversed().slice(0, 5) });
    const narrow = { state: "waiting", kind: "need", group: "", age: "2d" } as const;
    expect((await postRows(coordinator, narrow, "en")).rows).toHaveLength(7);
    await claimPost(await somebody(ctx), asking(codes[6]!));
    expect((await look())["waiting"]!.total).toBe(6);
  });

  it("a promise: silent, then due soon, then late, one at a time; a reminder leaves it in peace", async () => {
    const { groupId, coordinator, look } = await room();
    const need = await posted(ctx, { groupId, quantity: 1 });
    const claim = await claimPost(await somebody(ctx), asking(need.code));
    expect(await look(30)).toEqual({});
    expect(Object.keys(await look(40))).toEqual(["silent"]);
    expect(await actNow(as(coordinator, 40), "nudge", { code: "", claim: claim.id })).toBeNull();
    expect(Object.keys(await look(50))).toEqual([]);
    expect(Object.keys(await look(70))).toEqual(["soon"]);
    expect(Object.keys(await look(73))).toEqual(["late"]);
  });

  it("a need with nobody left to ask, and asking again asks those who were asked before", async () => {
    const { groupId, coordinator, look } = await room();
    const helper = await aMember(ctx, groupId);
    const need = await posted(at(-20), { groupId });
    await askAgain(as(coordinator, -20), { code: need.code });
    await sendWaves(at(-20));
    await sendWaves(at(-18));
    expect((await look(-18))["nobody"]).toEqual({ total: 1, codes: [need.code] });
    expect(await actNow(as(coordinator, -18), "ask", { code: need.code, claim: "" })).toBe("asked_lately");
    const asks = async () =>
      ctx.db.sql`select asked_at from asks where post_id = ${need.id}::uuid and person_id = ${helper.id}::uuid`;
    const [first] = await asks();
    expect(await actNow(coordinator, "ask", { code: need.code, claim: "" })).toBeNull();
    await sendWaves(ctx);
    expect((await asks())[0]!["asked_at"]).toEqual(first!["asked_at"]);
    await sendWaves(at(0.01));
    expect((await asks())[0]!["asked_at"].getTime()).toBeGreaterThan(first!["asked_at"].getTime());
  });

  it("what waits to be read, what ended with no help, and texts that did not arrive", async () => {
    const { groupId, coordinator, look } = await room();
    const waiting = await posted(ctx, { groupId, status: "in_review" });
    const gone = await posted(ctx, { groupId });
    await closePost(coordinator, { code: gone.code, reason: "withdrawn" });
    const claimed = await posted(ctx, { groupId });
    await claimPost(await somebody(ctx), asking(claimed.code));
    await fanOut(ctx);
    await ctx.db.sql`update outbox set state = 'undelivered', error_code = '30003' where group_id = ${groupId}::uuid`;
    const found = await look();
    expect(found["review"]).toEqual({ total: 1, codes: [waiting.code] });
    expect(found["gave_up"]).toEqual({ total: 1, codes: [gone.code] });
    expect(found["undelivered"]!.codes).toContain(claimed.code);
    expect(await actNow(coordinator, "reopen", { code: gone.code, claim: "" })).toBeNull();
    expect(await actNow(coordinator, "reopen", { code: gone.code, claim: "" })).toBe("gone");
    expect(await actNow(coordinator, "approve", { code: waiting.code, claim: "" })).toBeNull();
    expect(await postRow(ctx, waiting.id)).toMatchObject({ status: "open" });
  });

  it("another group's worries are not theirs, nor their buttons", async () => {
    const [mine, other] = [await room(), await room()];
    const need = await posted(at(-60), { groupId: other.groupId });
    expect(await mine.look()).toEqual({});
    for (const act of ["ask", "approve", "reopen"] as const)
      await expect(actNow(mine.coordinator, act, { code: need.code, claim: "" })).rejects.toMatchObject({
        kind: "not-found",
      });
  });
});
