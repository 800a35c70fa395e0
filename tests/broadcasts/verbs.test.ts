import { describe, expect, test } from "vitest";
import { approveBroadcast, reviseBroadcast } from "#app/broadcasts/approve-broadcast.server.ts";
import { EVERYBODY } from "#app/broadcasts/audience.ts";
import { NEEDS_A_SECOND_ABOVE } from "#app/broadcasts/broadcast.ts";
import { getBroadcast } from "#app/broadcasts/get-broadcast.server.ts";
import { listBroadcasts } from "#app/broadcasts/list-broadcasts.server.ts";
import { saveDraft, saveWords } from "#app/broadcasts/save-draft.server.ts";
import { pauseBroadcast, resumeBroadcast, stopBroadcast } from "#app/broadcasts/steer-broadcast.server.ts";
import { submitBroadcast } from "#app/broadcasts/submit-broadcast.server.ts";
import { testToMe } from "#app/broadcasts/test-to-me.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { aGroup, aMember, aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aCrew, aDraft, aSending, broadcastRow, manyVolunteers } from "./rows.ts";

const ctx = testCtx();
const kindOf = (error: unknown) => (error as { kind?: string }).kind ?? String(error);
const tried = (work: Promise<unknown>) => work.then(() => "done", kindOf);

describe("who may", () => {
  test("coordinators write to their own group, admins to any and to everybody; nobody else touches it", async () => {
    const { group, author, admin } = await aCrew(ctx);
    const other = await aGroup(ctx);
    const stranger = await signedInAs(ctx, await aMember(ctx, other.id, { role: "coordinator" }));
    const volunteer = await signedInAs(ctx, await aMember(ctx, group.id));
    const draft = await aDraft(author, { groupId: group.id });
    const everybody = await aDraft(admin, { groupId: null });
    const audience = EVERYBODY;

    for (const who of [stranger, volunteer]) {
      const { id } = draft;
      expect(await tried(saveDraft(who, { id: newId(), groupId: group.id, audience }))).toBe("not-allowed");
      expect(await tried(saveDraft(who, { id, groupId: group.id, audience }))).toBe("not-allowed");
      expect(await tried(saveWords(who, { id, words: { en: "Mine now" } }))).toBe("wrong-step");
      expect(await tried(getBroadcast(who, id, "en"))).toBe("not-found");
      expect(await tried(submitBroadcast(who, draft))).toBe("wrong-step");
      expect(await tried(stopBroadcast(who, draft))).toBe("wrong-step");
      expect((await listBroadcasts(who, "en")).map((one) => one.id)).not.toContain(id);
    }
    // A draft of another group cannot be pulled into one's own either.
    expect(await tried(saveDraft(stranger, { id: draft.id, groupId: other.id, audience }))).toBe("wrong-step");
    expect(await tried(saveDraft(author, { id: newId(), groupId: null, audience }))).toBe("not-allowed");
    expect(await tried(getBroadcast(author, everybody.id, "en"))).toBe("not-found");
    expect((await getBroadcast(author, draft.id, "en")).words).toEqual({ en: "We meet tonight at 7, at the library." });
    expect((await getBroadcast(admin, draft.id, "en")).groupName).toBe(group.name);
  });

  test("a form sent twice makes one draft", async () => {
    const { group, author } = await aCrew(ctx);
    const id = newId();
    await Promise.all([1, 2].map(() => saveDraft(author, { id, groupId: group.id, audience: EVERYBODY })));
    expect((await listBroadcasts(author, "en")).map((one) => one.id)).toEqual([id]);
  });
});

