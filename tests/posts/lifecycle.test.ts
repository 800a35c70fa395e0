import { describe, expect, it } from "vitest";
import { newId } from "#app/core/ids.server.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { expirePosts } from "#app/posts/expire-posts.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { getManagedPost, getPost } from "#app/posts/get-post.server.ts";
import { postHistory } from "#app/posts/post-history.server.ts";
import { reopenPost, reopenPosts } from "#app/posts/reopen-post.server.ts";
import { aGroup, aMember, aPerson, aPhone, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const later = (days: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + days * 86_400_000) });
const viewOf = async (token: string) => (await getManagedPost(ctx, token, "en"))!.post;

/** A promise as the claim verb leaves it, without the verb: posts come before claims. */
async function promise(postId: string, personId: string, quantity: number, status = "promised") {
  await sql`with taken as (
      update posts set remaining = remaining - ${quantity}::int,
             confirmed = confirmed + case when ${status} = 'confirmed' then ${quantity}::int else 0 end
       where id = ${postId}::uuid and remaining >= ${quantity}::int
      returning id)
    insert into claims (id, post_id, person_id, quantity, status, due_at, lapses_at, idempotency_key, request_hash, created_at, updated_at)
    select ${newId()}::uuid, id, ${personId}::uuid, ${quantity}, ${status}, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz, ${newId()}, '',
           ${ctx.now}::timestamptz, ${ctx.now}::timestamptz from taken`;
}

