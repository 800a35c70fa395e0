import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { answerQuestion } from "#app/questions/answer-question.server.ts";
import { openQuestions } from "#app/questions/open-questions.server.ts";
import { aCategory, aGroup, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asking, posted, postRow, somebody } from "#tests/claims/rows.ts";
import { count, later, questionsOf, ticks, typesOf } from "./rows.ts";

const ctx = testCtx();
const days = (n: number) => later(ctx, n * 24);

describe("do you need it again?", () => {
  async function metForNow(given: Parameters<typeof aPerson>[1] = {}) {
    const author = await aPerson(ctx, given);
    const post = await posted(ctx, { authorId: author.id });
    const me = await signedInAs(ctx, author);
    await closePost(me, { code: post.code, reason: "met_for_now", reopenInDays: 3 });
    return { post, author };
  }
  const ask = async (now: Ctx, personId: string) => (await openQuestions(now, personId))[0]!;

  it("is asked when the days are over; yes puts it back up at once", async () => {
    const { post, author } = await metForNow();
    await ticks(days(2.9));
    expect(await questionsOf(ctx, post.id)).toHaveLength(0);
    await ticks(days(3.01));
    expect((await postRow(ctx, post.id)).status).toBe("closed");
    const { id } = await ask(days(3.01), author.id);
    const say = () => answerQuestion(days(3.1), { id, personId: author.id, answer: 1 });
    await Promise.all([say(), say()]);
    expect((await postRow(ctx, post.id)).status).toBe("open");
    expect(count(await typesOf(ctx, post.id), "post.reopened")).toBe(1);
  });

  it("no leaves it closed for good", async () => {
    const { post, author } = await metForNow();
    await ticks(days(3.01));
    const { id } = await ask(days(3.01), author.id);
    expect(await answerQuestion(days(3.1), { id, personId: author.id, answer: 2 })).toMatchObject({ answer: 2 });
    expect(await answerQuestion(days(3.1), { id, personId: author.id, answer: 1 })).toMatchObject({ answer: 2 });
    await ticks(days(9));
    expect((await postRow(ctx, post.id)).status).toBe("closed");
    expect(await questionsOf(ctx, post.id)).toHaveLength(1);
  });

  it("silence of a day brings it back, as was promised, once", async () => {
    const { post } = await metForNow();
    await ticks(days(3.01));
    await ticks(days(3.9));
    expect((await postRow(ctx, post.id)).status).toBe("closed");
    await ticks(days(4.1));
    expect((await postRow(ctx, post.id)).status).toBe("open");
    expect(count(await typesOf(ctx, post.id), "post.reopened")).toBe(1);
  });

  it("is not put to who cannot be texted: it comes back by itself", async () => {
    const stopped = await metForNow();
    await recordConsent(ctx, { phoneLookup: stopped.author.phoneLookup, action: "out", source: "keyword" });
    const none = await metForNow();
    await ctx.db.sql`update people set phone_sealed = null, phone_lookup = null where id = ${none.author.id}::uuid`;
    await ticks(days(3.01));
    for (const { post } of [stopped, none]) {
      expect((await postRow(ctx, post.id)).status).toBe("open");
      expect(await questionsOf(ctx, post.id)).toHaveLength(0);
    }
  });

  it("is asked again after it was met once more", async () => {
    const { post, author } = await metForNow();
    await ticks(days(3.01));
    await ticks(days(4.1));
    await closePost(await signedInAs(days(5), author), { code: post.code, reason: "met_for_now", reopenInDays: 2 });
    await ticks(days(7.1));
    expect((await questionsOf(ctx, post.id)).map(({ kind }) => kind)).toEqual(["need_again", "need_again"]);
  });
});

describe("do you still need it?", () => {
  async function aWeek(given: Parameters<typeof aPost>[1] | object = {}) {
    const group = await aGroup(ctx);
    const { id: categoryId } = await aCategory(ctx, group.id, { expiryHours: 7 * 24 });
    const author = await aPerson(ctx);
    const post = await aPost(ctx, { groupId: group.id, categoryId, authorId: author.id, ...given });
    return { post, author };
  }

  it("is asked a tenth of its time before the end, once; silence closes it", async () => {
    const { post, author } = await aWeek();
    await ticks(days(6.2));
    expect(await questionsOf(ctx, post.id)).toHaveLength(0);
    await ticks(days(6.4));
    await ticks(days(6.9));
    expect(await openQuestions(days(6.9), author.id)).toMatchObject([{ kind: "still_needed", code: post.code }]);
    await ticks(days(7.2));
    expect(await postRow(ctx, post.id)).toMatchObject({ status: "closed", closed_reason: "expired" });
    expect(await questionsOf(ctx, post.id)).toMatchObject([{ answer: null, closedAt: expect.any(Date) }]);
  });

  it("yes keeps it up for its category's time, and then it is asked again", async () => {
    const { post, author } = await aWeek();
    await ticks(days(6.4));
    const [question] = await openQuestions(days(6.4), author.id);
    const say = () => answerQuestion(days(6.5), { id: question!.id, personId: author.id, answer: 1 });
    await Promise.all([say(), say(), say()]);
    expect(count(await typesOf(ctx, post.id), "post.extended")).toBe(1);
    await ticks(days(13));
    expect((await postRow(ctx, post.id)).status).toBe("open");
    await ticks(days(13.4));
    expect(await openQuestions(days(13.4), author.id)).toHaveLength(1);
    await ticks(days(13.6));
    expect((await postRow(ctx, post.id)).status).toBe("open");
    await ticks(days(14.5));
    expect((await postRow(ctx, post.id)).status).toBe("closed");
  });

  it("no takes it back", async () => {
    const { post, author } = await aWeek();
    await ticks(days(6.4));
    const [question] = await openQuestions(days(6.4), author.id);
    await answerQuestion(days(6.5), { id: question!.id, personId: author.id, answer: 2 });
    expect(await postRow(ctx, post.id)).toMatchObject({ status: "closed", closed_reason: "withdrawn" });
  });

  it("gives the whole time also to who sleeps, or after the clock stood still", async () => {
    const { post, author } = await aWeek();
    await ctx.db.sql`
      update people set time_zone = 'UTC', quiet_from = ${(days(7.1).now.getUTCHours() + 23) % 24}::smallint,
        quiet_to = ${(days(7.1).now.getUTCHours() + 10) % 24}::smallint where id = ${author.id}::uuid`;
    await ticks(days(7.1));
    expect((await postRow(ctx, post.id)).status).toBe("open");
    await ticks(days(7.1 + 9 / 24));
    expect((await postRow(ctx, post.id)).status).toBe("open");
    await ticks(days(7.1 + 30 / 24));
    expect((await postRow(ctx, post.id)).status).toBe("closed");
    expect(await questionsOf(ctx, post.id)).toHaveLength(1);
  });

  it("is not asked while somebody is on it, nor about an offer that ends with its window", async () => {
    const promised = await aWeek();
    await claimPost(await somebody(days(6.3)), asking(promised.post.code));
    const offer = await aWeek({ kind: "offer", windowEnd: days(6.5).now });
    await ticks(days(6.4));
    for (const { post } of [promised, offer]) expect(await questionsOf(ctx, post.id)).toHaveLength(0);
    await ticks(days(6.6));
    expect((await postRow(ctx, offer.post.id)).status).toBe("closed");
  });
});
