import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { joinWaitingList } from "#app/claims/join-waiting-list.server.ts";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import * as extensionsRoute from "../../app/routes/claims.$id_.extensions.ts";
import * as linkRoute from "../../app/routes/m.$token.tsx";
import * as meRoute from "../../app/routes/me._index.tsx";
import * as postRoute from "../../app/routes/p.$code.tsx";
import * as waitingRoute from "../../app/routes/p.$code_.waiting.ts";
import * as answersRoute from "../../app/routes/questions.$id_.answers.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asking, posted, somebody } from "#tests/claims/rows.ts";
import { claimRow, count, later, questionsOf, tick, typesOf } from "./rows.ts";

/** The pages read the present, so what is asked here began some hours ago. */
const ctx = testCtx();
type Sent = { as?: PersonCtx; params?: Record<string, string>; form?: Record<string, string>; search?: string };

const answer = async (handler: unknown, { as, params, form, search = "" }: Sent) =>
  readAnswer(
    await askRoute(ctx, handler, {
      as: as?.person ?? null,
      path: `/x${search}`,
      ...(params && { params }),
      form,
      env: { RATE_LIMITS: "off" },
    }),
  );

async function promised(hoursAgo: number, quantity = 4) {
  const then: Ctx = later(ctx, -hoursAgo);
  const post = await posted(then, { urgency: "soon", quantity: 20 });
  const me = await somebody(then);
  const claim = await claimPost(me, asking(post.code, { quantity }));
  return { post, me, id: claim.id };
}

describe("my page", () => {
  it("asks, takes the answer of a button once, and says what came of it", async () => {
    const { post, me, id } = await promised(24.2);
    await tick(ctx);
    const page = await answer(meRoute.loader, { as: me });
    expect(page.body.questions).toMatchObject([{ kind: "still_good", code: post.code, claimId: id }]);
    const params = { id: page.body.questions[0].id };
    const sent = await Promise.all(
      [1, 2, 3].map(() => answer(answersRoute.action, { as: me, params, form: { answer: "2" } })),
    );
    for (const each of sent) expect(each).toMatchObject({ status: 303, to: "/me?answered=still_good.2" });
    expect(await answer(answersRoute.action, { as: me, params, form: { answer: "1" } })).toMatchObject({
      to: "/me?answered=still_good.2",
    });
    expect(count(await typesOf(ctx, post.id), "claim.released")).toBe(1);
    const after = await answer(meRoute.loader, { as: me, search: "?answered=still_good.2" });
    expect(after.body).toMatchObject({ questions: [], done: "questions.done.still_good.2" });
    expect((await answer(meRoute.loader, { as: me, search: "?answered=__proto__" })).body.done).toBeNull();
  });

  it("takes no answer from others, nor one that is none", async () => {
    const { post, me, id } = await promised(24.2);
    await tick(ctx);
    const [question] = await questionsOf(ctx, post.id);
    const params = { id: question!.id };
    const other = await somebody(ctx);
    expect((await answer(answersRoute.action, { as: other, params, form: { answer: "2" } })).status).toBe(404);
    expect((await answer(answersRoute.action, { as: me, params, form: { answer: "3" } })).status).toBe(422);
    expect((await answer(answersRoute.action, { as: me, params: { id: "1" }, form: { answer: "1" } })).status).toBe(
      404,
    );
    expect((await answer(answersRoute.action, { params, form: { answer: "1" } })).status).toBe(303);
    expect((await claimRow(ctx, id)).status).toBe("promised");
  });

  it("lets a late promise be put off, once for two taps", async () => {
    const { post, me, id } = await promised(24.2);
    const sent = () => answer(extensionsRoute.action, { as: me, params: { id }, form: {} });
    for (const each of await Promise.all([sent(), sent()]))
      expect(each).toMatchObject({ status: 303, to: `/claims/${id}` });
    expect(count(await typesOf(ctx, post.id), "claim.extended")).toBe(1);
    expect((await answer(extensionsRoute.action, { as: await somebody(ctx), params: { id }, form: {} })).status).toBe(
      404,
    );
  });
});

describe("the private link", () => {
  it("asks whether it came, and takes the answer for this post only", async () => {
    const { post, me, id } = await promised(5);
    await deliverClaim({ ...me, now: later(ctx, -3).now }, { id, quantity: null });
    await tick(ctx);
    const params = { token: post.token };
    const { body } = await answer(linkRoute.loader, { params });
    expect(body.questions).toMatchObject([{ kind: "got_it", claimId: id }]);
    const form = { act: "answer", question: body.questions[0].id, answer: "1" };
    const other = await posted(ctx, { authorId: post.authorId });
    expect((await answer(linkRoute.action, { params: { token: other.token }, form })).status).toBe(404);
    expect((await claimRow(ctx, id)).status).toBe("delivered");
    expect(await answer(linkRoute.action, { params, form })).toMatchObject({
      status: 303,
      to: `/m/${post.token}?answered=got_it.1`,
    });
    expect((await claimRow(ctx, id)).status).toBe("confirmed");
    const after = await answer(linkRoute.loader, { params, search: "?answered=got_it.1" });
    expect(after.body).toMatchObject({ questions: [], done: "questions.done.got_it.1" });
  });
});

describe("a covered post", () => {
  it("can be waited for by whoever is signed in and came too late", async () => {
    const { post, me } = await promised(1, 20);
    const late = await somebody(ctx);
    const params = { code: post.code };
    const shown = async (as?: PersonCtx) => (await answer(postRoute.loader, { as, params })).body.waiting;
    expect(await shown()).toBeNull();
    expect(await shown(me)).toBeNull();
    expect(await shown(late)).toBe(false);
    expect(await answer(waitingRoute.action, { as: late, params, form: { act: "join" } })).toMatchObject({
      status: 303,
      to: `/p/${post.code}`,
    });
    expect(await shown(late)).toBe(true);
    await answer(waitingRoute.action, { as: late, params, form: { act: "leave" } });
    expect(await shown(late)).toBe(false);
    expect(await joinWaitingList(late, { code: post.code, quantity: 3 })).toMatchObject({ state: "waiting" });
  });
});
