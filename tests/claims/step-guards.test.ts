import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { notArrived } from "#app/claims/not-arrived.server.ts";
import { nudgeNow } from "#app/claims/nudge-now.server.ts";
import { reassignClaim } from "#app/claims/reassign-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { aGroup, aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asking, claimRow, eventsOf, hoursLater, keepApart, posted, postRow, somebody } from "./rows.ts";

/** Each thing that stands in the way of a step with a promise, alone. */

const ctx = testCtx();
const { sql } = ctx.db;

/** A promise of 4 on a need of a group with a coordinator, backed by an offer where that is wanted. */
async function promised({ backed = false, urgency = "normal" as "normal" | "urgent" } = {}) {
  const group = await aGroup(ctx);
  const post = await posted(ctx, { groupId: group.id, urgency });
  const me = await somebody(ctx);
  const offer = backed ? await posted(ctx, { kind: "offer", authorId: me.person.id }) : null;
  const claim = await claimPost(me, asking(post.code, { quantity: 4, offerCode: offer?.code ?? null }));
  const lead = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  return { group, post, me, offer, id: claim.id, lead, author: await signedInAs(ctx, { id: post.authorId }) };
}
const STRANGERS = ["a stranger", "a member", "a coordinator elsewhere", "the author"] as const;
async function stranger(who: (typeof STRANGERS)[number], of: Awaited<ReturnType<typeof promised>>): Promise<PersonCtx> {
  if (who === "a stranger") return somebody(ctx);
  if (who === "a member") return signedInAs(ctx, await aMember(ctx, of.group.id));
  if (who === "the author") return of.author;
  return signedInAs(ctx, await aMember(ctx, (await aGroup(ctx)).id, { role: "coordinator" }));
}
const VERBS: Record<string, (as: PersonCtx, id: string, to: string) => Promise<unknown>> = {
  start: (as, id) => startClaim(as, { id }),
  deliver: (as, id) => deliverClaim(as, { id, quantity: null }),
  release: (as, id) => releaseClaim(as, { id, reason: null }),
  extend: (as, id) => extendClaim(as, { id }),
  nudge: (as, id) => nudgeNow(as, { id }),
  reassign: (as, id, to) => reassignClaim(as, { id, personId: to }),
};
/** It says so, and leaves all as it was: a refusal told after the deed would look the same to its caller. */
async function refused(step: () => Promise<unknown>, { id, post }: { id: string; post: { id: string } }) {
  const all = async () => ({ claim: await claimRow(ctx, id), events: await eventsOf(ctx, post.id) });
  const before = await all();
  await expect(step()).rejects.toMatchObject({ kind: "wrong-step" });
  expect(await all()).toEqual(before);
}

