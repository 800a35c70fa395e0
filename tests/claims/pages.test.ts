import { describe, expect, it } from "vitest";
import { etaChoices, said } from "#app/claims/eta.ts";
import { listMyClaims } from "#app/claims/my-claims.server.ts";
import { listPostClaims } from "#app/claims/post-claims.server.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { deliverClaim } from "#app/claims/deliver-claim.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { startClaim } from "#app/claims/start-claim.server.ts";
import { newToken } from "#app/core/ids.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import * as claimRoute from "../../app/routes/claims.$id.tsx";
import * as meRoute from "../../app/routes/me._index.tsx";
import * as sheetRoute from "../../app/routes/p.$code_.claims.tsx";
import { aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { asking, eventsOf, posted, postRow, somebody } from "./rows.ts";

const ctx = testCtx();
const answer = async (
  handler: unknown,
  as: PersonCtx | null,
  path: string,
  params: object,
  form?: Record<string, string>,
) =>
  readAnswer(
    await askRoute(ctx, handler, {
      as: as?.person ?? null,
      path,
      params: params as Record<string, string>,
      form,
      env: { RATE_LIMITS: "off" },
    }),
  );

describe("the claim sheet", () => {
  it("asks to sign in first, and comes back", async () => {
    const { code } = await posted(ctx);
    expect(await answer(sheetRoute.loader, null, `/p/${code}/claims`, { code })).toMatchObject({
      status: 303,
      to: `/sign-in?to=${encodeURIComponent(`/p/${code}/claims`)}`,
    });
  });

  it("makes one promise however often its form is sent", async () => {
    const need = await posted(ctx);
    const me = await somebody(ctx);
    const path = `/p/${need.code}/claims`;
    const { body } = await answer(sheetRoute.loader, me, path, need);
    const form = { key: body.form.idempotencyKey, quantity: "8", eta: body.form.etas[1].value, note: "by bike" };
    const sent = await Promise.all([1, 2, 3].map(() => answer(sheetRoute.action, me, path, need, form)));
    expect(new Set(sent.map(({ to }) => to)).size).toBe(1);
    expect(sent[0]).toMatchObject({ status: 303, to: expect.stringMatching(/^\/claims\/[0-9a-f-]{36}$/) });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 12 });
  });

  it.each<Record<string, string>>([
    { quantity: "0" },
    { quantity: "-3" },
    { quantity: "2.5" },
    { quantity: "many" },
    { quantity: "99999999999" },
    { eta: "soon" },
    { eta: "+275760-09-13T00:00:00.000Z" },
    { note: "x".repeat(501) },
    { key: "" },
  ])("keeps what was typed and says how to mend it: %j", async (typed) => {
    const need = await posted(ctx);
    const form = { key: newToken(), quantity: "5", note: "by bike", ...typed };
    const { status, body } = await answer(sheetRoute.action, await somebody(ctx), "/x", need, form);
    expect(status).toBe(422);
    expect(body.values).toMatchObject(form);
    expect(body.errors).toEqual({ [Object.keys(typed)[0]!]: expect.stringMatching(/^claims\.error\./) });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 20 });
  });

  it("says to whoever comes second what is left and who else waits", async () => {
    const group = await aGroup(ctx);
    const need = await posted(ctx, { groupId: group.id, quantity: 5 });
    for (let i = 0; i < 5; i++) await posted(ctx, { groupId: group.id });
    await claimPost(await somebody(ctx), asking(need.code, { quantity: 3 }));
    const form = { key: newToken(), quantity: "5" };
    const some = await answer(sheetRoute.action, await somebody(ctx), "/x", need, form);
    expect(some).toMatchObject({ status: 409, body: { lost: { remaining: 2 } } });
    expect(some.body.lost.others).toHaveLength(3);
    expect(some.body.lost.others.map((other: { code: string }) => other.code)).not.toContain(need.code);
  });
});

describe("a promise's page", () => {
  it("shows how to reach the other side to the claimer only, and records the look", async () => {
    const need = await posted(ctx);
    const me = await somebody(ctx);
    const { id } = await claimPost(me, asking(need.code));
    const path = `/claims/${id}`;
    const { body } = await answer(claimRoute.loader, me, path, { id });
    expect(body.contact).toMatchObject({ phone: null, email: null, hidden: true });
    expect(body.thread).toMatchObject({ claimId: id, open: true, number: null, said: [] });
    expect((await eventsOf(ctx, need.id)).at(-1)).toMatchObject({ type: "contact.seen", actor_id: me.person.id });
    for (const other of [await somebody(ctx), await signedInAs(ctx, { id: need.authorId })]) {
      expect(await answer(claimRoute.loader, other, path, { id })).toMatchObject({ status: 404 });
    }
    expect(await answer(claimRoute.loader, me, "/claims/1", { id: "1" })).toMatchObject({ status: 404 });
    expect(await answer(claimRoute.action, me, "/claims/1", { id: "1" }, { status: "released" })).toMatchObject({
      status: 404,
    });
  });

  it("takes each step, part of a delivery too, and says when a step is not possible", async () => {
    const need = await posted(ctx);
    const me = await somebody(ctx);
    const { id } = await claimPost(me, asking(need.code, { quantity: 8 }));
    const step = (form: Record<string, string>) => answer(claimRoute.action, me, `/claims/${id}`, { id }, form);
    expect(await step({ status: "on_the_way" })).toMatchObject({ status: 303, to: `/claims/${id}` });
    expect(await step({ status: "delivered", quantity: "5" })).toMatchObject({ status: 303 });
    expect(await step({ status: "released" })).toMatchObject({ status: 409, body: { problem: "wrong-step" } });
    expect(await step({ status: "flown" })).toMatchObject({ status: 422 });
    expect(await postRow(ctx, need.id)).toMatchObject({ remaining: 15 });
    const author = await signedInAs(ctx, { id: need.authorId });
    expect(await answer(claimRoute.action, author, "/x", { id }, { status: "confirmed" })).toMatchObject({
      to: `/p/${need.code}`,
    });
  });

  it("hands back with or without a reason", async () => {
    const need = await posted(ctx);
    const me = await somebody(ctx);
    const forms: Record<string, string>[] = [{}, { reason: "too_far" }, { reason: "<b>" }];
    const kept = await Promise.all(
      forms.map(async (form) => {
        const { id } = await claimPost(me, asking(need.code));
        const sent = await answer(claimRoute.action, me, "/x", { id }, { status: "released", ...form });
        expect(sent).toMatchObject({ status: 303 });
        const [row] = await ctx.db.sql`select release_reason from claims where id = ${id}::uuid`;
        return row!["release_reason"];
      }),
    );
    expect(kept).toEqual([null, "too_far", null]);
  });
});