describe("editPost", () => {
  it("keeps a post up past the later end that was given", async () => {
    const post = await aPost(ctx, { groupId: (await aGroup(ctx)).id });
    const windowEnd = later(40).now;
    await editPost(ctx, { token: post.manageToken, changes: { windowEnd } });
    expect((await viewOf(post.manageToken)).expiresAt.getTime()).toBeGreaterThan(windowEnd.getTime());
    await closePost(ctx, { token: post.manageToken, reason: "withdrawn" });
    await reopenPost(ctx, { token: post.manageToken });
    expect((await viewOf(post.manageToken)).expiresAt.getTime()).toBeGreaterThan(windowEnd.getTime());
  });

  it("ends an offer with its window, also when that was moved to an earlier day", async () => {
    const group = await aGroup(ctx);
    const offer = await aPost(ctx, { kind: "offer", groupId: group.id, windowEnd: later(5).now });
    expect((await viewOf(offer.manageToken)).expiresAt).toEqual(later(5).now);
    await editPost(ctx, { token: offer.manageToken, changes: { windowEnd: later(2).now } });
    expect((await viewOf(offer.manageToken)).expiresAt).toEqual(later(2).now);
  });

  it("changes what is given, keeps the rest, and lets what is left follow the quantity", async () => {
    const group = await aGroup(ctx);
    const post = await aPost(ctx, { groupId: group.id, quantity: 10, details: "No nuts", address: "1 Old Road" });
    await promise(post.id, (await aPerson(ctx)).id, 6);
    await editPost(ctx, { token: post.manageToken, changes: { title: "Dinner", quantity: 15, address: "2 New Road" } });
    const managed = await getManagedPost(ctx, post.manageToken, "en");
    expect(managed).toMatchObject({ address: "2 New Road", post: { title: "Dinner", details: "No nuts" } });
    expect(managed!.post).toMatchObject({ quantity: 15, remaining: 9 });
    expect((await postHistory(ctx, post.id)).at(-1)).toMatchObject({
      type: "post.edited",
      data: { quantity: 15, remaining: 9 },
    });
    await expect(editPost(ctx, { token: post.manageToken, changes: { quantity: 5 } })).rejects.toMatchObject({
      kind: "invalid-input",
      facts: { field: "quantity", least: 6 },
    });
    await editPost(ctx, { token: post.manageToken, changes: { quantity: 6, details: null } });
    expect(await viewOf(post.manageToken)).toMatchObject({ remaining: 0, details: null });
  });

  it("never loses count when edits and promises race", async () => {
    const group = await aGroup(ctx);
    const post = await aPost(ctx, { groupId: group.id, quantity: 20 });
    const person = await aPerson(ctx);
    const quantities = [30, 12, 25, 8, 40, 16];
    await Promise.allSettled([
      ...quantities.map((quantity) => editPost(ctx, { token: post.manageToken, changes: { quantity } })),
      ...Array.from({ length: 10 }, () => promise(post.id, person.id, 3)),
    ]);
    const [row] = await sql`select quantity - remaining as taken, remaining,
      (select coalesce(sum(quantity), 0)::int from claims where post_id = p.id) as promised from posts p where id = ${post.id}::uuid`;
    expect(row!.taken).toBe(row!.promised);
    expect(row!.remaining).toBeGreaterThanOrEqual(0);
  });

  it("is for the author and coordinators", async () => {
    const group = await aGroup(ctx);
    const author = await aPerson(ctx);
    const post = await aPost(ctx, { groupId: group.id, authorId: author.id });
    const edit = (as: typeof ctx) => editPost(as, { code: post.code, changes: { title: "Changed" } });
    await expect(edit(ctx)).rejects.toMatchObject({ kind: "not-found" });
    await expect(edit(await signedInAs(ctx, await aMember(ctx, group.id)))).rejects.toMatchObject({
      kind: "not-found",
    });
    await edit(await signedInAs(ctx, author));
    await edit(await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" })));
    expect(await viewOf(post.manageToken)).toMatchObject({ title: "Changed" });
  });

  it("sends new words of a moderated group back to review", async () => {
    const group = await aGroup(ctx, { moderates: true });
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    const post = await aPost(ctx, { groupId: group.id });
    await approvePost(coordinator, { code: post.code });
    expect((await viewOf(post.manageToken)).status).toBe("open");
    await expect(approvePost(coordinator, { code: post.code })).rejects.toMatchObject({ kind: "wrong-step" });
    await editPost(ctx, { token: post.manageToken, changes: { quantity: 2 } });
    expect((await viewOf(post.manageToken)).status).toBe("open");
    await editPost(ctx, { token: post.manageToken, changes: { title: "Something else" } });
    expect((await viewOf(post.manageToken)).status).toBe("in_review");
    await closePost(coordinator, { code: post.code, reason: "declined" });
    await expect(reopenPost(ctx, { token: post.manageToken })).rejects.toMatchObject({ kind: "not-allowed" });
  });
});

describe("closing and coming back", () => {
  it("closes once, whoever else taps", async () => {
    const group = await aGroup(ctx);
    const post = await aPost(ctx, { groupId: group.id });
    const close = () => closePost(ctx, { token: post.manageToken, reason: "fulfilled" });
    const taps = await Promise.allSettled(Array.from({ length: 10 }, close));
    expect(taps.filter((tap) => tap.status === "fulfilled")).toHaveLength(1);
    expect((await postHistory(ctx, post.id)).filter((event) => event.type === "post.closed")).toHaveLength(1);
    await expect(editPost(ctx, { token: post.manageToken, changes: { title: "x" } })).rejects.toMatchObject({
      kind: "already-closed",
    });
    await expect(closePost(ctx, { token: post.manageToken, reason: "declined" })).rejects.toMatchObject({
      kind: "not-allowed",
    });
    await reopenPost(ctx, { token: post.manageToken });
    expect(await viewOf(post.manageToken)).toMatchObject({ status: "open", closedReason: null });
    await expect(reopenPost(ctx, { token: post.manageToken })).rejects.toMatchObject({ kind: "wrong-step" });
  });

  it("brings back what was met for now, asking for all but what is promised", async () => {
    const group = await aGroup(ctx);
    const post = await aPost(ctx, { groupId: group.id, quantity: 10 });
    const person = await aPerson(ctx);
    await promise(post.id, person.id, 4, "confirmed");
    await promise(post.id, person.id, 2);
    await closePost(ctx, { token: post.manageToken, reason: "met_for_now", reopenInDays: 3 });
    await reopenPosts(later(2));
    expect(await viewOf(post.manageToken)).toMatchObject({ status: "closed", closedReason: "met_for_now" });
    const counts = await Promise.all([reopenPosts(later(3)), reopenPosts(later(3))]);
    expect(counts[0]! + counts[1]!).toBe(1);
    expect(await viewOf(post.manageToken)).toMatchObject({ status: "open", remaining: 8, reopensAt: null });
    expect((await postHistory(ctx, post.id)).at(-1)).toMatchObject({ type: "post.reopened", data: { remaining: 8 } });
  });

  it("closes what ran out, but not under somebody's feet", async () => {
    const group = await aGroup(ctx);
    const [idle, busy] = [
      await aPost(ctx, { groupId: group.id }),
      await aPost(ctx, { groupId: group.id, quantity: 2 }),
    ];
    await promise(busy.id, (await aPerson(ctx)).id, 1, "on_the_way");
    await expirePosts(ctx);
    expect((await viewOf(idle.manageToken)).status).toBe("open");
    while ((await expirePosts(later(15))) > 0);
    expect(await viewOf(idle.manageToken)).toMatchObject({ status: "closed", closedReason: "expired" });
    expect((await viewOf(busy.manageToken)).status).toBe("open");
    expect((await postHistory(ctx, idle.id)).filter((event) => event.type === "post.closed")).toHaveLength(1);
  });
});

describe("a group that reads posts first", () => {
  it("is not got round by closing and reopening, and what it never let up stays out of sight", async () => {
    const group = await aGroup(ctx, { moderates: true });
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    const [taken, later7, declined] = [
      await aPost(ctx, { groupId: group.id }),
      await aPost(ctx, { groupId: group.id }),
      await aPost(ctx, { groupId: group.id }),
    ];
    const shown = async (code: string) => (await getPost(ctx, code, "en")) !== null;

    await closePost(ctx, { token: taken.manageToken, reason: "withdrawn" });
    expect(await shown(taken.code)).toBe(false);
    await reopenPost(ctx, { token: taken.manageToken });
    expect((await viewOf(taken.manageToken)).status).toBe("in_review");
    expect(await shown(taken.code)).toBe(false);

    await closePost(ctx, { token: later7.manageToken, reason: "met_for_now", reopenInDays: 7 });
    while ((await reopenPosts(later(8))) > 0);
    expect((await viewOf(later7.manageToken)).status).toBe("in_review");
    expect((await postHistory(ctx, later7.id)).map((event) => event.type)).not.toContain("post.reopened");

    await closePost(coordinator, { code: declined.code, reason: "declined" });
    expect(await shown(declined.code)).toBe(false);
    await reopenPost(coordinator, { code: declined.code });
    expect(await shown(declined.code)).toBe(true);
    await closePost(coordinator, { code: declined.code, reason: "declined" });
    expect(await shown(declined.code)).toBe(false);
  });
});

describe("getContact", () => {
  it("does not tell whoever types a neighbour's number what else is known of them", async () => {
    const group = await aGroup(ctx);
    const neighbour = await aPerson(later(-1), { name: "Known Only To Themselves" });
    const planted = await aPost(ctx, {
      groupId: group.id,
      contact: { name: null, phone: neighbour.phone, email: null },
    });
    const own = await aPost(ctx, { groupId: group.id, authorId: neighbour.id });
    const curious = await aPerson(ctx);
    for (const post of [planted, own]) await promise(post.id, curious.id, 1);
    const asCurious = await signedInAs(ctx, curious);
    expect(await getContact(asCurious, planted.code)).toMatchObject({
      name: null,
      email: null,
      phone: null,
      hidden: true,
    });
    expect(await getContact(asCurious, own.code)).toMatchObject({ name: "Known Only To Themselves" });
  });

  it("opens to those entitled, and records each look but the author's", async () => {
    const group = await aGroup(ctx);
    const phone = aPhone();
    const post = await aPost(ctx, {
      groupId: group.id,
      address: "7 Elm",
      privateNote: "Ring twice",
      contact: { name: "Ana", phone, email: null },
    });
    const claimer = await aPerson(ctx);
    await expect(getContact(ctx, post.code)).rejects.toMatchObject({ kind: "sign-in-needed" });
    const asClaimer = await signedInAs(ctx, claimer);
    await expect(getContact(asClaimer, post.code)).rejects.toMatchObject({ kind: "not-found" });
    await promise(post.id, claimer.id, 1);
    const whole = { name: "Ana", phone, email: null, address: "7 Elm", privateNote: "Ring twice", hidden: false };
    const contact = { ...whole, phone: null, hidden: true };
    expect(await getContact(asClaimer, post.code)).toEqual(contact);
    expect(await getContact(await signedInAs(ctx, { id: post.authorId }), post.code)).toEqual(whole);
    const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
    expect(await getContact(await signedInAs(ctx, coordinator), post.code)).toEqual(whole);
    await expect(getContact(await signedInAs(ctx, await aMember(ctx, group.id)), post.code)).rejects.toMatchObject({
      kind: "not-found",
    });
    await sql`update claims set status = 'released' where post_id = ${post.id}::uuid`;
    await expect(getContact(asClaimer, post.code)).rejects.toMatchObject({ kind: "not-found" });
    await sql`update claims set status = 'confirmed' where post_id = ${post.id}::uuid`;
    expect(await getContact(asClaimer, post.code)).toEqual(contact);
    await expect(getContact({ ...asClaimer, now: later(3).now }, post.code)).rejects.toMatchObject({
      kind: "not-found",
    });
    const seen = await sql`select actor_id from events where post_id = ${post.id}::uuid and type = 'contact.seen'`;
    expect(seen.map((event) => event.actor_id)).toEqual([claimer.id, coordinator.id, claimer.id]);
    expect(await postHistory(ctx, post.id)).toHaveLength(1);
    expect(await getPost(asClaimer, post.code, "en")).not.toBeNull();
  });
});