describe("a step with somebody's promise", () => {
  it.each(Object.keys(VERBS).flatMap((verb) => STRANGERS.map((who) => [verb, who] as const)))(
    "%s is not for %s, who does not even hear that it is there",
    async (verb, who) => {
      const made = await promised();
      const member = await aMember(ctx, made.group.id);
      const before = await claimRow(ctx, made.id);
      const step = VERBS[verb]!(await stranger(who, made), made.id, member.id);
      await expect(step).rejects.toMatchObject({ kind: "not-found" });
      expect(await claimRow(ctx, made.id)).toEqual(before);
      expect(await eventsOf(ctx, made.post.id)).toHaveLength(1);
    },
  );

  it.each(Object.keys(VERBS))("%s finds nothing under what is no id, or nobody's", async (verb) => {
    const { lead, me } = await promised();
    for (const id of ["x", "00000000-0000-7000-8000-000000000000"])
      await expect(VERBS[verb]!(lead, id, me.person.id)).rejects.toMatchObject({ kind: "not-found" });
  });

  it.each(Object.keys(VERBS))("%s is for the group's coordinators, and for admins", async (verb) => {
    for (const asAdmin of [false, true]) {
      const made = await promised({ urgency: "urgent" });
      const admin = await signedInAs(ctx, await aPerson(ctx, { isAdmin: true }));
      const member = await aMember(ctx, made.group.id);
      await VERBS[verb]!(hoursLater(asAdmin ? admin : made.lead, 4.5), made.id, member.id);
      const last = (await eventsOf(ctx, made.post.id)).at(-1)!;
      expect(last.actor_id).toBe((asAdmin ? admin : made.lead).person.id);
    }
  });

  it.each(["start", "deliver", "release", "extend", "nudge", "reassign"])(
    "%s is too late once it is over",
    async (verb) => {
      const { post, id, me, lead, group } = await promised();
      const member = await aMember(ctx, group.id);
      await deliverClaim(me, { id, quantity: null });
      await confirmClaim(ctx, { id, token: post.token });
      await refused(() => VERBS[verb]!(lead, id, member.id), { id, post });
    },
  );

  it.each(["extend", "nudge", "reassign"])("%s is for nothing once the post is closed", async (verb) => {
    const { post, id, lead, group } = await promised();
    const member = await aMember(ctx, group.id);
    await sql`update posts set status = 'closed', closed_reason = 'withdrawn' where id = ${post.id}::uuid`;
    await refused(() => VERBS[verb]!(lead, id, member.id), { id, post });
  });

  it("delivers at least one", async () => {
    const { id, me } = await promised();
    await expect(deliverClaim(me, { id, quantity: 0 })).rejects.toMatchObject({ kind: "wrong-step" });
    expect(await claimRow(ctx, id)).toMatchObject({ status: "promised" });
  });

  it("that is started or delivered ends its reminder; what is over ends its question, too", async () => {
    const { id, me } = await promised();
    expect(await claimRow(ctx, id)).toMatchObject({ nudgeAt: expect.any(Date), askAt: expect.any(Date) });
    await startClaim(me, { id });
    expect(await claimRow(ctx, id)).toMatchObject({ nudgeAt: null, askAt: expect.any(Date) });
    await releaseClaim(me, { id, reason: null });
    expect(await claimRow(ctx, id)).toMatchObject({ nudgeAt: null, askAt: null });
    const other = await promised();
    await deliverClaim(other.me, { id: other.id, quantity: null });
    expect(await claimRow(ctx, other.id)).toMatchObject({ nudgeAt: null, askAt: hoursLater(ctx, 2).now });
  });
});

