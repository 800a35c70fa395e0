import { beforeAll, describe, expect, it } from "vitest";
import type { PersonCtx } from "#app/core/ctx.ts";
import { findThread } from "#app/messages/find-thread.server.ts";
import { getThread } from "#app/messages/get-thread.server.ts";
import { countUnread, listThreads, type Box } from "#app/messages/list-threads.server.ts";
import { answerThread, type AnswerGiven } from "#app/messages/answer-thread.server.ts";
import { NeedInput } from "#app/messages/need-input.ts";
import { beginNeed, needOfThread } from "#app/messages/need-of-thread.server.ts";
import { handOver, markUnread, putAway, recordingOf, seeNumber } from "#app/messages/steer-thread.server.ts";
import { threadLines } from "#app/messages/thread-lines.server.ts";
import { aCategory, aGroup, aMember, aPerson, aPost, signedInAs, type MadeGroup } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aCall, aHeardText, aSaidText, aThread, saidStop } from "./rows.ts";

const ctx = testCtx();
let kitchen: MadeGroup;
let medics: MadeGroup;
const who = {} as Record<"kitchen" | "second" | "medics" | "admin" | "volunteer", PersonCtx>;

beforeAll(async () => {
  [kitchen, medics] = [await aGroup(ctx), await aGroup(ctx)];
  const lead = async (group: MadeGroup, name: string) =>
    signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator", name }));
  who.kitchen = await lead(kitchen, "Kim");
  who.second = await lead(kitchen, "Sam");
  who.medics = await lead(medics, "Mo");
  who.admin = await signedInAs(ctx, await aPerson(ctx, { isAdmin: true }));
  who.volunteer = await signedInAs(ctx, await aMember(ctx, kitchen.id));
});

const sees = async (by: PersonCtx, id: string) =>
  getThread(by, id, "en").then(
    () => true,
    (problem: { kind: string }) => (problem.kind === "not-found" ? false : Promise.reject(problem)),
  );
async function listed(by: PersonCtx, box: Box = "all") {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listThreads(by, { box, cursor }, "en");
    ids.push(...page.threads.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  return ids;
}
const linesOf = async (by: PersonCtx, id: string) => (await threadLines(by, await getThread(by, id, "en"), null)).lines;

describe("who sees a thread", () => {
  it.each([
    ["one of a group", async () => aThread(ctx, { groupId: kitchen.id }), [true, false, true]],
    ["a stranger's: everybody at the desk", async () => aThread(ctx), [true, true, true]],
    [
      "a member's, taken by no group",
      async () => aThread(ctx, { phone: (await aMember(ctx, medics.id)).phone }),
      [false, true, true],
    ],
    [
      "an author's, taken by no group",
      async () => {
        const { phone, id } = await aPerson(ctx);
        await aPost(ctx, { groupId: kitchen.id, authorId: id });
        return aThread(ctx, { phone });
      },
      [true, false, true],
    ],
    [
      "a member's of one group, taken by the other",
      async () => aThread(ctx, { phone: (await aMember(ctx, medics.id)).phone, groupId: kitchen.id }),
      [true, false, true],
    ],
    [
      "somebody's who left their group",
      async () => aThread(ctx, { phone: (await aMember(ctx, medics.id, { state: "left" })).phone }),
      [true, true, true],
    ],
  ])("%s", async (_, make, expected) => {
    const thread = await make();
    const seenBy = [who.kitchen, who.medics, who.admin];
    expect(await Promise.all(seenBy.map((by) => sees(by, thread.id)))).toEqual(expected);
    expect(await Promise.all(seenBy.map(async (by) => (await listed(by)).includes(thread.id)))).toEqual(expected);
    expect(await Promise.all(seenBy.map(async (by) => (await findThread(by, thread.phone)) === thread.id))).toEqual(
      expected,
    );
  });

  it("volunteers none, and none of its acts", async () => {
    const { id } = await aThread(ctx);
    const refused = { kind: "not-allowed" };
    await expect(listThreads(who.volunteer, { box: "all" }, "en")).rejects.toMatchObject(refused);
    await expect(getThread(who.volunteer, id, "en")).rejects.toMatchObject(refused);
    for (const act of [putAway, markUnread, handOver, seeNumber]) {
      const given = { id, heardUntil: ctx.now, groupId: null };
      await expect(act(who.volunteer, given)).rejects.toMatchObject(refused);
    }
  });

  it("acts of another group's coordinators find nothing", async () => {
    const { id, phone } = await aThread(ctx, { groupId: kitchen.id });
    const call = await aCall(ctx, { phone });
    const gone = { kind: "not-found" };
    const given = { id, heardUntil: ctx.now, groupId: medics.id };
    for (const act of [putAway, markUnread, handOver, seeNumber]) {
      await expect(act(who.medics, given)).rejects.toMatchObject(gone);
    }
    await expect(recordingOf(who.medics, call)).rejects.toMatchObject(gone);
    await expect(answerThread(who.medics, anAnswer(id))).rejects.toMatchObject(gone);
    expect(await recordingOf(who.kitchen, call)).toMatch(/^RE/);
    expect(await getThread(who.kitchen, id, "en")).toMatchObject({ unread: true, group: { id: kitchen.id } });
  });

  it("the boxes: unread, everything, calls; counted for each coordinator alone", async () => {
    const before = await countUnread(who.medics);
    const [unread, read, called] = [
      await aThread(ctx, { groupId: medics.id }),
      await aThread(ctx, { groupId: medics.id, unread: false }),
      await aThread(ctx, { groupId: medics.id, unread: false }),
    ];
    await aCall(ctx, called);
    const boxes = async (box: Box) => {
      const ids = await listed(who.medics, box);
      return [unread, read, called].map(({ id }) => ids.includes(id));
    };
    expect(await boxes("unread")).toEqual([true, false, false]);
    expect(await boxes("all")).toEqual([true, true, true]);
    expect(await boxes("calls")).toEqual([false, false, true]);
    expect(await countUnread(who.medics)).toBe(before + 1);
  });

  it("pages hold every thread once, newest first", async () => {
    const group = await aGroup(ctx);
    const lead = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    const made = [];
    for (let n = 0; n < 45; n++) {
      // Several came in the same moment.
      const at = new Date(ctx.now.getTime() - Math.floor(n / 3) * 1000);
      made.push((await aThread(ctx, { groupId: group.id, at })).id);
    }
    const first = await listThreads(lead, { box: "unread", group: group.id }, "en");
    expect(first.threads).toHaveLength(20);
    const all: string[] = [];
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await listThreads(lead, { box: "unread", group: group.id, cursor }, "en");
      all.push(...page.threads.map(({ id }) => id));
      cursor = page.next;
    }
    expect(all.toSorted()).toEqual(made.toSorted());
  });
});

