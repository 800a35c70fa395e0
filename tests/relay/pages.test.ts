import { describe, expect, it } from "vitest";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { blockRelay } from "#app/relay/block-relay.server.ts";
import { readThreads } from "#app/relay/read-threads.server.ts";
import { shareNumber } from "#app/relay/share-number.server.ts";
import * as claimRoute from "../../app/routes/claims.$id.tsx";
import * as claimMessages from "../../app/routes/claims.$id_.messages.tsx";
import * as manageRoute from "../../app/routes/m.$token.tsx";
import * as postMessages from "../../app/routes/m.$token_.messages.tsx";
import * as postRoute from "../../app/routes/p.$code.tsx";
import { aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aTalk, bodiesOf, say, ticking } from "./rows.ts";

const ctx = ticking(testCtx());
const answer = async (handler: unknown, as: PersonCtx | null, path: string, params: object, form?: object) =>
  readAnswer(
    await askRoute(ctx, handler, {
      as: as?.person ?? null,
      path,
      params: params as Record<string, string>,
      form: form as Record<string, string> | undefined,
    }),
  );

const saying = (words: string, key = newToken()) => ({ act: "say", words, key });

describe("writing to each other on the pages", () => {
  it("goes both ways: the claimer signed in, the author by the private link or signed in", async () => {
    const { post, claimId, claimer, author } = await aTalk(ctx);
    const maria = await signedInAs(ctx, claimer);
    const mine = { id: claimId };
    const sent = await answer(claimMessages.action, maria, `/claims/${claimId}/messages`, mine, saying("By 6?"));
    expect(sent).toMatchObject({ status: 303, to: `/claims/${claimId}#talk-${claimId}` });
    const path = `/m/${post.token}/messages?claim=${claimId}`;
    const back = await answer(postMessages.action, null, path, { token: post.token }, saying("Yes, thank you"));
    expect(back).toMatchObject({ status: 303, to: `/m/${post.token}#talk-${claimId}` });
    const ana = await signedInAs(ctx, author);
    expect(await answer(claimMessages.action, ana, "/x", mine, saying("Ring twice"))).toMatchObject({
      to: `/p/${post.code}#talk-${claimId}`,
    });
    const said = [
      ["By 6?", true],
      ["Yes, thank you", false],
      ["Ring twice", false],
    ];
    const lines = (thread: { said: { words: string; mine: boolean }[] }, flip = false) =>
      thread.said.map(({ words, mine: own }) => [words, own !== flip]);
    expect(lines((await answer(claimRoute.loader, maria, "/x", mine)).body.thread)).toEqual(said);
    const managed = await answer(manageRoute.loader, null, "/x", { token: post.token });
    expect(lines(managed.body.threads[0], true)).toEqual(said);
    expect(lines((await answer(postRoute.loader, ana, "/x", { code: post.code })).body.threads[0], true)).toEqual(said);
    expect(await bodiesOf(ctx, claimer.id)).toHaveLength(2);
  });

  it("opens to the two sides only; a coordinator learns that they write, never what", async () => {
    const { post, claimId, claimer } = await aTalk(ctx);
    await say(ctx, claimer.id, "between us");
    const path = `/claims/${claimId}/messages`;
    const coordinator = await signedInAs(ctx, await aMember(ctx, post.groupId, { role: "coordinator" }));
    const other = await aTalk(ctx);
    for (const stranger of [
      coordinator,
      await signedInAs(ctx, await aPerson(ctx)),
      await signedInAs(ctx, other.claimer),
    ]) {
      expect(await answer(claimMessages.loader, stranger, path, { id: claimId })).toMatchObject({ status: 404 });
      const tried = await answer(claimMessages.action, stranger, path, { id: claimId }, saying("hello"));
      expect(tried).toMatchObject({ status: 404 });
    }
    const link = (token: string, claim: string) =>
      answer(postMessages.loader, null, `/m/${token}/messages?claim=${claim}`, { token });
    expect(await link(post.token, claimId)).toMatchObject({ status: 200 });
    for (const [token, claim] of [
      [other.post.token, claimId],
      [post.token, other.claimId],
      [post.token, ""],
      ["x", claimId],
    ]) {
      expect(await link(token!, claim!)).toMatchObject({ status: 404 });
    }
    const seen = await answer(claimRoute.loader, coordinator, "/x", { id: claimId });
    expect(seen.body).toMatchObject({ thread: null, theyTalk: true });
    expect(JSON.stringify(seen.body)).not.toContain("between us");
    const post404 = await answer(postRoute.loader, coordinator, "/x", { code: post.code });
    expect(JSON.stringify(post404.body)).not.toContain("between us");
    expect(await answer(claimMessages.loader, null, path, { id: claimId })).toMatchObject({ status: 303 });
  });

  it("keeps what was typed when it cannot be sent, and says why", async () => {
    const { claimId, claimer, author } = await aTalk(ctx);
    const maria = await signedInAs(ctx, claimer);
    const send = (form: object) => answer(claimMessages.action, maria, "/x", { id: claimId }, form);
    expect(await send(saying(" \n"))).toMatchObject({ status: 422, body: { fault: { message: "relay.error.words" } } });
    const long = "x".repeat(1_601);
    expect(await send(saying(long))).toMatchObject({ status: 422, body: { fault: { words: long } } });
    expect(await send({ act: "shout" })).toMatchObject({ status: 422 });
    const key = newToken();
    await Promise.all([1, 2, 3].map(() => send(saying("once", key))));
    const [thread] = await readThreads(ctx, { personId: claimer.id, claimId }, "en");
    expect(thread!.said).toHaveLength(1);
    // Whether a key that came twice counts twice depends on who is quicker.
    for (let n = 1; n < 31; n++) await say(ctx, claimer.id, `word ${n}`).catch(() => undefined);
    expect(await send(saying("one more"))).toMatchObject({
      status: 422,
      body: { fault: { words: "one more", message: "relay.error.many" } },
    });
    await blockRelay(ctx, { personId: author.id, code: null });
    expect(await send(saying("are you there?"))).toMatchObject({
      status: 422,
      body: { fault: { words: "are you there?", message: "relay.thread.ended" } },
    });
    const [short] = await readThreads(ctx, { personId: claimer.id, claimId }, "en");
    expect([short!.open, short!.reported, short!.said.length, short!.earlier]).toEqual([false, false, 6, 22]);
  });

  it("shows no number before both share, also in words and names, and both after", async () => {
    const author = await aPerson(ctx, { name: "Ana 555-010-0142" });
    const { post, claimId, claimer } = await aTalk(ctx, { author });
    const maria = await signedInAs(ctx, claimer);
    await say(ctx, author.id, `call ${author.phone} or ana@example.org`);
    const read = async () => JSON.stringify((await answer(claimRoute.loader, maria, "/x", { id: claimId })).body);
    const before = await read();
    expect(before).toContain("call (hidden) or (hidden)");
    expect(before).not.toMatch(/555-010-0142|example\.org/);
    expect(before).not.toContain(author.phone);
    const act = (form: object) => answer(claimMessages.action, maria, "/x", { id: claimId }, form);
    expect(await act({ act: "share" })).toMatchObject({ status: 303 });
    expect(await read()).not.toContain(author.phone);
    await shareNumber(ctx, { personId: author.id, code: post.code });
    const { body } = await answer(claimRoute.loader, maria, "/x", { id: claimId });
    expect(body).toMatchObject({ contact: { phone: author.phone, hidden: false }, thread: { number: author.phone } });
    const managed = await answer(manageRoute.loader, null, "/x", { token: post.token });
    expect(managed.body.threads[0]).toMatchObject({ number: claimer.phone });
    expect(body.thread.said[0].words).toBe("call (hidden) or (hidden)");
  });

  it("ends with BLOCK and with REPORT, by buttons; a second tap finds it done", async () => {
    for (const act of ["block", "report"]) {
      const { post, claimId, claimer } = await aTalk(ctx);
      await say(ctx, claimer.id, "hello");
      const path = `/m/${post.token}/messages?claim=${claimId}`;
      for (const _tap of [1, 2]) {
        expect(await answer(postMessages.action, null, path, { token: post.token }, { act })).toMatchObject({
          status: 303,
        });
      }
      const [theirs] = await readThreads(ctx, { personId: claimer.id, claimId }, "en");
      expect(theirs).toMatchObject({ open: false, reported: false });
      const managed = await answer(manageRoute.loader, null, "/x", { token: post.token });
      expect(managed.body.threads[0]).toMatchObject({ open: false, reported: act === "report" });
    }
  });
});
