import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordConsent } from "#app/people/consent.server.ts";
import { fetchRecording } from "#app/sms/recordings.server.ts";
import { simulatorApi } from "#app/sms/simulator/router.server.ts";
import { Simulator } from "#app/sms/simulator/simulator.server.ts";
import { mountTwilioHooks } from "#app/sms/webhooks.server.ts";
import { aPerson, aPhone } from "#tests/factories.ts";
import { ACCOUNT, liveEnv, PUBLIC, TOKEN } from "#tests/mocks/twilio.ts";
import { testCtx } from "#tests/setup/context.ts";

const env = liveEnv();
const ctx = testCtx();
let server: Server;
let home: string;
let carrier: Simulator;

beforeAll(async () => {
  const app = express().use(express.raw({ type: () => true, limit: 64 * 1024, inflate: false }));
  mountTwilioHooks(app, { env, db: ctx.db, seal: ctx.seal, log: ctx.log });
  await new Promise<void>((done) => (server = app.listen(0, "127.0.0.1", () => done())));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = { accountSid: ACCOUNT, authToken: TOKEN, from: "+15005550006", publicUrl: PUBLIC };
  carrier = new Simulator({ ...settings, hooksAt: home, smsPath: "/hooks/twilio/sms" });
  app.use(simulatorApi(carrier));
});
afterAll(() => new Promise((done) => server.close(done)));

const callsOf = (phone: string) => ctx.db.sql<{ state: string; recording_sid: string; recording_seconds: number }[]>`
  select state, recording_sid, recording_seconds from voice_calls
  where phone_lookup = ${ctx.seal.lookup("phone", phone)} order by received_at`;
const owed = (phone: string) => ctx.db.sql`
  select o.lane from outbox o join people p on p.id = o.person_id
  where p.phone_lookup = ${ctx.seal.lookup("phone", phone)} and o.template = 'reply'`;

test("whoever calls is greeted in English and Spanish, and in their own language first where we know it", async () => {
  const stranger = await carrier.callAs(aPhone(), { press: null, seconds: 0 });
  expect(stranger.said[0]).toMatch(/^Hello, this is Manyhands\./);
  expect(stranger.said[1]).toMatch(/^Hola, somos Manyhands/);
  expect(stranger.said).toHaveLength(2);
  const samir = await aPerson(ctx, { locale: "ar" });
  expect((await carrier.callAs(samir.phone, { press: null, seconds: 0 })).said[0]).toMatch(/^مرحبا/);
});

test("pressing 1 owes one text, however often the hook is called", async () => {
  const phone = aPhone();
  const { said } = await carrier.callAs(phone, { press: "1", seconds: 0 });
  expect(said.at(-2)).toBe("We are texting you now. Goodbye.");
  const line = carrier.wire().findIndex(({ again }) => again?.address.endsWith("step=key"));
  expect(await carrier.replay(line)).toBe(200);
  expect(await owed(phone)).toHaveLength(1);
  expect(await callsOf(phone)).toMatchObject([{ state: "text_back" }]);
});

test("after STOP pressing 1 texts nobody and says how to return", async () => {
  const person = await aPerson(ctx);
  await recordConsent(ctx, { phoneLookup: person.phoneLookup, action: "out", source: "keyword" });
  const { said } = await carrier.callAs(person.phone, { press: "1", seconds: 0 });
  expect(said.at(-2)).toMatch(/text START/);
  expect(await owed(person.phone)).toHaveLength(0);
});

test("a message that is left waits in the inbox and can be listened to; another key than 1 leads there too", async () => {
  const phone = aPhone();
  const { said, recordingSid } = await carrier.callAs(phone, { press: "7", seconds: 23 });
  expect(said.at(-2)).toMatch(/^Thank you\./);
  expect(await callsOf(phone)).toEqual([{ state: "recorded", recording_sid: recordingSid, recording_seconds: 23 }]);
  const [thread] = await ctx.db.sql<{ unread_since: Date | null }[]>`
    select unread_since from text_threads where phone_lookup = ${ctx.seal.lookup("phone", phone)}`;
  expect(thread!.unread_since).not.toBeNull();
  const settings = { accountSid: ACCOUNT, authToken: TOKEN, apiBaseUrl: home };
  const audio = await fetchRecording(settings, recordingSid!);
  expect(Buffer.from(audio!.body).toString("latin1", 0, 4)).toBe("RIFF");
  expect(await fetchRecording(settings, `RE${"0".repeat(32)}`)).toBeNull();
  expect(await fetchRecording({ ...settings, authToken: "wrong" }, recordingSid!)).toBeNull();
});

test("a transcript is kept sealed, never in the clear", async () => {
  const phone = aPhone();
  await carrier.callAs(phone, { press: null, seconds: 5 });
  const { params } = carrier.wire().find(({ what }) => what.startsWith("hook /hooks/twilio/voice"))!.again!;
  const words = "we need baby formula please";
  const { status } = await carrier.hook(`${PUBLIC}/hooks/twilio/voice?step=transcript`, {
    ...params,
    TranscriptionText: words,
  });
  expect(status).toBe(200);
  const [row] = await ctx.db.sql<{ transcript_sealed: string }[]>`
    select transcript_sealed from voice_calls where call_sid = ${params["CallSid"]!}`;
  const place = { table: "voice_calls", column: "transcript_sealed", row: params["CallSid"]! };
  expect(row!.transcript_sealed).not.toContain("formula");
  expect(ctx.seal.open(row!.transcript_sealed, place)).toBe(words);
});

test("a hidden number is told so and may still leave a message", async () => {
  const { said } = await carrier.callAs("anonymous", { press: null, seconds: 9 });
  expect(said[0]).toMatch(/We can't see your number/);
  expect(said.at(-2)).toMatch(/^Thank you\./);
  expect((await carrier.callAs("anonymous", { press: "1", seconds: 0 })).said.at(-2)).toMatch(/can't text this number/);
});

test("a machine that calls without end is not answered, and nobody else's words are taken for the provider's", async () => {
  const phone = aPhone();
  for (let calls = 0; calls < 20; calls += 1) await carrier.callAs(phone, { press: null, seconds: 0 });
  expect((await carrier.callAs(phone, { press: null, seconds: 0 })).said).toEqual([]);
  const body = new URLSearchParams({ AccountSid: ACCOUNT, CallSid: `CA${"1".repeat(32)}`, From: phone });
  expect((await fetch(`${home}/hooks/twilio/voice`, { method: "POST", body })).status).toBe(403);
});
