import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test, vi } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { deliver } from "#app/notifications/deliver.server.ts";
import { isOptedOut } from "#app/people/consent.server.ts";
import { handleTexts } from "#app/texting/handle-texts.server.ts";
import { smsHook, statusHook } from "#app/sms/webhooks.server.ts";
import type { HookServices } from "#app/sms/hook.server.ts";
import { connect } from "#db/client.server.ts";
import { aGroup, aPerson, aPhone, aPost } from "#tests/factories.ts";
import { ACCOUNT, liveEnv, TOKEN } from "#tests/mocks/twilio.ts";
import { anOutboxText, outboxRow } from "#tests/notifications/rows.ts";
import { testCtx } from "#tests/setup/context.ts";

const env = liveEnv();
const services = (ctx: Ctx): HookServices => ({ env, db: ctx.db, seal: ctx.seal, log: ctx.log });
const newSid = () => `SM${crypto.randomUUID().replaceAll("-", "")}`;

/** A request as Twilio makes it. */
function signed(url: string, given: Record<string, string>, address = `https://help.example.org${url}`) {
  const params = { AccountSid: ACCOUNT, ...given };
  return {
    url,
    headers: { "x-twilio-signature": getExpectedTwilioSignature(TOKEN, address, params) },
    bodyText: new URLSearchParams(params).toString(),
  };
}

const text = (ctx: Ctx, from: string, body: string, sid = newSid()) =>
  smsHook(signed("/hooks/twilio/sms", { MessageSid: sid, From: from, To: "+15005550006", Body: body }), services(ctx));

async function repliesTo(ctx: Ctx, personId: string): Promise<string[]> {
  const rows = await ctx.db.sql<{ template: string }[]>`
    select template from outbox where person_id = ${personId}::uuid and dedupe_key like 'reply:%'`;
  return rows.map(({ template }) => template);
}

test("only what Twilio signed for our address is heard", async () => {
  const ctx = testCtx();
  const url = "/hooks/twilio/sms";
  const good = signed(url, { MessageSid: newSid(), From: aPhone(), Body: "hello" });
  const requests = [
    { ...good, headers: {} },
    { ...good, headers: { "x-twilio-signature": "garbage" } },
    { ...good, bodyText: `${good.bodyText}&Extra=1` },
    { ...good, url: `${url}?x=1` },
    signed(url, { MessageSid: newSid(), From: aPhone(), Body: "x" }, `http://10.0.0.5:3000${url}`),
    signed(url, { AccountSid: `AC${"b".repeat(32)}`, MessageSid: newSid(), From: aPhone(), Body: "x" }),
  ];
  for (const request of requests) expect((await smsHook(request, services(ctx))).status).toBe(403);
  expect((await smsHook(signed(url, { From: aPhone(), Body: "x" }), services(ctx))).status).toBe(400);
  expect(await smsHook(good, services(ctx))).toEqual({ status: 200, body: "<Response/>", type: "text/xml" });
});

test("a report names the row by the id in its address, even when its sid was never learned", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const id = await anOutboxText(ctx, person.id);
  const sid = newSid();
  await deliver(ctx, { worker: "w", sendSms: async () => ({ kind: "unknown", code: "ECONNRESET" }) });
  const report = (status: string) =>
    statusHook(
      signed(`/hooks/twilio/status?m=${id}&n=1`, { MessageSid: sid, MessageStatus: status, To: person.phone }),
      services(ctx),
    );
  expect((await report("delivered")).status).toBe(204);
  expect((await report("sent")).status).toBe(204);
  expect((await report("teleported")).status).toBe(204);
  expect(await outboxRow(ctx, id)).toMatchObject({ state: "delivered", sid });
});