describe("my page", () => {
  it("lists what is to be done by when it is due, and what is over apart", async () => {
    const me = await somebody(ctx);
    const claim = async (urgency: "urgent" | "soon" | "normal") =>
      (await claimPost(me, asking((await posted(ctx, { urgency })).code))).id;
    const [normal, urgent, soon, given, back] = [
      await claim("normal"),
      await claim("urgent"),
      await claim("soon"),
      await claim("soon"),
      await claim("soon"),
    ];
    await startClaim(me, { id: soon });
    await deliverClaim(me, { id: given, quantity: null });
    await releaseClaim(me, { id: back, reason: null });
    expect((await listMyClaims(me, "en")).map((c) => c.id)).toEqual([urgent, soon, normal, given]);
    expect((await listMyClaims(me, "en", { past: true })).map((c) => c.id)).toEqual([back]);
    const own = await posted(ctx, { authorId: me.person.id, title: "Firewood" });
    const { body } = await answer(meRoute.loader, me, "/me", {});
    expect(body.posts).toMatchObject([{ post: { code: own.code }, manage: expect.stringMatching(/^\/m\/[\w-]{22}$/) }]);
  });

  it("shows a promise on a post that was closed as over", async () => {
    const me = await somebody(ctx);
    const need = await posted(ctx);
    const { id } = await claimPost(me, asking(need.code));
    await ctx.db.sql`update posts set status = 'closed', closed_reason = 'withdrawn' where id = ${need.id}::uuid`;
    expect(await listMyClaims(me, "en")).toEqual([]);
    expect(await listMyClaims(me, "en", { past: true })).toMatchObject([{ id, over: true }]);
  });
});

describe("who helps with a post", () => {
  it("is told to its author and the coordinators, and to nobody else", async () => {
    const group = await aGroup(ctx);
    const need = await posted(ctx, { groupId: group.id });
    const helper = await aMember(ctx, group.id, { name: "Maria" });
    await claimPost(await signedInAs(ctx, helper), asking(need.code, { quantity: 8 }));
    const seen = (as: typeof ctx, token: string | null = null) => listPostClaims(as, { postId: need.id, token }, "en");
    const maria = { who: "Maria", quantity: 8, status: "promised" };
    expect(await seen(await signedInAs(ctx, { id: need.authorId }))).toMatchObject([{ ...maria, mayConfirm: true }]);
    expect(await seen(ctx, need.token)).toMatchObject([{ ...maria, mayConfirm: true }]);
    const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    expect(await seen(coordinator)).toMatchObject([{ ...maria, mayConfirm: false }]);
    for (const other of [ctx, await somebody(ctx), await signedInAs(ctx, await aMember(ctx, group.id))]) {
      expect(await seen(other)).toEqual([]);
    }
    expect(await seen(await signedInAs(ctx, helper))).toMatchObject([{ mine: true, mayConfirm: false }]);
    expect(await seen(ctx, "wrong")).toEqual([]);
  });
});

describe("times", () => {
  const now = new Date("2026-11-22T23:30:00Z"); // 18:30 in New York, 08:30 the next day in Tokyo

  it("are round, ahead and in order, wherever one is", () => {
    for (const zone of ["America/New_York", "Asia/Tokyo", "Asia/Kolkata", "Pacific/Auckland"]) {
      const moments = etaChoices(now, "en", zone).map(({ value }) => Date.parse(value));
      expect(moments).toEqual([...new Set(moments)].toSorted((a, b) => a - b));
      expect(moments[0]).toBeGreaterThan(now.getTime());
      expect(moments.length).toBeGreaterThan(4);
    }
    expect(etaChoices(now, "en", "America/New_York").slice(0, 3)).toMatchObject([
      { day: "today", time: "8:00 PM" },
      { day: "today", time: "9:00 PM" },
      { day: "tomorrow", time: "12:00 PM" },
    ]);
  });

  it("are said in the reader's own day", () => {
    expect(said(new Date("2026-11-23T01:00:00Z"), now, "en", "America/New_York").day).toBe("today");
    expect(said(new Date("2026-11-23T16:00:00Z"), now, "en", "Asia/Tokyo").day).toBe("tomorrow");
    expect(said(new Date("2026-11-20T16:00:00Z"), now, "es", "America/New_York")).toMatchObject({
      day: "other",
      date: "viernes, 20 de noviembre",
    });
  });

  it("stay right over a change of the clocks", () => {
    const evening = new Date("2026-10-31T22:00:00Z"); // 18:00 in New York, the night before winter time
    const noon = etaChoices(evening, "en", "America/New_York").find(({ day }) => day === "tomorrow");
    expect(noon).toMatchObject({ time: "12:00 PM", value: "2026-11-01T17:00:00.000Z" });
  });
});