describe("giving a promise to somebody else", () => {
  it("is one end and one beginning, with its amount and its time; the offer behind it is free again", async () => {
    const { post, id, lead, group, offer } = await promised({ backed: true });
    const member = await aMember(ctx, group.id);
    const was = await claimRow(ctx, id);
    await reassignClaim(lead, { id, personId: member.id });
    expect(await claimRow(ctx, id)).toMatchObject({
      status: "released",
      reason: "reassigned",
      nudgeAt: null,
      askAt: null,
    });
    const [made] = await sql<{ id: string }[]>`
      select id from claims where post_id = ${post.id}::uuid and person_id = ${member.id}::uuid`;
    expect(await claimRow(ctx, made!.id)).toMatchObject({
      status: "promised",
      quantity: 4,
      offerId: null,
      dueAt: was["dueAt"],
      lapsesAt: was["lapsesAt"],
      askAt: was["dueAt"],
      nudgeAt: null,
    });
    expect(await postRow(ctx, post.id)).toMatchObject({ remaining: 16 });
    expect(await postRow(ctx, offer!.id)).toMatchObject({ remaining: 20 });
    expect((await eventsOf(ctx, post.id)).slice(1)).toEqual([
      {
        type: "claim.reassigned",
        claim_id: id,
        actor_id: lead.person.id,
        data: expect.objectContaining({ quantity: 4, made: made!.id, was: "promised" }) as unknown,
      },
      { type: "post.claimed", claim_id: made!.id, actor_id: lead.person.id, data: { quantity: 4, remaining: 16 } },
    ]);
  });

  it("leaves at least an hour, and three until it lapses", async () => {
    const { id, lead, group, post } = await promised({ urgency: "urgent" });
    const member = await aMember(ctx, group.id);
    const late = hoursLater(lead, 5.5);
    await reassignClaim(late, { id, personId: member.id });
    const [made] = await sql`
      select due_at as "dueAt", lapses_at as "lapsesAt", ask_at as "askAt" from claims
      where post_id = ${post.id}::uuid and person_id = ${member.id}::uuid`;
    expect(made).toEqual({
      dueAt: hoursLater(late, 1).now,
      lapsesAt: hoursLater(late, 3).now,
      askAt: hoursLater(late, 1).now,
    });
  });

  it("is refused where the two cannot be brought together", async () => {
    const { id, lead, group, me, post } = await promised();
    const [outsider, apart, left] = [await aPerson(ctx), await aMember(ctx, group.id), await aMember(ctx, group.id)];
    await keepApart(ctx, apart.id, post.authorId);
    await sql`update memberships set state = 'left' where person_id = ${left.id}::uuid`;
    await sql`insert into memberships (person_id, group_id, role, state, created_at)
      select id, ${group.id}::uuid, 'volunteer', 'active', now() from unnest(${[me.person.id, post.authorId]}::uuid[]) as id`;
    for (const [personId, kind] of [
      [outsider.id, "not-found"],
      [left.id, "not-found"],
      ["nobody", "not-found"],
      [post.authorId, "own-post"],
      [apart.id, "ask-coordinators"],
      [me.person.id, "wrong-step"],
    ] as const)
      await expect(reassignClaim(lead, { id, personId }), kind).rejects.toMatchObject({ kind });
    expect(await claimRow(ctx, id)).toMatchObject({ status: "promised", personId: me.person.id });
    expect(await eventsOf(ctx, post.id)).toHaveLength(1);
  });

  it("is for needs: what somebody asked of an offer is their own", async () => {
    const group = await aGroup(ctx);
    const offer = await posted(ctx, { kind: "offer", groupId: group.id });
    const { id } = await claimPost(await somebody(ctx), asking(offer.code));
    const lead = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    const member = await aMember(ctx, group.id);
    await expect(reassignClaim(lead, { id, personId: member.id })).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("what did not come", () => {
  it("is said by the need's author alone, of what was said to be delivered, and is told to the group", async () => {
    const { id, me, post } = await promised();
    await expect(notArrived(ctx, { id, personId: post.authorId })).rejects.toMatchObject({ kind: "wrong-step" });
    await deliverClaim(me, { id, quantity: 3 });
    for (const personId of [me.person.id, (await aPerson(ctx)).id])
      await expect(notArrived(ctx, { id, personId })).rejects.toMatchObject({ kind: "not-found" });
    expect(await notArrived(ctx, { id, personId: post.authorId })).toMatchObject({
      status: "released",
      releaseReason: "not_arrived",
      post: { remaining: 20 },
    });
    expect((await eventsOf(ctx, post.id)).slice(-2)).toMatchObject([
      { type: "claim.released", data: { quantity: 3, remaining: 20, not_arrived: true } },
      { type: "claim.unconfirmed", data: { said: "no" } },
    ]);
    expect(await notArrived(ctx, { id, personId: post.authorId })).toMatchObject({ repeated: true });
  });

  it("is no word about somebody's handing back", async () => {
    const { id, me, post } = await promised();
    await releaseClaim(me, { id, reason: null });
    const last = (await eventsOf(ctx, post.id)).at(-1)!;
    expect(last.data).toEqual({ quantity: 4, remaining: 20 });
  });
});

it("a promise lapses by itself only after its time, however it stands", async () => {
  const { id, me, post } = await promised({ urgency: "urgent" });
  await startClaim(me, { id });
  await lapseClaims(hoursLater(ctx, 6));
  expect(await claimRow(ctx, id)).toMatchObject({ status: "on_the_way" });
  expect(await lapseClaims(hoursLater(ctx, 6.01))).toBeGreaterThan(0);
  expect(await claimRow(ctx, id)).toMatchObject({ status: "lapsed", reason: null, askAt: null });
  expect(await postRow(ctx, post.id)).toMatchObject({ remaining: 20 });
});