describe("what is shown", () => {
  it("never what was said to the other side of a promise, nor what no worker has read, nor codes", async () => {
    const person = await aMember(ctx, kitchen.id);
    const thread = await aThread(ctx, { phone: person.phone });
    await aHeardText(ctx, thread, "Hello, is anybody there?");
    await aHeardText(ctx, thread, "CANARY relayed", { outcome: "relay" });
    await aHeardText(ctx, thread, "@4F2K CANARY that could not be passed on");
    await aHeardText(ctx, thread, "CANARY unread", { handled: false, outcome: null });
    await aSaidText(ctx, person.id, "CANARY passed on", { template: "relay" });
    await aSaidText(ctx, person.id, "CANARY 123456", { template: "sign_in_code" });
    await aSaidText(ctx, person.id, "CANARY of medics", { template: "claimed", groupId: medics.id });
    await aSaidText(ctx, person.id, "We are here.");
    for (const by of [who.kitchen, who.admin]) {
      const page = await listThreads(by, { box: "all" }, "en");
      const shown = await getThread(by, thread.id, "en");
      const text = await threadLines(by, shown, null);
      const everything = JSON.stringify([page, shown, text]);
      expect(everything).toContain("Hello, is anybody there?");
      expect(everything).toContain("We are here.");
      expect(everything.replaceAll(by === who.admin ? "CANARY of medics" : "", "")).not.toContain("CANARY");
      expect(everything).not.toContain(person.phone);
      expect(shown.relayLines).toBe(1);
      expect(text.elsewhere).toBe(by === who.admin ? 0 : 1);
    }
  });

  it("the number only to who asked for it, for ten minutes, and it is recorded", async () => {
    const thread = await aThread(ctx, { groupId: kitchen.id });
    const hidden = await getThread(who.kitchen, thread.id, "en");
    expect(hidden).toMatchObject({ phone: null, digits: thread.phone.slice(-2) });
    await seeNumber(who.kitchen, thread);
    expect((await getThread(who.kitchen, thread.id, "en")).phone).toBe(thread.phone);
    expect((await getThread(who.second, thread.id, "en")).phone).toBeNull();
    const later = { ...who.kitchen, now: new Date(ctx.now.getTime() + 11 * 60_000) };
    expect((await getThread(later, thread.id, "en")).phone).toBeNull();
    expect(await linesOf(who.second, thread.id)).toMatchObject([{ kind: "act", act: "number_seen", by: "Kim" }]);
  });

  it("what became of each of ours, in the order it was said", async () => {
    const person = await aMember(ctx, kitchen.id);
    const thread = await aThread(ctx, { phone: person.phone });
    const at = (n: number) => ({ at: new Date(ctx.now.getTime() - 60_000 + n * 1000) });
    await aHeardText(ctx, thread, "one", at(1));
    await aSaidText(ctx, person.id, "two", { ...at(2), state: "delivered" });
    await aSaidText(ctx, person.id, "three", { ...at(3), state: "undelivered", errorCode: "30003" });
    await aHeardText(ctx, thread, "four", at(4));
    await aSaidText(ctx, person.id, "five", { ...at(5), state: "unknown" });
    expect(await linesOf(who.kitchen, thread.id)).toMatchObject([
      { kind: "heard", words: "one" },
      { kind: "said", words: "two", fate: "arrived" },
      { kind: "said", words: "three", fate: "off" },
      { kind: "heard", words: "four" },
      { kind: "said", words: "five", fate: "unknown" },
    ]);
  });
});