describe("letting go", () => {
  test("a small one goes at once, once, and only as it was seen", async () => {
    const { group, author } = await aCrew(ctx);
    await aMember(ctx, group.id);
    const draft = await aDraft(author, { groupId: group.id });
    const later = { ...author, now: new Date(ctx.now.getTime() + 1000) };
    await saveWords(later, { id: draft.id, words: { en: "Changed" } });
    expect(await tried(submitBroadcast(author, draft))).toBe("wrong-step");
    const seen = await getBroadcast(author, draft.id, "en");
    const both = await Promise.all([tried(submitBroadcast(author, seen)), tried(submitBroadcast(author, seen))]);
    expect(both.toSorted()).toEqual(["done", "wrong-step"]);
    expect(await broadcastRow(ctx, draft.id)).toMatchObject({ state: "sending", recipients: 1, segments: 1 });
    expect(await tried(saveWords(author, { id: draft.id, words: { en: "Too late" } }))).toBe("wrong-step");
  });

  test("no words, forbidden words or nobody to go to: nothing goes", async () => {
    const { group, author } = await aCrew(ctx);
    expect(await tried(submitBroadcast(author, await aDraft(author, { groupId: group.id })))).toBe("invalid-input");
    await aMember(ctx, group.id);
    for (const en of ["", "Hello {name}", "See https://evil.example/x"]) {
      const draft = await aDraft(author, { groupId: group.id, words: { en } });
      expect(await tried(submitBroadcast(author, draft)), en).toBe("invalid-input");
    }
  });

  test(`above ${NEEDS_A_SECOND_ABOVE} people somebody else must, once, and never who sent it`, async () => {
    const { group, author, second, admin } = await aCrew(ctx);
    await manyVolunteers(ctx, group.id, NEEDS_A_SECOND_ABOVE + 1, `second ${group.id}`);
    const draft = await aDraft(author, { groupId: group.id });
    expect(await submitBroadcast(author, draft)).toBe("waiting");
    const waiting = await getBroadcast(second, draft.id, "en");
    expect(await tried(approveBroadcast(author, waiting))).toBe("wrong-step");
    expect(await tried(approveBroadcast(second, { ...waiting, version: waiting.version - 1 }))).toBe("wrong-step");
    const race = await Promise.all([second, admin, second].map((who) => tried(approveBroadcast(who, waiting))));
    expect(race.toSorted()).toEqual(["done", "wrong-step", "wrong-step"]);
    const row = await getBroadcast(author, draft.id, "en");
    expect(row).toMatchObject({ state: "sending", recipients: NEEDS_A_SECOND_ABOVE + 1 });
    expect([second.person.id, admin.person.id]).toContain(row.approver?.id);
  });

  test("whoever sends somebody else's draft cannot let it go themselves; exactly the limit needs nobody", async () => {
    const { group, author, second } = await aCrew(ctx);
    await manyVolunteers(ctx, group.id, NEEDS_A_SECOND_ABOVE, `limit ${group.id}`);
    const small = await aDraft(author, { groupId: group.id });
    expect(await submitBroadcast(author, small)).toBe("sending");
    await manyVolunteers(ctx, group.id, 1, `one more ${group.id}`);
    const draft = await aDraft(author, { groupId: group.id });
    expect(await submitBroadcast(second, draft)).toBe("waiting");
    const waiting = await getBroadcast(author, draft.id, "en");
    expect(await tried(approveBroadcast(second, waiting))).toBe("wrong-step");
    await reviseBroadcast(second, waiting);
    expect((await broadcastRow(ctx, draft.id)).state).toBe("draft");
    expect(await tried(approveBroadcast(author, waiting))).toBe("wrong-step");
  });
});

test("steps that do not follow are refused", async () => {
  const { group, author } = await aCrew(ctx);
  await aMember(ctx, group.id);
  const draft = await aDraft(author, { groupId: group.id });
  for (const verb of [pauseBroadcast, resumeBroadcast, stopBroadcast, reviseBroadcast])
    expect(await tried(verb(author, draft))).toBe("wrong-step");
  const sending = await aSending(author, { groupId: group.id });
  expect(await tried(resumeBroadcast(author, sending))).toBe("wrong-step");
  await pauseBroadcast(author, sending);
  expect(await tried(pauseBroadcast(author, sending))).toBe("wrong-step");
  await resumeBroadcast(author, sending);
  await stopBroadcast(author, sending);
  for (const verb of [pauseBroadcast, resumeBroadcast, stopBroadcast])
    expect(await tried(verb(author, sending))).toBe("wrong-step");
});

describe("a test to oneself", () => {
  const texts = (who: PersonCtx) => ctx.db.sql<{ id: string; lane: number; body_sealed: string }[]>`
    select id, lane, body_sealed from outbox where person_id = ${who.person.id}::uuid`;

  test("is the very text, at once, and one however often the form is sent", async () => {
    const { group, author } = await aCrew(ctx);
    const draft = await aDraft(author, { groupId: group.id });
    const key = newId();
    await Promise.all([1, 2, 3].map(() => testToMe(author, draft, { locale: "en", first: false, key })));
    const [text, ...more] = await texts(author);
    expect(more).toEqual([]);
    expect(text!.lane).toBe(1);
    expect(ctx.seal.open(text!.body_sealed, { table: "outbox", column: "body_sealed", row: text!.id })).toBe(
      `${group.name}: We meet tonight at 7, at the library.`,
    );
  });

  test("goes to nobody who said STOP", async () => {
    const group = await aGroup(ctx);
    const person = await aPerson(ctx);
    await aMember(ctx, group.id, { personId: person.id, role: "coordinator" });
    const author = await signedInAs(ctx, person);
    const draft = await aDraft(author, { groupId: group.id });
    await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
    expect(await tried(testToMe(author, draft, { locale: "en", first: true, key: "1" }))).toBe("unavailable");
    expect(await tried(testToMe(author, draft, { locale: "es", first: true, key: "1" }))).toBe("invalid-input");
    expect(await texts(author)).toEqual([]);
  });
});

test("an author who is erased takes nothing with them, and blocks nothing", async () => {
  const { group, author, second } = await aCrew(ctx);
  await manyVolunteers(ctx, group.id, NEEDS_A_SECOND_ABOVE + 1, `erased ${group.id}`);
  const draft = await aDraft(author, { groupId: group.id });
  await submitBroadcast(author, draft);
  await ctx.db.sql`delete from people where id = ${author.person.id}::uuid`;
  const waiting = await getBroadcast(second, draft.id, "en");
  expect(waiting.author).toEqual({ id: null, name: null });
  await approveBroadcast(second, waiting);
  expect((await broadcastRow(ctx, draft.id)).state).toBe("sending");
});
