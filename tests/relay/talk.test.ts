import { afterEach, describe, expect, it } from "vitest";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import { newToken } from "#app/core/ids.server.ts";
import { recordConsent } from "#app/people/consent.server.ts";
import { blockRelay } from "#app/relay/block-relay.server.ts";
import { purge } from "#app/retention/purge.server.ts";
import { closeRelays } from "#app/relay/close-relays.server.ts";
import { shareNumber } from "#app/relay/share-number.server.ts";
import { stopRelays } from "#app/relay/stop-relays.server.ts";
import { segmentsOf } from "#app/sms/segments.ts";
import { aPerson, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { posted } from "../claims/rows.ts";
import { later } from "../notifications/rows.ts";
import { aSender, aTalk, bodiesOf, say, textsOf, ticking, type Talk } from "./rows.ts";

const ctx = ticking(testCtx());
const { sql } = ctx.db;
const hours = (n: number) => later(ctx, n * 3_600);
const textCount = async (claimId: string) => {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from relay_texts t join relays r on r.id = t.relay_id where r.claim_id = ${claimId}::uuid`;
  return row!.n;
};

afterEach(() => sql`update senders set enabled = false`);

describe("two people talk", () => {
  it("names the sides first, is short after, and goes both ways", async () => {
    const { post, claimer, author } = await aTalk(ctx);
    expect(await say(ctx, claimer.id, "I am at the door")).toEqual({ kind: "sent", waits: false });
    expect(await say(ctx, claimer.id, "second floor?")).toEqual({ kind: "sent", waits: false });
    expect(await say(ctx, author.id, "yes, come up", { code: post.code.toLowerCase() })).toMatchObject({
      kind: "sent",
    });
    const toAuthor = await textsOf(ctx, author.id);
    expect(toAuthor).toMatchObject([
      { template: "relay", lane: 1 },
      { template: "relay", lane: 1 },
    ]);
    expect(toAuthor[0]!.body).toContain(
      `Maria writes about ${post.code} (Hot meals): I am at the door -- Numbers are hidden.`,
    );
    expect(toAuthor[0]!.body).toContain(`Reply @${post.code} and your words. BLOCK ${post.code} ends it.`);
    expect(toAuthor[1]!.body).toBe(`Maria (${post.code}): second floor?`);
    expect((await bodiesOf(ctx, claimer.id))[0]).toContain(`Ana writes about ${post.code}`);
  });

  it("says the same key once, also at the same moment and after the end", async () => {
    const { claimId, claimer, author } = await aTalk(ctx);
    const sayKey = newToken();
    await say(ctx, claimer.id, "hello");
    const sent = await Promise.all([1, 2, 3, 4].map(() => say(ctx, claimer.id, "once", { sayKey })));
    expect(sent).toEqual(sent.map(() => ({ kind: "sent", waits: false })));
    await blockRelay(ctx, { personId: author.id, code: null });
    expect(await say(ctx, claimer.id, "once", { sayKey })).toMatchObject({ kind: "sent" });
    expect(await textCount(claimId)).toBe(2);
    expect((await bodiesOf(ctx, author.id)).filter((body) => body.includes("once"))).toHaveLength(1);
    await say(ctx, author.id, "not the same key as hers", { sayKey });
  });

  it("keeps every word of three who speak at once, in one conversation", async () => {
    const { claimId, claimer, author } = await aTalk(ctx);
    await Promise.all([say(ctx, claimer.id, "one"), say(ctx, author.id, "two"), say(ctx, claimer.id, "three")]);
    expect(await textCount(claimId)).toBe(3);
    expect(await sql`select from relays where claim_id = ${claimId}::uuid`).toHaveLength(1);
    expect(await textsOf(ctx, author.id)).toHaveLength(2);
    expect(await textsOf(ctx, claimer.id)).toHaveLength(1);
  });

  it("on an offer the same: the author gives, the claimer fetches", async () => {
    const { post, claimer, author } = await aTalk(ctx, { kind: "offer" });
    await say(ctx, claimer.id, "when can I come?");
    expect((await bodiesOf(ctx, author.id))[0]).toContain(`Maria writes about ${post.code}`);
  });

  it("cuts what is too long for three pieces, and keeps all of it", async () => {
    const { post, claimId, claimer, author } = await aTalk(ctx);
    const words = `start ${"very long ".repeat(120)}end`;
    await say(ctx, claimer.id, words);
    const [body] = await bodiesOf(ctx, author.id);
    expect(segmentsOf(body!).count).toBe(3);
    expect(body).toMatch(/\.\. Read all of it: http:\/\/localhost:3000\/m\/[\w-]{22} -- Numbers/);
    const [row] = await sql<{ id: string; body_sealed: string }[]>`
      select t.id, body_sealed from relay_texts t join relays r on r.id = t.relay_id where r.claim_id = ${claimId}::uuid`;
    expect(ctx.seal.open(row!.body_sealed, { table: "relay_texts", column: "body_sealed", row: row!.id })).toBe(words);
    await say(ctx, author.id, words, { code: post.code });
    expect((await bodiesOf(ctx, claimer.id))[0]).toContain(`Read all of it: http://localhost:3000/claims/${claimId}`);
    await expect(say(ctx, claimer.id, "x".repeat(1_601))).rejects.toMatchObject({ kind: "invalid-input" });
    await expect(say(ctx, claimer.id, " \n ")).rejects.toMatchObject({ kind: "invalid-input" });
  });

  it("waits on the page of who has no phone", async () => {
    const author = await aPerson(ctx);
    await sql`update people set phone_sealed = null, phone_lookup = null where id = ${author.id}::uuid`;
    const { claimId, claimer } = await aTalk(ctx, { author });
    expect(await say(ctx, claimer.id, "hello")).toEqual({ kind: "sent", waits: true });
    expect([await textCount(claimId), await textsOf(ctx, author.id)]).toEqual([1, []]);
  });

  it("lets nobody else in, and nobody flood", async () => {
    const { post, claimId, claimer } = await aTalk(ctx);
    const stranger = await aPerson(ctx);
    for (const given of [{}, { code: post.code }, { claimId }]) {
      expect(await say(ctx, stranger.id, "hello", given)).toEqual({ kind: "none" });
    }
    const sent = await Promise.allSettled(Array.from({ length: 35 }, (_, n) => say(ctx, claimer.id, `word ${n}`)));
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(30);
    expect(sent.find(({ status }) => status === "rejected")).toMatchObject({ reason: { kind: "too-many" } });
  });
});

