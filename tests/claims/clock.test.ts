import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { type ClaimStatus, isLive, nextSteps, STEPS, statesBefore } from "#app/claims/claim.ts";
import { confirmSilentDeliveries } from "#app/claims/confirm-silent-deliveries.server.ts";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { joinWaitingList } from "#app/claims/join-waiting-list.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { isWaiting } from "#app/claims/leave-waiting-list.server.ts";
import { nudgeClaims } from "#app/claims/nudge-claims.server.ts";
import { reassignClaim } from "#app/claims/reassign-claim.server.ts";
import { takeStep } from "#app/claims/take-step.server.ts";
import { tellUnconfirmed } from "#app/claims/tell-unconfirmed.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asking, claimRow, eventsOf, hoursLater, posted, somebody } from "./rows.ts";

/** What time does to promises, condition by condition, and what may follow what. */

const ctx = testCtx({ now: new Date("2026-03-04T17:00:00Z") });
const { sql } = ctx.db;
const ago = (hours: number) => hoursLater(ctx, -hours).now;
const inHours = (hours: number) => hoursLater(ctx, hours).now;

type Columns = Record<string, string | number | Date | null>;
async function promised(columns: Columns = {}, post: Columns = {}) {
  const need = await posted(ctx);
  const me = await somebody(ctx);
  const { id } = await claimPost(me, asking(need.code, { quantity: 2 }));
  if (Object.keys(columns).length > 0) await sql`update claims set ${sql(columns)} where id = ${id}::uuid`;
  if (Object.keys(post).length > 0) await sql`update posts set ${sql(post)} where id = ${need.id}::uuid`;
  const types = async () => (await eventsOf(ctx, need.id)).map(({ type }) => type).slice(1);
  return { need, me, id, types };
}
const CLOSED = { status: "closed", closed_reason: "withdrawn" };
const delivered = (more: Columns): Columns => ({
  status: "delivered",
  delivered_quantity: 2,
  nudge_at: null,
  receipt_asks: 0,
  ask_at: null,
  ...more,
});

describe("a delivery of which nobody said anything", () => {
  it.each<[boolean, string, Columns, Columns]>([
    [false, "for less than two days", { updated_at: ago(47.9) }, {}],
    [true, "for two days", { updated_at: ago(48.1) }, {}],
    [false, "while its receiver is still to be asked", { updated_at: ago(49), ask_at: inHours(1) }, {}],
    [true, "and its post is closed", { updated_at: ago(49), ask_at: inHours(1) }, CLOSED],
    [true, "and its post is an offer", { updated_at: ago(49), ask_at: inHours(1) }, { kind: "offer" }],
    [true, "and the coordinators had their time", { updated_at: ago(49), ask_at: ago(0), receipt_asks: 3 }, {}],
    [false, "and the coordinators have their time", { updated_at: ago(49), ask_at: inHours(1), receipt_asks: 3 }, {}],
    [false, "and the coordinators are to hear of it", { updated_at: ago(49), ask_at: ago(1), receipt_asks: 2 }, {}],
    [true, "for four days, come what may", { updated_at: ago(96.1), ask_at: inHours(1) }, {}],
    [false, "for less than four days", { updated_at: ago(95.9), ask_at: inHours(1) }, {}],
  ])("counts as arrived (%s) %s", async (counts, _when, columns, post) => {
    const { id } = await promised(delivered(columns), post);
    await confirmSilentDeliveries(ctx);
    expect(await claimRow(ctx, id)).toMatchObject({ status: counts ? "confirmed" : "delivered" });
  });

  it("is one: a promise is not, however old", async () => {
    const { id } = await promised({ updated_at: ago(200), ask_at: null });
    await confirmSilentDeliveries(ctx);
    expect(await claimRow(ctx, id)).toMatchObject({ status: "promised" });
  });

  it.each<[boolean, string, Columns, Columns]>([
    [true, "asked twice", { ask_at: ago(0), receipt_asks: 2 }, {}],
    [false, "whose time is not over", { ask_at: inHours(0.1), receipt_asks: 2 }, {}],
    [false, "asked once", { ask_at: ago(0), receipt_asks: 1 }, {}],
    [false, "of which they were told", { ask_at: ago(0), receipt_asks: 3 }, {}],
    [false, "of a post that is closed", { ask_at: ago(0), receipt_asks: 2 }, CLOSED],
    [false, "that was confirmed", { ask_at: ago(0), receipt_asks: 2, status: "confirmed" }, {}],
  ])("is told to coordinators (%s) where its receiver is one %s", async (tells, _who, columns, post) => {
    const { id, types } = await promised(delivered({ updated_at: ago(36), ...columns }), post);
    await tellUnconfirmed(ctx);
    await tellUnconfirmed(ctx);
    expect(await types()).toEqual(tells ? ["claim.unconfirmed"] : []);
    if (tells) expect(await claimRow(ctx, id)).toMatchObject({ askAt: inHours(12) });
  });

  it("leaves coordinators half a day, or the two days where that is later", async () => {
    const { id } = await promised(delivered({ updated_at: ago(25), ask_at: ago(0), receipt_asks: 2 }));
    await tellUnconfirmed(ctx);
    expect(await claimRow(ctx, id)).toMatchObject({ askAt: inHours(23) });
  });
});

