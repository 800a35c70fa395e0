import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { joinWaitingList } from "#app/claims/join-waiting-list.server.ts";
import { isWaiting, leaveWaitingList } from "#app/claims/leave-waiting-list.server.ts";
import { offerNext } from "#app/claims/offer-next.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { minutesLater, textsTo } from "#tests/waves/rows.ts";
import { asking, posted, somebody } from "./rows.ts";

const ctx = testCtx();

async function covered(quantity = 5) {
  const post = await posted(ctx, { quantity });
  const giver = await somebody(ctx);
  const claim = await claimPost(giver, asking(post.code, { quantity: null }));
  const wait = async (n: number, minutes = 0, given: Parameters<typeof aPerson>[1] = {}) => {
    const me = await signedInAs(minutesLater(ctx, minutes), await aPerson(ctx, given));
    expect(await joinWaitingList(me, { code: post.code, quantity: n })).toEqual({ state: "waiting", remaining: 0 });
    return me;
  };
  return { post, giver, wait, release: () => releaseClaim(giver, { id: claim.id, reason: null }) };
}

/** Who was told, in their order. */
const offered = async (postId: string) =>
  (
    await ctx.db.sql<{ id: string }[]>`
      select data ->> 'personId' as id from events where post_id = ${postId}::uuid and type = 'post.offered_next' order by events.id`
  ).map(({ id }) => id);

const round = (now: Ctx) => Promise.all([offerNext(now), offerNext(now), offerNext(now)]);

describe("joining", () => {
  it("is for who came too late, once, and can be taken back", async () => {
    const { post, wait, giver } = await covered();
    const me = await wait(1);
    await joinWaitingList(me, { code: post.code.toLowerCase(), quantity: 2 });
    expect(await isWaiting(me, post.id)).toBe(true);
    const rows = await ctx.db.sql`select quantity from waiting_list where post_id = ${post.id}::uuid`;
    expect([...rows]).toEqual([{ quantity: 2 }]);
    await leaveWaitingList(me, { code: post.code });
    expect(await isWaiting(me, post.id)).toBe(false);
    expect(await isWaiting(giver, post.id)).toBeNull();
    expect(await joinWaitingList(giver, { code: post.code, quantity: 1 })).toMatchObject({ state: "promised" });
    const author = await signedInAs(ctx, { id: post.authorId });
    await expect(joinWaitingList(author, { code: post.code, quantity: 1 })).rejects.toMatchObject({ kind: "own-post" });
    expect(await ctx.db.sql`select from waiting_list where post_id = ${post.id}::uuid`).toHaveLength(0);
  });

  it("says that something is left, and keeps nobody waiting for what is closed or hidden", async () => {
    const me = await somebody(ctx);
    const open = await posted(ctx, { quantity: 3 });
    expect(await joinWaitingList(me, { code: open.code, quantity: 1 })).toEqual({ state: "open", remaining: 3 });
    const closed = await posted(ctx, { status: "closed" });
    await expect(joinWaitingList(me, { code: closed.code, quantity: 1 })).rejects.toMatchObject({ kind: "not-open" });
    const team = await posted(ctx, { visibility: "team" });
    await expect(joinWaitingList(me, { code: team.code, quantity: 1 })).rejects.toMatchObject({ kind: "not-found" });
  });
});

describe("when something opens again", () => {
  it("tells as many as it can serve, in their order, once; the next after half an hour", async () => {
    const { post, wait, release } = await covered(5);
    const [first, second, third] = [await wait(3, 1), await wait(2, 2), await wait(4, 3)];
    await round(minutesLater(ctx, 5));
    expect(await offered(post.id)).toEqual([]);
    await release();
    const then = minutesLater(ctx, 10);
    await round(then);
    await round(minutesLater(ctx, 20));
    expect((await offered(post.id)).toSorted()).toEqual([first.person.id, second.person.id].toSorted());
    await fanOut(then);
    expect(await textsTo(ctx, first.person.id, "offered_next")).toMatchObject([
      { body: expect.stringContaining(`CLAIM ${post.code}`), segments: 1 },
    ]);
    await round(minutesLater(ctx, 41));
    expect((await offered(post.id)).at(-1)).toBe(third.person.id);
    await round(minutesLater(ctx, 100));
    expect(await offered(post.id)).toHaveLength(3);
  });

  it("tells nobody once it is taken, and not who took it", async () => {
    const { post, wait, release } = await covered(2);
    const [first, second] = [await wait(1, 1), await wait(1, 2)];
    await release();
    await claimPost({ ...first, now: minutesLater(ctx, 3).now }, asking(post.code, { quantity: 1 }));
    await round(minutesLater(ctx, 4));
    expect(await offered(post.id)).toEqual([second.person.id]);
    await claimPost({ ...second, now: minutesLater(ctx, 5).now }, asking(post.code, { quantity: 1 }));
    await round(minutesLater(ctx, 60));
    expect(await offered(post.id)).toHaveLength(1);
  });

  it("lets who sleeps keep their place, and goes on to who is awake", async () => {
    const { post, wait, release } = await covered(1);
    const hour = minutesLater(ctx, 10).now.getUTCHours();
    const asleep = await wait(1, 1, { timeZone: "UTC", quietFrom: hour, quietTo: (hour + 3) % 24 });
    const awake = await wait(1, 2);
    await release();
    await round(minutesLater(ctx, 10));
    expect(await offered(post.id)).toEqual([awake.person.id]);
    await round(minutesLater(ctx, 10 + 3 * 60));
    expect(await offered(post.id)).toEqual([awake.person.id, asleep.person.id]);
  });

  it("puts who asks again after their turn at the end of the line", async () => {
    const { post, wait, release, giver } = await covered(1);
    const [first, second] = [await wait(1, 1), await wait(1, 2)];
    await release();
    await round(minutesLater(ctx, 5));
    const again = await claimPost({ ...giver, now: minutesLater(ctx, 6).now }, asking(post.code));
    await joinWaitingList({ ...first, now: minutesLater(ctx, 7).now }, { code: post.code, quantity: 1 });
    await releaseClaim(giver, { id: again.id, reason: null });
    await round(minutesLater(ctx, 40));
    expect(await offered(post.id)).toEqual([first.person.id, second.person.id]);
  });
});