describe("whom it is for", () => {
  it("three claimers on one need: the author is asked which, and nothing is sent", async () => {
    const author = await aPerson(ctx, { name: "Ana" });
    const post = await posted(ctx, { authorId: author.id });
    const talks = [];
    for (const name of ["Maria", "Lee", "Sam"]) {
      talks.push(await aTalk(ctx, { author, post, claimer: await aPerson(ctx, { name }) }));
    }
    for (const { claimer } of talks) expect(await say(ctx, claimer.id, "coming")).toMatchObject({ kind: "sent" });
    const asked = await say(ctx, author.id, "who of you?", { code: post.code });
    expect(asked).toMatchObject({ kind: "which" });
    const { choices } = asked as Extract<typeof asked, { kind: "which" }>;
    expect(choices.map(({ other }) => other).toSorted()).toEqual(["Lee", "Maria", "Sam"]);
    for (const { claimer } of talks) expect(await textsOf(ctx, claimer.id)).toEqual([]);
    const lee = choices.find(({ other }) => other === "Lee")!;
    await say(ctx, author.id, "you, Lee", { code: post.code, claimId: lee.claimId });
    const got = await Promise.all(talks.map(async ({ claimer }) => (await textsOf(ctx, claimer.id)).length));
    expect(got).toEqual([0, 1, 0]);
  });

  it("two claims of the same two with one number: the code decides, bare words ask", async () => {
    await aSender(ctx, `+1555${Date.now()}`.slice(0, 12));
    const one = await aTalk(ctx, { title: "Soup" });
    const two = await aTalk(ctx, { author: one.author, claimer: one.claimer, title: "Bread" });
    expect(await say(ctx, one.claimer.id, "which one?")).toMatchObject({
      kind: "which",
      choices: expect.arrayContaining([
        { code: one.post.code, title: "Soup", other: "Ana", claimId: one.claimId },
        { code: two.post.code, title: "Bread", other: "Ana", claimId: two.claimId },
      ]),
    });
    await say(ctx, one.claimer.id, "the soup", { code: one.post.code });
    await say(ctx, one.author.id, "the bread", { code: two.post.code });
    expect(await bodiesOf(ctx, one.author.id)).toEqual([expect.stringContaining(`${one.post.code} (Soup): the soup`)]);
    expect(await bodiesOf(ctx, one.claimer.id)).toEqual([
      expect.stringContaining(`${two.post.code} (Bread): the bread`),
    ]);
    expect(await textCount(one.claimId)).toBe(1);
    await blockRelay(ctx, { personId: one.author.id, code: one.post.code });
    expect(await say(ctx, one.claimer.id, "only bread now")).toMatchObject({ kind: "sent" });
    expect(await say(ctx, one.claimer.id, "soup?", { code: one.post.code })).toEqual({ kind: "closed" });
    expect(await textCount(two.claimId)).toBe(2);
  });

  it("with several numbers each pair has its own, and the number decides", async () => {
    const numbers = ["+15550109001", "+15550109002", "+15550109003"];
    for (const number of numbers) await aSender(ctx, number);
    const one = await aTalk(ctx);
    const rest: Talk[] = [];
    for (let n = 0; n < 2; n++) rest.push(await aTalk(ctx, { claimer: one.claimer }));
    for (const { post, author } of [one, ...rest]) {
      await say(ctx, author.id, `about ${post.code}`);
      await say(ctx, one.claimer.id, "ok", { code: post.code });
    }
    const texts = await textsOf(ctx, one.claimer.id);
    expect(new Set(texts.map(({ sender }) => sender))).toEqual(new Set(numbers));
    const from = texts.find(({ body }) => body.includes(`about ${rest[1]!.post.code}`))!.sender;
    expect(await say(ctx, one.claimer.id, "answer without a code", { toNumber: from })).toMatchObject({ kind: "sent" });
    expect((await bodiesOf(ctx, rest[1]!.author.id)).at(-1)).toContain("answer without a code");
    const fourth = await aTalk(ctx, { claimer: one.claimer });
    await say(ctx, fourth.author.id, "hello");
    expect(await say(ctx, one.claimer.id, "answer", { toNumber: from })).toMatchObject({ kind: "which" });
    await blockRelay(ctx, { personId: fourth.author.id, code: null });
    await blockRelay(ctx, { personId: rest[1]!.author.id, code: null });
    expect(await say(ctx, one.claimer.id, "still there?", { toNumber: from })).toEqual({ kind: "closed" });
  });

  it("many opened at once for one person never share a number", async () => {
    for (let n = 0; n < 4; n++) await aSender(ctx, `+1555010910${n}`);
    const claimer = await aPerson(ctx);
    const talks = await Promise.all(Array.from({ length: 6 }, () => aTalk(ctx, { claimer })));
    await Promise.all(talks.map(({ author }) => say(ctx, author.id, "hello")));
    const rows = await sql<{ sender_id: string | null }[]>`
      select sender_id from relay_parties where person_id = ${claimer.id}::uuid`;
    const given = rows.flatMap(({ sender_id }) => sender_id ?? []);
    expect([rows.length, new Set(given).size]).toEqual([6, given.length]);
  });
});

