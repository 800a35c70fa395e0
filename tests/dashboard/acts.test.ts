import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { reassignClaim } from "#app/claims/reassign-claim.server.ts";
import { actOnDesk } from "#app/dashboard/acts/act-on-desk.server.ts";
import { findDuplicates } from "#app/dashboard/acts/duplicates.server.ts";
import { mergePosts } from "#app/dashboard/acts/merge-posts.server.ts";
import { sendOn } from "#app/dashboard/acts/send-on.server.ts";
import { splitPost } from "#app/dashboard/acts/split-post.server.ts";
import { worriesOf } from "#app/dashboard/now/worries.server.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { getManagedPost } from "#app/posts/get-post.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { mergedInto } from "#app/posts/merged-into.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { faultsOf } from "#tests/claims/checker.ts";
import { asking, posted, postRow, somebody } from "#tests/claims/rows.ts";
import { aGroup, aMember, aPhone, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

async function room() {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  return { ...group, coordinator };
}
const textsTo = async (personId: string) => {
  await fanOut(ctx);
  const rows = await ctx.db.sql<{ id: string; template: string; body: string }[]>`
    select id, template, body_sealed as body from outbox where person_id = ${personId}::uuid order by id`;
  return rows.map(({ id, template, body }) => ({
    template,
    body: ctx.seal.open(body, { table: "outbox", column: "body_sealed", row: id }),
  }));
};

describe("a part is cut off", () => {
  it("with what is sealed, its own link, and only what nobody promised", async () => {
    const { id: groupId, coordinator } = await room();
    const made = await publishPost(ctx, {
      kind: "need",
      groupId,
      categoryId: null,
      title: "Forty meals",
      details: null,
      quantity: 40,
      urgency: "normal",
      windowStart: null,
      windowEnd: null,
      place: null,
      lat: null,
      lng: null,
      address: "12 Elm Street",
      privateNote: "ring twice",
      visibility: "everyone",
      languages: [],
      locale: "en",
      contact: { name: "Ana", phone: aPhone(), email: null },
      submitKey: null,
    });
    await claimPost(await somebody(ctx), asking(made.code, { quantity: 10 }));
    await expect(splitPost(coordinator, { code: made.code, quantity: 31, revision: 0 })).rejects.toMatchObject({
      kind: "invalid-input",
      facts: { most: 30 },
    });
    const { code } = await splitPost(coordinator, { code: made.code, quantity: 30, revision: 0 });
    expect(await postRow(ctx, made.id)).toMatchObject({ quantity: 10, remaining: 0 });
    const [part] = await ctx.db.sql`select * from posts where code = ${code}`;
    expect(part).toMatchObject({ quantity: 30, remaining: 30, title: "Forty meals", split_from: made.id });
    const managed = await getManagedPost(ctx, manageToken(ctx.seal, part!["id"]), "en");
    expect(managed).toMatchObject({ address: "12 Elm Street", privateNote: "ring twice", contactName: "Ana" });
    await expect(splitPost(coordinator, { code: made.code, quantity: 1, revision: 0 })).rejects.toMatchObject({
      kind: "changed-meanwhile",
    });
    const texts = (await textsTo(part!["author_id"])).map(({ template }) => template);
    expect(texts).toContain("split");
  });

  it("by two at once only once", async () => {
    const { id: groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId, quantity: 10 });
    const answers = await Promise.allSettled(
      [1, 2, 3, 4].map(() => splitPost(coordinator, { code: need.code, quantity: 6, revision: 0 })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await postRow(ctx, need.id)).toMatchObject({ quantity: 4, remaining: 4 });
  });
});

describe("a post is sent on", () => {
  it("with its author's consent; its promises stay, and its first group watches it", async () => {
    const [kitchen, comfort] = [await room(), await room()];
    const need = await posted(ctx, { groupId: kitchen.id });
    const claim = await claimPost(await somebody(ctx), asking(need.code, { quantity: 3 }));
    const send = (agreed: boolean) =>
      sendOn(kitchen.coordinator, { code: need.code, to: comfort.slug, agreed, revision: 0 });
    await expect(send(false)).rejects.toMatchObject({ kind: "invalid-input" });
    await expect(
      sendOn(comfort.coordinator, { code: need.code, to: comfort.slug, agreed: true, revision: 0 }),
    ).rejects.toMatchObject({ kind: "not-found" });
    await send(true);
    const [row] = await ctx.db.sql`select group_id, status from posts where id = ${need.id}::uuid`;
    expect(row).toEqual({ group_id: comfort.id, status: "open" });
    expect(await ctx.db.sql`select status from claims where id = ${claim.id}::uuid`).toEqual([{ status: "promised" }]);
    const worries = await worriesOf(kitchen.coordinator, await groupsInView(kitchen.coordinator, null));
    expect(worries.map(({ worry, total }) => [worry, total])).toEqual([["watched", 1]]);
    await expect(send(true)).rejects.toMatchObject({ kind: "not-found" });
    expect((await textsTo(need.authorId)).map(({ template }) => template)).toContain("sent_on");
  });
});

describe("two posts that are one", () => {
  it("are found by person or by words and place, not by anything else", async () => {
    const { id: groupId, coordinator } = await room();
    const first = await posted(ctx, { groupId, title: "Blankets for a family of four" });
    const same = await posted(ctx, { groupId, title: "Blankets for family of 4" });
    const again = await posted(ctx, { groupId, title: "Something warm", authorId: first.authorId });
    await posted(ctx, { groupId, title: "A ride to the clinic" });
    await posted(ctx, { title: "Blankets for a family of four" });
    const found = await findDuplicates(coordinator, first.code);
    expect(found.map(({ code, why }) => [code, why])).toEqual([
      [again.code, "same_person"],
      [same.code, "alike"],
    ]);
    const other = await room();
    expect(await findDuplicates(other.coordinator, first.code)).toEqual([]);
  });

  it("are not two callers without a number, whose needs one coordinator wrote down", async () => {
    const { id: groupId, coordinator } = await room();
    const authorId = coordinator.person.id;
    const blankets = await posted(ctx, { groupId, authorId, title: "Blankets for a baby" });
    await posted(ctx, { groupId, authorId, title: "A ride to the clinic" });
    await ctx.db.sql`update posts set entered_by = author_id where author_id = ${authorId}::uuid`;
    expect(await findDuplicates(coordinator, blankets.code)).toEqual([]);
  });

  it("become one: promises and the line move over, figures hold, the author is told", async () => {
    const { id: groupId, coordinator } = await room();
    const keep = await posted(ctx, { groupId, quantity: 10 });
    const drop = await posted(ctx, { groupId, quantity: 8 });
    const claim = await claimPost(await somebody(ctx), asking(drop.code, { quantity: 4 }));
    await mergePosts(coordinator, { keep: keep.code, drop: drop.code, revision: 0 });
    expect(await postRow(ctx, keep.id)).toMatchObject({ remaining: 6, status: "open" });
    expect(await postRow(ctx, drop.id)).toMatchObject({ remaining: 8, status: "closed", closed_reason: "declined" });
    expect(await ctx.db.sql`select post_id, status from claims where id = ${claim.id}::uuid`).toEqual([
      { post_id: keep.id, status: "promised" },
    ]);
    expect([...(await faultsOf(ctx.db.sql, keep.id)), ...(await faultsOf(ctx.db.sql, drop.id))]).toEqual([]);
    const merged = (await textsTo(drop.authorId)).find(({ template }) => template === "merged");
    expect(merged!.body).toContain(`is the same as ${keep.code}`);
  });

  it("with the promises an offer stands behind, where one person wrote both", async () => {
    const { id: groupId, coordinator } = await room();
    const giver = await somebody(ctx);
    const offer = (quantity: number, authorId: string) => posted(ctx, { groupId, kind: "offer", quantity, authorId });
    const [keep, drop] = [await offer(10, giver.person.id), await offer(8, giver.person.id)];
    const need = await posted(ctx, { groupId, quantity: 3 });
    const claim = await claimPost(giver, { ...asking(need.code, { quantity: 3 }), offerCode: drop.code });
    const others = await offer(10, (await somebody(ctx)).person.id);
    await expect(mergePosts(coordinator, { keep: others.code, drop: drop.code, revision: 0 })).rejects.toMatchObject({
      kind: "invalid-input",
      facts: { why: "backs" },
    });
    await mergePosts(coordinator, { keep: keep.code, drop: drop.code, revision: 0 });
    expect(await postRow(ctx, keep.id)).toMatchObject({ remaining: 7, status: "open" });
    expect(await postRow(ctx, drop.id)).toMatchObject({ remaining: 8, status: "closed" });
    expect(await ctx.db.sql`select post_id, offer_id from claims where id = ${claim.id}::uuid`).toEqual([
      { post_id: need.id, offer_id: keep.id },
    ]);
    expect(await mergedInto(ctx, drop.code)).toBe(keep.code);
    expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
  });

  it("not under a post that waits to be read, nor by its author's own promise", async () => {
    const { id: groupId, coordinator } = await room();
    const drop = await posted(ctx, { groupId, quantity: 8 });
    const author = await somebody(ctx);
    const waits = await posted(ctx, { groupId, quantity: 10, status: "in_review" });
    const theirs = await posted(ctx, { groupId, quantity: 10, authorId: author.person.id });
    await mergePosts(coordinator, { keep: waits.code, drop: (await posted(ctx, { groupId })).code, revision: 0 });
    await claimPost(author, asking(drop.code, { quantity: 4 }));
    const merge = (keep: string) => mergePosts(coordinator, { keep, drop: drop.code, revision: 0 });
    await expect(merge(waits.code)).rejects.toMatchObject({ kind: "invalid-input", facts: { why: "in_review" } });
    await expect(merge(theirs.code)).rejects.toMatchObject({ kind: "invalid-input", facts: { why: "holds" } });
    expect(await postRow(ctx, drop.id)).toMatchObject({ remaining: 4, status: "open" });
  });

  it("not where there is no room, not over somebody's change, not twice, and no promise is lost in a race", async () => {
    const { id: groupId, coordinator } = await room();
    const [keep, drop] = [await posted(ctx, { groupId, quantity: 3 }), await posted(ctx, { groupId, quantity: 8 })];
    await claimPost(await somebody(ctx), asking(drop.code, { quantity: 4 }));
    const merge = (revision: number) => mergePosts(coordinator, { keep: keep.code, drop: drop.code, revision });
    await expect(merge(0)).rejects.toMatchObject({ kind: "already-covered", facts: { remaining: 3 } });
    await expect(merge(7)).rejects.toMatchObject({ kind: "changed-meanwhile" });
    for (let round = 0; round < 8; round++) {
      const [big, small] = [
        await posted(ctx, { groupId, quantity: 100 }),
        await posted(ctx, { groupId, quantity: 20 }),
      ];
      const people = await Promise.all([1, 2, 3, 4, 5].map(() => somebody(ctx)));
      await Promise.allSettled([
        ...people.map((who) => claimPost(who, asking(small.code, { quantity: 2 }))),
        mergePosts(coordinator, { keep: big.code, drop: small.code, revision: 0 }),
      ]);
      expect([...(await faultsOf(ctx.db.sql, big.id)), ...(await faultsOf(ctx.db.sql, small.id))]).toEqual([]);
    }
  });
});

describe("a post that waits to be read", () => {
  it("goes up only with the words that were read", async () => {
    const { id: groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId, status: "in_review" });
    await editPost(coordinator, { code: need.code, changes: { title: "Other words" }, revision: 0 });
    const approve = (revision: string) => actOnDesk(coordinator, need.code, { act: "approve", revision });
    expect(await approve("0")).toMatchObject({ conflict: true });
    expect(await postRow(ctx, need.id)).toMatchObject({ status: "in_review" });
    expect(await approve("1")).toBeNull();
    expect(await postRow(ctx, need.id)).toMatchObject({ status: "open" });
  });
});