test.each(["STOP", "stopall", " Unsubscribe ", "REVOKE"])(
  "%s: out, all queued texts silenced, no word from us",
  async (word) => {
    const ctx = testCtx();
    const person = await aPerson(ctx);
    const ids = [await anOutboxText(ctx, person.id), await anOutboxText(ctx, person.id, { lane: 9 })];
    await text(ctx, person.phone, word);
    expect(await isOptedOut(ctx, person.phoneLookup)).toBe(true);
    for (const id of ids) expect((await outboxRow(ctx, id)).state).toBe("suppressed");
    expect(await repliesTo(ctx, person.id)).toEqual([]);
  },
);

test.each(["¡No más!", "opt out", "Please stop texting me", "no me escriban", "Parar", "توقف"])(
  "%s: out as well, with one confirmation that is really sent",
  async (words) => {
    const ctx = testCtx();
    const person = await aPerson(ctx);
    await text(ctx, person.phone, words);
    await text(ctx, person.phone, words);
    expect(await repliesTo(ctx, person.id)).toEqual(["opted_out"]);
    const sent: string[] = [];
    await deliver(testCtx(), {
      worker: "w",
      async sendSms({ to }) {
        sent.push(to);
        return { kind: "accepted", sid: newSid(), status: "queued" };
      },
    });
    expect(sent.filter((to) => to === person.phone)).toHaveLength(1);
  },
);

test("START lets texts through again; YES only from somebody who is out; HELP is the provider's to answer", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  await text(ctx, person.phone, "yes");
  await text(ctx, person.phone, "STOP");
  await text(ctx, person.phone, "Yes");
  expect(await isOptedOut(ctx, person.phoneLookup)).toBe(false);
  await text(ctx, person.phone, "HELP");
  await handleTexts(ctx, { worker: "w" });
  const toYes = await repliesTo(ctx, person.id);
  expect(toYes).toHaveLength(1);
  await text(ctx, person.phone, "¿Ayuda?");
  await handleTexts(ctx, { worker: "w" });
  expect(await repliesTo(ctx, person.id)).toEqual([...toYes, "reply"]);
});

test("the same text five times at once is one text", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const sid = newSid();
  await Promise.all([1, 2, 3, 4, 5].map(() => text(ctx, person.phone, "basta", sid)));
  const entries = await ctx.db.sql`select 1 from consent_events where phone_lookup = ${person.phoneLookup}`;
  expect(entries).toHaveLength(1);
  expect(await repliesTo(ctx, person.id)).toHaveLength(1);
});

test("what is not understood is kept sealed for a coordinator, from strangers too; their STOP counts", async () => {
  const ctx = testCtx();
  const phone = aPhone();
  const sid = newSid();
  await text(ctx, phone, "Stop by at 5, bring\0 soup", sid);
  const [row] = await ctx.db.sql`select * from inbound_texts where message_sid = ${sid}`;
  expect(row).toMatchObject({ keyword: null, handled_at: null });
  expect(JSON.stringify(row)).not.toContain("soup");
  expect(JSON.stringify(row)).not.toContain(phone);
  expect(ctx.seal.open(row!["body_sealed"], { table: "inbound_texts", column: "body_sealed", row: sid })).toBe(
    "Stop by at 5, bring soup",
  );
  await text(ctx, phone, "stop");
  expect(await isOptedOut(ctx, ctx.seal.lookup("phone", phone))).toBe(true);
});

test("a STOP in the middle of a drain: nothing reaches the provider after it was answered", async () => {
  const ctx = testCtx();
  const people = await Promise.all(Array.from({ length: 12 }, () => aPerson(ctx)));
  for (const person of people) for (let n = 0; n < 10; n += 1) await anOutboxText(ctx, person.id, { lane: 9 });
  const calls: { to: string; at: number }[] = [];
  const sendSms = async ({ to }: { to: string }) => {
    calls.push({ to, at: performance.now() });
    await new Promise((resolve) => setTimeout(resolve, 10));
    return { kind: "accepted" as const, sid: newSid(), status: "queued" };
  };
  const live = { ...testCtx() };
  Object.defineProperty(live, "now", { get: () => new Date() });
  const drains = ["a", "b", "c"].map((worker) => deliver(live, { worker, sendSms, concurrency: 4 }));
  const answered = await Promise.all(
    people.map(async (person) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      await text(ctx, person.phone, "STOP");
      return { phone: person.phone, at: performance.now() };
    }),
  );
  await Promise.all(drains);
  const late = calls.filter((call) => answered.some((stop) => stop.phone === call.to && stop.at < call.at));
  expect(late).toEqual([]);
  expect(calls.filter(({ to }) => people.some(({ phone }) => phone === to)).length).toBeLessThan(120);
});