describe("numbers", () => {
  it("are hidden until both share, then each is told once, and words are whole", async () => {
    const { post, claimer, author } = await aTalk(ctx);
    await say(ctx, claimer.id, `my number is ${claimer.phone}`);
    expect((await bodiesOf(ctx, author.id))[0]).toContain("my number is (hidden)");
    await shareNumber(ctx, { personId: claimer.id, code: null });
    await shareNumber(ctx, { personId: claimer.id, code: post.code });
    const asked = await bodiesOf(ctx, author.id);
    expect(asked[1]).toContain(`Maria would share numbers about ${post.code}. SHARE ${post.code} to agree.`);
    expect(asked).toHaveLength(2);
    expect(await bodiesOf(ctx, claimer.id)).toEqual([]);
    await shareNumber(ctx, { personId: author.id, code: post.code });
    await shareNumber(ctx, { personId: author.id, code: post.code });
    expect((await bodiesOf(ctx, author.id)).slice(2)).toEqual([expect.stringContaining(`Maria: ${claimer.phone}`)]);
    expect(await bodiesOf(ctx, claimer.id)).toEqual([expect.stringContaining(`Ana: ${author.phone}`)]);
    await say(ctx, author.id, `or ${author.phone}`);
    expect((await bodiesOf(ctx, claimer.id))[1]).toContain(`or ${author.phone}`);
  });

  it("both at the same moment: each is told once", async () => {
    for (let n = 0; n < 5; n++) {
      const { claimer, author } = await aTalk(ctx);
      await Promise.all([claimer, author].map(({ id }) => shareNumber(ctx, { personId: id, code: null })));
      for (const [reader, other] of [
        [claimer, author],
        [author, claimer],
      ] as const) {
        expect((await bodiesOf(ctx, reader.id)).filter((body) => body.includes(other.phone))).toHaveLength(1);
      }
    }
  });
});