describe("a reminder half way", () => {
  const due = { nudge_at: ago(0), ask_at: inHours(5) };
  it.each<[boolean, string, Columns, Columns]>([
    [true, "promised it", due, {}],
    [false, "has longer", { ...due, nudge_at: inHours(0.1) }, {}],
    [false, "is on the way", { ...due, status: "on_the_way" }, {}],
    [false, "promised what is closed", due, CLOSED],
    [false, "is not asked any more", { ...due, ask_at: null }, {}],
    [false, "is asked at this moment", { ...due, ask_at: ago(0) }, {}],
  ])("goes (%s) to whoever %s, once", async (goes, _who, columns, post) => {
    const { id, types } = await promised(columns, post);
    await Promise.all([nudgeClaims(ctx), nudgeClaims(ctx)]);
    await nudgeClaims(ctx);
    expect(await types()).toEqual(goes ? ["claim.nudged"] : []);
    const later = (columns["nudge_at"] as Date) > ctx.now;
    expect(await claimRow(ctx, id)).toMatchObject({ nudgeAt: later ? columns["nudge_at"] : null });
  });

  it("does not go to who sleeps until they are asked, unless nobody is woken by it", async () => {
    for (const [quiet_to, wakesNobody, goes] of [
      [19, false, false],
      [14, false, true],
      [19, true, true],
    ] as const) {
      const { me, types } = await promised(due);
      await sql`update people set quiet_from = 11, quiet_to = ${quiet_to}::smallint, time_zone = 'America/New_York'
        where id = ${me.person.id}::uuid`;
      await nudgeClaims({ ...ctx, wakesNobody });
      expect(await types(), `until ${quiet_to}`).toEqual(goes ? ["claim.nudged"] : []);
    }
  });
});

describe("the end of a promise", () => {
  const over = { lapses_at: ago(0.1), ask_at: ago(1) };
  const asked = (about: { need: { id: string }; id: string }, personId: string, closedAt: Date | null = null) => sql`
    insert into questions (id, kind, person_id, post_id, claim_id, asked_at, expires_at, closed_at)
    values (${newId()}::uuid, 'still_good', ${personId}::uuid, ${about.need.id}::uuid, ${about.id}::uuid, now(), now(),
      ${closedAt}::timestamptz)`;
  const end = async (id: string, at: Ctx = ctx) => (await lapseClaims(at), (await claimRow(ctx, id))["status"]);

  it("waits for another question about the post, and for the moment after it; not for somebody else's", async () => {
    const mine = await promised(over);
    await asked(mine, mine.me.person.id);
    expect(await end(mine.id)).toBe("promised");
    const before = await promised(over);
    await asked(before, before.me.person.id, ago(0.1));
    expect(await end(before.id)).toBe("promised");
    expect(await end(before.id, hoursLater(ctx, 0.1))).toBe("lapsed");
    const theirs = await promised(over);
    await asked(theirs, (await somebody(ctx)).person.id);
    expect(await end(theirs.id)).toBe("lapsed");
  });

  it("waits for no question once its own was asked", async () => {
    const made = await promised({ ...over, ask_at: null });
    await asked(made, made.me.person.id);
    expect(await end(made.id)).toBe("lapsed");
  });

  it("comes to what is promised or on the way, of what is open, and is over", async () => {
    const states = async (columns: Columns, post: Columns = {}) =>
      end((await promised({ ...over, ...columns }, post)).id);
    expect(await states({ status: "on_the_way" })).toBe("lapsed");
    expect(await states(delivered({}))).toBe("delivered");
    expect(await states({ lapses_at: inHours(0.1) })).toBe("promised");
    expect(await states({}, CLOSED)).toBe("promised");
  });

  it("is put off by a word, which answers the question about this promise alone", async () => {
    const [mine, other] = [await promised({ due_at: ago(0) }), await promised()];
    await asked(mine, mine.me.person.id);
    await asked(other, other.me.person.id);
    await extendClaim(mine.me, { id: mine.id });
    const rows = await sql`
      select claim_id as id, answer, closed_at as "closedAt" from questions
      where claim_id in (${mine.id}::uuid, ${other.id}::uuid) order by closed_at nulls last`;
    expect([...rows]).toEqual([
      { id: mine.id, answer: 1, closedAt: ctx.now },
      { id: other.id, answer: null, closedAt: null },
    ]);
    expect(await claimRow(ctx, mine.id)).toMatchObject({
      dueAt: inHours(36),
      lapsesAt: inHours(48),
      askAt: inHours(36),
    });
  });
});