describe("a promise is given to somebody else", () => {
  it("in one step: nothing is open in between, the offer has its share back, both are told", async () => {
    const { id: groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId, quantity: 10 });
    const giver = await somebody(ctx);
    const offer = await posted(ctx, { kind: "offer", groupId, authorId: giver.person.id, quantity: 10 });
    const claim = await claimPost(giver, asking(need.code, { quantity: 10, offerCode: offer.code }));
    await fanOut(ctx);
    const other = await aMember(ctx, groupId);
    const outsider = await somebody(ctx);
    await expect(reassignClaim(coordinator, { id: claim.id, personId: outsider.person.id })).rejects.toMatchObject({
      kind: "not-found",
    });
    const answers = await Promise.allSettled(
      [1, 2, 3].map(() => reassignClaim(coordinator, { id: claim.id, personId: other.id })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 0 });
    expect(await postRow(ctx, offer.id)).toMatchObject({ remaining: 10 });
    expect(await faultsOf(ctx.db.sql, need.id)).toEqual([]);
    expect((await textsTo(giver.person.id)).map(({ template }) => template)).toContain("reassigned");
    expect((await textsTo(other.id)).map(({ template }) => template)).toContain("assigned");
  });

  it("to the same person once more when it has come back", async () => {
    const { id: groupId, coordinator } = await room();
    const need = await posted(ctx, { groupId, quantity: 1 });
    const { id } = await claimPost(await somebody(ctx), asking(need.code, { quantity: 1 }));
    const other = await aMember(ctx, groupId);
    await reassignClaim(coordinator, { id, personId: other.id });
    await ctx.db.sql`update claims set status = case when id = ${id}::uuid then 'promised' else 'released' end
      where post_id = ${need.id}::uuid`;
    await reassignClaim(coordinator, { id, personId: other.id });
    const live = await ctx.db
      .sql`select person_id from claims where post_id = ${need.id}::uuid and status = 'promised'`;
    expect(live).toEqual([{ person_id: other.id }]);
  });
});