let key = 0;
const anAnswer = (threadId: string, given: Partial<AnswerGiven> = {}): AnswerGiven => ({
  threadId,
  words: "We come at six.",
  key: `key ${++key}`,
  answers: 0,
  heardUntil: ctx.now,
  ...given,
});
const textsTo = (phoneLookup: string) => ctx.db.sql<
  { id: string; body_sealed: string; template: string; lane: number }[]
>`
  select o.id, o.body_sealed, o.template, o.lane from outbox o join people p on p.id = o.person_id
  where p.phone_lookup = ${phoneLookup} order by o.created_at`;

describe("answering", () => {
  it("writes one text however often the form is sent, to a stranger too, and says who did", async () => {
    const thread = await aThread(ctx);
    await aHeardText(ctx, thread, "Can you help?");
    const given = anAnswer(thread.id);
    const all = await Promise.all(Array.from({ length: 5 }, () => answerThread(who.kitchen, given)));
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(["sent"]));
    const texts = await textsTo(thread.phoneLookup);
    expect(texts).toMatchObject([{ template: "reply", lane: 1 }]);
    const place = { table: "outbox", column: "body_sealed", row: texts[0]!.id };
    expect(ctx.seal.open(texts[0]!.body_sealed, place)).toBe("We come at six.");
    expect(await getThread(who.second, thread.id, "en")).toMatchObject({
      unread: false,
      answers: 1,
      answered: { by: "Kim" },
    });
    expect((await linesOf(who.second, thread.id)).at(-1)).toMatchObject({ kind: "said", by: "Kim", fate: "waits" });
  });

  it("of two coordinators at once only one is sent; the other learns of it and may send anyway", async () => {
    for (let round = 0; round < 10; round++) {
      const thread = await aThread(ctx, { groupId: kitchen.id });
      const both = await Promise.all([who.kitchen, who.second].map((by) => answerThread(by, anAnswer(thread.id))));
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(["answered_meanwhile", "sent"]);
      expect(await textsTo(thread.phoneLookup)).toHaveLength(1);
      const again = await answerThread(who.second, anAnswer(thread.id, { answers: 1 }));
      expect(again.kind).toBe("sent");
      expect(await textsTo(thread.phoneLookup)).toHaveLength(2);
    }
  });

  it("a phone that said STOP gets nothing", async () => {
    const thread = await aThread(ctx, { groupId: kitchen.id });
    await saidStop(ctx, thread);
    expect(await answerThread(who.kitchen, anAnswer(thread.id))).toEqual({ kind: "stopped" });
    expect(await textsTo(thread.phoneLookup)).toEqual([]);
    expect(await getThread(who.kitchen, thread.id, "en")).toMatchObject({ stopped: true, unread: true, answers: 0 });
  });

  it("what they wrote after the form was shown still waits", async () => {
    const thread = await aThread(ctx, { groupId: kitchen.id });
    const heardUntil = new Date(ctx.now.getTime() - 1000);
    await answerThread(who.kitchen, anAnswer(thread.id, { heardUntil }));
    expect((await getThread(who.kitchen, thread.id, "en")).unread).toBe(true);
    await putAway(who.kitchen, { id: thread.id, heardUntil });
    expect((await getThread(who.kitchen, thread.id, "en")).unread).toBe(true);
    await putAway(who.kitchen, { id: thread.id, heardUntil: ctx.now });
    expect((await getThread(who.kitchen, thread.id, "en")).unread).toBe(false);
  });

  it("sleeps through their quiet hours, unless they wrote just now", async () => {
    const night = new Date("2026-11-23T05:00:00Z"); // midnight in New York
    const person = await aPerson(ctx, { quietFrom: 21, quietTo: 8, timeZone: "America/New_York" });
    const thread = await aThread(ctx, { phone: person.phone, at: new Date(night.getTime() - 3 * 3_600_000) });
    const atNight = { ...who.kitchen, now: night };
    expect(await answerThread(atNight, anAnswer(thread.id))).toEqual({
      kind: "sent",
      goesAt: new Date("2026-11-23T13:00:00Z"),
    });
    await ctx.db.sql`update text_threads set last_heard_at = ${night}::timestamptz where id = ${thread.id}::uuid`;
    expect(await answerThread(atNight, anAnswer(thread.id, { answers: 1 }))).toEqual({ kind: "sent", goesAt: null });
  });

  it("without words, or with too many, it is refused", async () => {
    const { id } = await aThread(ctx);
    for (const words of ["", "  \n", "x".repeat(1601)]) {
      await expect(answerThread(who.kitchen, anAnswer(id, { words }))).rejects.toMatchObject({ kind: "invalid-input" });
    }
  });
});

