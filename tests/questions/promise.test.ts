import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { answerQuestion, finishAnswers } from "#app/questions/answer-question.server.ts";
import { closeQuestions } from "#app/questions/close-questions.server.ts";
import { openQuestions } from "#app/questions/open-questions.server.ts";
import { aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { faultsOf } from "#tests/claims/checker.ts";
import { asking, posted, postRow, somebody } from "#tests/claims/rows.ts";
import { textsTo } from "#tests/waves/rows.ts";
import { at, claimRow, count, later, questionsOf, ticks, typesOf } from "./rows.ts";

const ctx = testCtx();

async function promised(given: Parameters<typeof posted>[1] = {}, me = somebody(ctx)) {
  const post = await posted(ctx, { urgency: "soon", ...given });
  const claimer = await me;
  const claim = await claimPost(claimer, asking(post.code, { quantity: 8 }));
  return { post, me: claimer, author: await signedInAs(ctx, { id: post.authorId }), id: claim.id };
}

describe("half way", () => {
  it("reminds whoever promised, once, however many clocks there are", async () => {
    const { post, me, id } = await promised();
    await ticks(later(ctx, 11.9));
    expect(await typesOf(ctx, post.id)).toEqual(["post.claimed"]);
    await ticks(later(ctx, 12.1));
    await ticks(later(ctx, 13));
    expect(await typesOf(ctx, post.id)).toEqual(["post.claimed", "claim.nudged"]);
    expect((await claimRow(ctx, id)).nudgeAt).toBeNull();
    await fanOut(later(ctx, 13));
    expect((await textsTo(ctx, me.person.id, "nudge")).map(({ body }) => body)).toEqual([
      expect.stringContaining(`DROP ${post.code}`),
    ]);
  });

  it("leaves alone who is on the way, and who would read it only when asked anyway", async () => {
    const moving = await promised();
    await startClaim(moving.me, { id: moving.id });
    const now = new Date("2026-03-04T22:30:00-05:00");
    const night = at(ctx, now);
    const asleep = await signedInAs(night, await aPerson(night, { quietFrom: 21, quietTo: 8 }));
    const post = await posted(night, { urgency: "urgent" });
    await claimPost(at(asleep, now), asking(post.code));
    await ticks(later(night, 2.1));
    await ticks(later(ctx, 13));
    expect(await typesOf(ctx, moving.post.id)).not.toContain("claim.nudged");
    expect(await typesOf(ctx, post.id)).not.toContain("claim.nudged");
  });
});

describe("still good?", () => {
  it("is asked once at the due time, and silence lapses kindly on both sides", async () => {
    const { post, me, id } = await promised();
    await ticks(later(ctx, 23.9));
    expect(await questionsOf(ctx, post.id)).toHaveLength(0);
    const asked = later(ctx, 24.1);
    await ticks(asked);
    const [question, ...more] = await questionsOf(ctx, post.id);
    expect(more).toEqual([]);
    expect(question).toMatchObject({ kind: "still_good", personId: me.person.id, claimId: id, closedAt: null });
    expect(await openQuestions(asked, me.person.id)).toEqual([
      { id: question!.id, kind: "still_good", code: post.code, postKind: "need", title: "Hot meals", claimId: id },
    ]);
    await fanOut(asked);
    expect(await textsTo(ctx, me.person.id, "ask_still_good")).toMatchObject([
      { body: expect.stringContaining("Reply 1 yes, 2 let it go"), segments: 1 },
    ]);

    await ticks(later(ctx, 30));
    expect((await claimRow(ctx, id)).status).toBe("promised");
    await ticks(later(ctx, 30.3));
    await ticks(later(ctx, 31));
    expect((await claimRow(ctx, id)).status).toBe("lapsed");
    expect(count(await typesOf(ctx, post.id), "claim.lapsed")).toBe(1);
    expect(await questionsOf(ctx, post.id)).toMatchObject([{ answer: null, closedAt: expect.any(Date) }]);
    await fanOut(later(ctx, 31));
    expect(await textsTo(ctx, me.person.id, "lapsed_thanks")).toMatchObject([
      { body: expect.stringContaining("thank you anyway") },
    ]);
    expect(await textsTo(ctx, post.authorId, "lapsed")).toHaveLength(1);
    expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
  });

  it("1 puts it off by half of its patience, three times, then by a quarter; answers and taps repeated are one", async () => {
    const { post, me, id } = await promised();
    let hours = 24;
    for (const [round, gained] of [12, 12, 12, 6, 6].entries()) {
      const now = later(ctx, hours + 0.1);
      await ticks(now);
      const [question] = await openQuestions(now, me.person.id);
      const say = () => answerQuestion(now, { id: question!.id, personId: me.person.id, answer: 1 });
      expect(await Promise.all([say(), say(), say()])).toEqual(
        Array.from({ length: 3 }, () => ({ kind: "still_good", answer: 1, code: post.code })),
      );
      await say();
      await extendClaim({ ...now, person: me.person }, { id });
      expect(count(await typesOf(ctx, post.id), "claim.extended")).toBe(round + 1);
      const { dueAt, lapsesAt } = await claimRow(ctx, id);
      expect(dueAt).toEqual(later(now, gained).now);
      expect(lapsesAt).toEqual(later(now, gained + 6).now);
      hours = (dueAt.getTime() - ctx.now.getTime()) / 3_600_000;
    }
    await ticks(later(ctx, hours + 0.1));
    const [last] = await openQuestions(later(ctx, hours + 0.1), me.person.id);
    await answerQuestion(later(ctx, hours + 0.1), { id: last!.id, personId: me.person.id, answer: 1 });
    expect((await claimRow(ctx, id)).askAt).toBeNull();
    await ticks(later(ctx, hours + 20));
    expect((await claimRow(ctx, id)).status).toBe("lapsed");
    expect(
      count(
        (await questionsOf(ctx, post.id)).map(({ kind }) => kind),
        "still_good",
      ),
    ).toBe(6);
  });

  it("2 lets it go; of a yes and a no at once the first counts, and the other hears it", async () => {
    for (let round = 0; round < 5; round++) {
      const { post, me, id } = await promised();
      const now = later(ctx, 24.1);
      await ticks(now);
      const [question] = await openQuestions(now, me.person.id);
      const answers = await Promise.all(
        ([1, 2] as const).map((answer) => answerQuestion(now, { id: question!.id, personId: me.person.id, answer })),
      );
      expect(answers[0]).toEqual(answers[1]);
      const types = await typesOf(ctx, post.id);
      expect(count(types, "claim.extended") + count(types, "claim.released")).toBe(1);
      expect((await claimRow(ctx, id)).status).toBe(answers[0]!.answer === 1 ? "promised" : "released");
      expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
    }
  });

  it("is nobody else's to answer, and says so when it is over", async () => {
    const { post, me, id } = await promised();
    const now = later(ctx, 24.1);
    await ticks(now);
    const [question] = await openQuestions(now, me.person.id);
    const other = await somebody(ctx);
    const asked = { id: question!.id, answer: 2 as const };
    await expect(answerQuestion(now, { ...asked, personId: other.person.id })).rejects.toMatchObject({
      kind: "not-found",
    });
    await deliverClaim({ ...now, person: me.person }, { id, quantity: null });
    expect(await openQuestions(now, me.person.id)).toEqual([]);
    expect(await answerQuestion(now, { ...asked, personId: me.person.id })).toEqual({
      kind: "still_good",
      answer: null,
      code: post.code,
    });
    expect((await claimRow(ctx, id)).status).toBe("delivered");
  });

  it("is finished by the clock when its worker died between the answer and its effect", async () => {
    const { me, id, post } = await promised();
    const now = later(ctx, 24.1);
    await ticks(now);
    await ctx.db.sql`update questions set answer = 2 where post_id = ${post.id}::uuid`;
    expect(await openQuestions(now, me.person.id)).toEqual([]);
    await Promise.all([finishAnswers(now), finishAnswers(now)]);
    expect((await claimRow(ctx, id)).status).toBe("released");
    expect(await questionsOf(ctx, post.id)).toMatchObject([{ answer: 2, closedAt: now.now }]);
  });

  it("asks about two promises on one post one after the other, and neither lapses unasked", async () => {
    const { post, me } = await promised();
    await claimPost(me, asking(post.code, { quantity: 2 }));
    await ticks(later(ctx, 24.1));
    expect(await openQuestions(later(ctx, 24.1), me.person.id)).toHaveLength(1);
    await ticks(later(ctx, 30.05));
    expect(count(await typesOf(ctx, post.id), "claim.lapsed")).toBe(0);
    const second = later(ctx, 30.3);
    // One worker has ended the first question, and another comes by before the next is put.
    await closeQuestions(second);
    await lapseClaims(second);
    await lapseClaims(second);
    await ticks(second);
    await ticks(second);
    expect(count(await typesOf(ctx, post.id), "claim.lapsed")).toBe(1);
    expect(await openQuestions(second, me.person.id)).toHaveLength(1);
    await ticks(later(ctx, 36));
    expect(count(await typesOf(ctx, post.id), "claim.lapsed")).toBe(1);
    await ticks(later(ctx, 37));
    expect(count(await typesOf(ctx, post.id), "claim.lapsed")).toBe(2);
  });

  it.each([
    ["a usual night", "2026-03-04T21:30:00-05:00", "2026-03-05T08:00:00-05:00"],
    ["the night the clocks go forward", "2026-03-07T21:30:00-05:00", "2026-03-08T08:00:00-04:00"],
    ["the night they go back", "2026-10-31T21:30:00-04:00", "2026-11-01T08:00:00-05:00"],
  ])("that falls into %s waits for the morning, and the time of grace with it", async (_night, due, morning) => {
    const now = new Date(new Date(due).getTime() - 4 * 3_600_000);
    const then = at(ctx, now);
    const me = signedInAs(then, await aPerson(then, { quietFrom: 21, quietTo: 8, timeZone: "America/New_York" }));
    const post = await posted(then, { urgency: "urgent" });
    const claim = await claimPost(at(await me, now), asking(post.code));
    const asked = later(then, 4.01);
    await ticks(asked);
    await fanOut(asked);
    const wakes = new Date(morning);
    expect(await textsTo(ctx, (await me).person.id, "ask_still_good")).toMatchObject([{ notBefore: wakes }]);
    expect((await claimRow(ctx, claim.id)).lapsesAt).toEqual(later(at(ctx, wakes), 2).now);
    await ticks(later(at(ctx, wakes), 1.9));
    expect((await claimRow(ctx, claim.id)).status).toBe("promised");
    await ticks(later(at(ctx, wakes), 2.1));
    expect((await claimRow(ctx, claim.id)).status).toBe("lapsed");
  });
});

describe("did you get it?", () => {
  async function delivered() {
    const made = await promised();
    await deliverClaim(made.me, { id: made.id, quantity: 5 });
    const lead = await aMember(ctx, made.post.groupId, { role: "coordinator" });
    return { ...made, lead };
  }

  it("is asked after two hours and after a day, then coordinators hear of it, then silence is a yes", async () => {
    const { post, author, id, lead } = await delivered();
    await ticks(later(ctx, 1.9));
    expect(await questionsOf(ctx, post.id)).toHaveLength(0);
    await ticks(later(ctx, 2.1));
    await ticks(later(ctx, 20));
    await fanOut(later(ctx, 20));
    expect(await textsTo(ctx, author.person.id, "ask_got_it")).toMatchObject([
      { body: expect.stringContaining("did you get 5 items") },
    ]);
    await ticks(later(ctx, 24.1));
    await ticks(later(ctx, 35));
    expect(await questionsOf(ctx, post.id)).toMatchObject([
      { kind: "got_it", answer: null, closedAt: expect.any(Date) },
      { kind: "got_it", closedAt: null },
    ]);
    await ticks(later(ctx, 36.1));
    await ticks(later(ctx, 37));
    expect(count(await typesOf(ctx, post.id), "claim.unconfirmed")).toBe(1);
    await fanOut(later(ctx, 37));
    expect(await textsTo(ctx, lead.id, "unconfirmed")).toMatchObject([
      { body: expect.stringContaining("did not say if it came") },
    ]);
    await ticks(later(ctx, 48));
    expect((await claimRow(ctx, id)).status).toBe("delivered");
    await ticks(later(ctx, 48.2));
    expect((await claimRow(ctx, id)).status).toBe("confirmed");
    expect(await questionsOf(ctx, post.id)).toHaveLength(2);
    expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
  });

  it("never counts silence as a yes before coordinators had half a day, even where the clock stood still", async () => {
    const { post, id } = await delivered();
    for (let hours = 60; hours < 96; hours += 2) {
      await ticks(later(ctx, hours));
      const types = await typesOf(ctx, post.id);
      if (types.includes("claim.confirmed")) {
        const [row] = await ctx.db.sql<{ apart: number }[]>`
          select extract(epoch from max(at) filter (where type = 'claim.confirmed') - max(at) filter (where type = 'claim.unconfirmed'))
            ::float / 3600 as apart from events where post_id = ${post.id}::uuid`;
        expect(row!.apart).toBeGreaterThanOrEqual(12);
        return;
      }
    }
    expect((await claimRow(ctx, id)).status).toBe("confirmed");
  });

  it("1 confirms", async () => {
    const { post, author, id } = await delivered();
    const now = later(ctx, 2.1);
    await ticks(now);
    const [question] = await openQuestions(now, author.person.id);
    const say = () => answerQuestion(now, { id: question!.id, personId: author.person.id, answer: 1 });
    await Promise.all([say(), say()]);
    expect((await claimRow(ctx, id)).status).toBe("confirmed");
    expect(await postRow(ctx, post.id)).toMatchObject({ confirmed: 5, remaining: 15 });
    expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
  });

  it("2 opens it again, tells who brought it kindly and the coordinators", async () => {
    const { post, author, me, id, lead } = await delivered();
    const now = later(ctx, 2.1);
    await ticks(now);
    const [question] = await openQuestions(now, author.person.id);
    const say = () => answerQuestion(now, { id: question!.id, personId: author.person.id, answer: 2 });
    await Promise.all([say(), say(), say()]);
    expect(await claimRow(ctx, id)).toMatchObject({ status: "released", reason: "not_arrived", askAt: null });
    expect(await postRow(ctx, post.id)).toMatchObject({ confirmed: 0, remaining: 20 });
    await fanOut(now);
    expect(await textsTo(ctx, me.person.id, "not_arrived")).toMatchObject([
      { body: expect.stringContaining("Thank you for your help") },
    ]);
    expect(await textsTo(ctx, lead.id, "unconfirmed")).toMatchObject([
      { body: expect.stringContaining("did not come") },
    ]);
    expect(await textsTo(ctx, author.person.id, "released")).toEqual([]);
    expect(await faultsOf(ctx.db.sql, post.id)).toEqual([]);
  });
});