describe("somebody was quicker", () => {
  const seen = (title: string) =>
    JSON.stringify({ title, quantity: "20", left: "20", state: "open", urgency: "normal" });

  it("every act says so, with what whoever pressed had seen, and nothing is done", async () => {
    const { id: groupId, coordinator } = await room();
    const other = await room();
    const [need, twin] = [await posted(ctx, { groupId }), await posted(ctx, { groupId })];
    const press = (values: Record<string, string>) =>
      actOnDesk(coordinator, need.code, { revision: "0", seen: seen("Hot meals"), ...values });
    const acts: Record<string, string>[] = [
      { act: "close", reason: "withdrawn" },
      { act: "split", part: "3" },
      { act: "send", to: other.slug, agreed: "yes" },
      { act: "merge", keep: twin.code },
    ];
    await editPost(coordinator, { code: need.code, changes: { title: "Cold meals" }, revision: 0 });
    for (const values of acts) {
      const fault = await press(values);
      expect(fault, values["act"]).toMatchObject({
        conflict: true,
        values,
        before: { title: "Hot meals", left: "20" },
      });
    }
    expect(await postRow(ctx, need.id)).toMatchObject({ status: "open", quantity: 20 });
    await closePost(coordinator, { code: need.code, reason: "fulfilled" });
    for (const values of acts) expect(await press(values), values["act"]).toMatchObject({ conflict: true });
    expect(await postRow(ctx, need.id)).toMatchObject({ closed_reason: "fulfilled", quantity: 20 });
    const pair = await actOnDesk(coordinator, twin.code, {
      act: "merge",
      keep: need.code,
      revision: "0",
      seen: "{nonsense",
    });
    expect(pair).toMatchObject({ conflict: true, before: {}, errors: [{ message: "acts.conflict.pair" }] });
  });
});