describe("handing over and making needs", () => {
  it("moves who sees it, and waits for the others", async () => {
    const thread = await aThread(ctx, { groupId: kitchen.id, unread: false });
    await handOver(who.kitchen, { id: thread.id, groupId: medics.id });
    expect(await Promise.all([who.kitchen, who.medics].map((by) => sees(by, thread.id)))).toEqual([false, true]);
    expect(await getThread(who.medics, thread.id, "en")).toMatchObject({ unread: true, group: { id: medics.id } });
    expect(await linesOf(who.medics, thread.id)).toMatchObject([{ act: "handed_over", by: "Kim" }]);
    await expect(handOver(who.medics, { id: thread.id, groupId: crypto.randomUUID() })).rejects.toMatchObject({
      kind: "invalid-input",
    });
    await handOver(who.medics, { id: thread.id, groupId: null });
    expect(await sees(who.kitchen, thread.id)).toBe(true);
  });

  it("makes one need of theirs, begun with their words; the receipt is theirs, the thread is dealt with", async () => {
    const category = await aCategory(ctx, kitchen.id);
    const thread = await aThread(ctx);
    await aHeardText(ctx, thread, "NEED soup for four at Elm and 3rd");
    const shown = await getThread(who.kitchen, thread.id, "en");
    const begun = await beginNeed(who.kitchen, shown, { messageSid: null, callSid: null });
    expect(begun).toMatchObject({ title: "soup for four at Elm and 3rd", details: "", textLocale: "en" });
    const call = await aCall(ctx, thread, { transcript: "bring soup" });
    const form = NeedInput.parse({
      what: `${kitchen.slug}/${category.slug}`,
      title: begun.title,
      quantity: "4",
      when: "today",
      textLocale: "es",
      visibility: "volunteers",
      key: "k1",
      heard: String(ctx.now.getTime()),
      place: "Elm and 3rd",
    });
    const given = { ...form, threadId: thread.id, callSid: call };
    const [first, twin] = [await needOfThread(who.kitchen, given), await needOfThread(who.kitchen, given)];
    expect(twin).toMatchObject({ code: first.code, repeated: true });
    const [row] = await ctx.db.sql`
      select p.phone_lookup, p.locale, o.quantity, o.urgency, o.place from posts o join people p on p.id = o.author_id
      where o.id = ${first.id}::uuid`;
    expect(row).toEqual({
      phone_lookup: thread.phoneLookup,
      locale: "es",
      quantity: 4,
      urgency: "urgent",
      place: "Elm and 3rd",
    });
    expect(await getThread(who.kitchen, thread.id, "en")).toMatchObject({ unread: false, postCode: first.code });
    const made = (await linesOf(who.kitchen, thread.id)).filter(({ kind }) => kind === "act");
    expect(made).toMatchObject([{ act: "need_made", code: first.code, by: "Kim" }]);
    expect(await listed(who.kitchen, "calls")).not.toContain(thread.id);
    await expect(needOfThread(who.medics, given)).rejects.toMatchObject({ kind: "not-found" });
  });

  it("begins with a message by voice where it was made of one", async () => {
    const thread = await aThread(ctx);
    const callSid = await aCall(ctx, thread, { transcript: "we need blankets" });
    const shown = await getThread(who.kitchen, thread.id, "en");
    expect((await beginNeed(who.kitchen, shown, { messageSid: null, callSid })).title).toBe("we need blankets");
  });
});