describe("what is not to be waited for", () => {
  it.each<[string, Columns, "waits" | "promised" | "own" | null, boolean | null]>([
    ["covered", { remaining: 0 }, null, false],
    ["covered, and one waits", { remaining: 0 }, "waits", true],
    ["covered, and one promised it", { remaining: 0 }, "promised", null],
    ["one's own", { remaining: 0 }, "own", null],
    ["not covered", { remaining: 1 }, "waits", null],
    ["closed", { remaining: 0, ...CLOSED }, "waits", null],
  ])("%s", async (_what, columns, who, waits) => {
    const { need, me } = await promised();
    const asks =
      who === "promised" ? me : who === "own" ? await signedInAs(ctx, { id: need.authorId }) : await somebody(ctx);
    if (who === "waits")
      await sql`insert into waiting_list (post_id, person_id, quantity, created_at)
        values (${need.id}::uuid, ${asks.person.id}::uuid, 1, now())`;
    await sql`update posts set ${sql(columns)} where id = ${need.id}::uuid`;
    expect(await isWaiting(asks, need.id)).toBe(waits);
  });

  it("is what a coordinator has yet to look at, for its author, too", async () => {
    const need = await posted(ctx, { status: "in_review" });
    const author = await signedInAs(ctx, { id: need.authorId });
    await expect(joinWaitingList(author, { code: need.code, quantity: 1 })).rejects.toMatchObject({
      kind: "not-found",
    });
  });
});

it("whoever may not give a promise to somebody else hears nothing of why, either", async () => {
  const { id, need } = await promised();
  await sql`insert into memberships (person_id, group_id, role, state, created_at)
    values (${need.authorId}::uuid, ${need.groupId}::uuid, 'volunteer', 'active', now())`;
  const asked = reassignClaim(await somebody(ctx), { id, personId: need.authorId });
  await expect(asked).rejects.toMatchObject({ kind: "not-found" });
});

describe("what may follow what", () => {
  it("is written down, and read in both directions alike", () => {
    expect(nextSteps("need", "promised", "claimer")).toEqual(["on_the_way", "delivered", "released"]);
    expect(nextSteps("need", "promised", "author")).toEqual(["confirmed"]);
    expect(nextSteps("need", "delivered", "claimer")).toEqual([]);
    expect(nextSteps("offer", "promised", "claimer")).toEqual(["confirmed", "released"]);
    expect(statesBefore("need", "released")).toEqual(["promised", "on_the_way", "delivered"]);
    expect(statesBefore("need", "released", "claimer")).toEqual(["promised", "on_the_way"]);
    expect(statesBefore("need", "released", "author")).toEqual(["delivered"]);
    expect(statesBefore("offer", "delivered")).toEqual([]);
    const states = Object.keys(STEPS.need) as ClaimStatus[];
    expect(states.filter(isLive)).toEqual(["promised", "on_the_way"]);
  });

  it("is what a wished-for status does", async () => {
    const { me, id, need } = await promised();
    const step = (status: Parameters<typeof takeStep>[1]["status"], as = me) =>
      takeStep(as, { id, status, quantity: null, reason: "no_time" });
    expect(await step("on_the_way")).toMatchObject({ status: "on_the_way" });
    expect(await step("delivered")).toMatchObject({ status: "delivered", deliveredQuantity: 2 });
    const author = await signedInAs(ctx, { id: need.authorId });
    expect(await step("confirmed", author)).toMatchObject({ status: "confirmed" });
    const other = await promised();
    const back = await takeStep(other.me, { id: other.id, status: "released", quantity: null, reason: "no_time" });
    expect(back).toMatchObject({ status: "released", releaseReason: "no_time" });
  });
});