test("the confirmation of a STOP waits until nothing else is on its way to them", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  await anOutboxText(ctx, person.id, { state: "submitting" });
  const waiting = text(ctx, person.phone, "no me escriban");
  await vi.waitFor(async () => expect(await repliesTo(ctx, person.id)).toEqual(["opted_out"]));
  const sent: string[] = [];
  const sendSms = async ({ to }: { to: string }) => {
    sent.push(to);
    return { kind: "accepted" as const, sid: newSid(), status: "queued" };
  };
  await deliver(testCtx(), { worker: "w", sendSms });
  expect(sent).not.toContain(person.phone);
  await ctx.db.sql`update outbox set state = 'submitted' where person_id = ${person.id}::uuid and state = 'submitting'`;
  await waiting;
  await deliver(testCtx(), { worker: "w", sendSms });
  expect(sent.filter((to) => to === person.phone)).toHaveLength(1);
});

test("a stranger who says it in a sentence is out, and hears so once", async () => {
  const ctx = testCtx();
  const phone = aPhone();
  await text(ctx, phone, "please stop texting me");
  await text(ctx, phone, "please stop texting me");
  expect(await isOptedOut(ctx, ctx.seal.lookup("phone", phone))).toBe(true);
  const rows = await ctx.db.sql`
    select o.template from outbox o join people p on p.id = o.person_id
    where p.phone_lookup = ${ctx.seal.lookup("phone", phone)}`;
  expect(rows.map((row) => row["template"])).toEqual(["opted_out"]);
});

test("STOP closes the questions that are open to them", async () => {
  const ctx = testCtx();
  const person = await aPerson(ctx);
  const post = await aPost(ctx, { groupId: (await aGroup(ctx)).id, authorId: person.id });
  const soon = new Date(ctx.now.getTime() + 3_600_000);
  await ctx.db.sql`
    insert into questions (id, kind, person_id, post_id, asked_at, expires_at)
    values (gen_random_uuid(), 'still_needed', ${person.id}::uuid, ${post.id}::uuid, ${ctx.now}, ${soon})`;
  await text(ctx, person.phone, "STOP");
  const open = await ctx.db.sql`select 1 from questions where person_id = ${person.id}::uuid and closed_at is null`;
  expect(open).toHaveLength(0);
});

test("short codes and names are kept and never answered; what is no sender at all is refused", async () => {
  const ctx = testCtx();
  for (const from of ["22395", "MyBank"]) {
    const sid = newSid();
    expect((await text(ctx, from, "your code is 1234", sid)).status).toBe(200);
    await handleTexts(ctx, { worker: "w" });
    const [row] = await ctx.db.sql`select outcome, handled_at from inbound_texts where message_sid = ${sid}`;
    expect(row).toMatchObject({ outcome: "inbox", handled_at: expect.any(Date) });
    expect(await ctx.db.sql`select 1 from people where phone_lookup = ${ctx.seal.lookup("phone", from)}`).toEqual([]);
  }
  expect((await text(ctx, "<script>", "x")).status).toBe(400);
});

test("when the database is away the provider hears 503 and tries again", async () => {
  const away = connect("postgres://nobody@127.0.0.1:9/nowhere", { max: 1, applicationName: "away" });
  const answer = await text({ ...testCtx(), db: away }, aPhone(), "NEED food");
  expect(answer.status).toBe(503);
  await away.end();
});