describe("the end", () => {
  it("BLOCK ends it for both, calls back what waits, and says no more than that", async () => {
    const { post, claimer, author } = await aTalk(ctx);
    await say(ctx, claimer.id, "rude words");
    expect(await blockRelay(ctx, { personId: author.id, code: null })).toMatchObject({ kind: "sent" });
    expect(await textsOf(ctx, author.id)).toMatchObject([{ state: "canceled" }]);
    expect(await bodiesOf(ctx, claimer.id)).toEqual([
      expect.stringMatching(`this conversation about ${post.code} has ended`),
    ]);
    for (const { id } of [claimer, author]) {
      expect(await say(ctx, id, "hello?")).toEqual({ kind: "closed" });
      expect(await shareNumber(ctx, { personId: id, code: post.code })).toEqual({ kind: "closed" });
      expect(await blockRelay(ctx, { personId: id, code: post.code })).toEqual({ kind: "closed" });
    }
    expect(await textsOf(ctx, claimer.id)).toHaveLength(1);
  });

  it("whoever speaks while it ends is either heard before or told that it is over", async () => {
    for (let n = 0; n < 8; n++) {
      const { claimId, claimer, author } = await aTalk(ctx);
      await say(ctx, author.id, "start");
      const [ended, ...said] = await Promise.all([
        n % 2 ? blockRelay(ctx, { personId: author.id, code: null }) : stopRelays(ctx, author.id),
        ...Array.from({ length: 3 }, (_, i) => say(ctx, claimer.id, `word ${i}`)),
      ]);
      expect(ended).toEqual(n % 2 ? { kind: "sent", waits: false } : 1);
      expect(await textCount(claimId)).toBe(1 + said.filter(({ kind }) => kind === "sent").length);
      expect(await say(ctx, claimer.id, "late")).toEqual({ kind: "closed" });
      const told = (await bodiesOf(ctx, claimer.id)).filter((body) => body.includes("has ended"));
      expect(told).toHaveLength(1);
    }
  });

  it("STOP of one ends all of theirs, and nobody writes to them any more", async () => {
    const author = await aPerson(ctx, { name: "Ana" });
    const talks = [await aTalk(ctx, { author }), await aTalk(ctx, { author }), await aTalk(ctx, { author })];
    for (const { claimer } of talks.slice(0, 2)) await say(ctx, claimer.id, "hello");
    await recordConsent(ctx, { phoneLookup: author.phoneLookup, action: "out", source: "keyword" });
    expect([await stopRelays(ctx, author.id), await stopRelays(ctx, author.id)]).toEqual([2, 0]);
    for (const { claimer } of talks.slice(0, 2)) {
      expect(await bodiesOf(ctx, claimer.id)).toEqual([expect.stringContaining("has ended")]);
    }
    for (const { claimer } of talks) expect(await say(ctx, claimer.id, "hello?")).toEqual({ kind: "closed" });
  });

  it("closes three days after the promise is over, and forgets the words a month later", async () => {
    const { claimId, claimer, author } = await aTalk(ctx);
    const kept = await aTalk(ctx);
    await say(ctx, claimer.id, "hello");
    await say(ctx, kept.claimer.id, "hello");
    await releaseClaim(await signedInAs(ctx, claimer), { id: claimId, reason: null });
    expect(await say(hours(71), author.id, "thanks anyway")).toMatchObject({ kind: "sent" });
    expect(await say(hours(73), author.id, "too late")).toEqual({ kind: "closed" });
    await closeRelays(hours(71));
    const why = async (id: string) =>
      (await sql<{ closed_why: string | null }[]>`select closed_why from relays where claim_id = ${id}::uuid`)[0]!
        .closed_why;
    expect(await why(claimId)).toBeNull();
    await closeRelays(hours(73));
    expect([await why(claimId), await why(kept.claimId)]).toEqual(["over", null]);
    expect(await sql`select from relay_parties where open and person_id = ${claimer.id}::uuid`).toHaveLength(0);
    await purge(hours(73 + 24 * 29));
    expect(await textCount(claimId)).toBe(2);
    await purge(hours(74 + 24 * 30));
    expect([await textCount(claimId), await textCount(kept.claimId)]).toEqual([0, 1]);
  });
});

it("calls back numbers that were shared but not sent when somebody blocks", async () => {
  const { author, claimer } = await aTalk(ctx);
  await shareNumber(ctx, { personId: author.id, code: null });
  await shareNumber(ctx, { personId: claimer.id, code: null });
  await blockRelay(ctx, { personId: author.id, code: null });
  const left = [...(await textsOf(ctx, author.id)), ...(await textsOf(ctx, claimer.id))].filter(
    ({ key, state }) => /^relay_(number|share):/.test(key) && state === "queued",
  );
  expect(left.map(({ key }) => key.split(":")[0])).toEqual([]);
});
