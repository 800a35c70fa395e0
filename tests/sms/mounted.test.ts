import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isOptedOut } from "#app/people/consent.server.ts";
import { mountSimulator, simulatorFor } from "#app/sms/simulator/mount.server.ts";
import { Simulator } from "#app/sms/simulator/simulator.server.ts";
import { mountTwilioHooks } from "#app/sms/webhooks.server.ts";
import { aPerson } from "#tests/factories.ts";
import { ACCOUNT, liveEnv, PUBLIC, TOKEN } from "#tests/mocks/twilio.ts";
import { anOutboxText, outboxRow } from "#tests/notifications/rows.ts";
import { testCtx } from "#tests/setup/context.ts";

const env = liveEnv();
const ctx = testCtx();
let server: Server;
let home: string;

beforeAll(async () => {
  const app = express().use(express.raw({ type: () => true, limit: 64 * 1024, inflate: false }));
  mountTwilioHooks(app, { env, db: ctx.db, seal: ctx.seal, log: ctx.log });
  mountSimulator(app, simulatorFor(env));
  await new Promise<void>((done) => (server = app.listen(0, "127.0.0.1", () => done())));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

const newSid = () => `SM${crypto.randomUUID().replaceAll("-", "")}`;
const sign = (path: string, params: Record<string, string>) => getExpectedTwilioSignature(TOKEN, PUBLIC + path, params);

/** A form as the provider posts it; `signature` null leaves it out. */
async function hook(path: string, given: Record<string, string>, signature?: string | null): Promise<number> {
  const params = { AccountSid: ACCOUNT, ...given };
  const said = signature === undefined ? sign(path, params) : signature;
  const headers = said === null ? undefined : { "x-twilio-signature": said };
  const answer = await fetch(home + path, {
    method: "POST",
    body: new URLSearchParams(params),
    headers: headers ?? {},
  });
  await answer.arrayBuffer();
  return answer.status;
}

test("a report counts only when it is signed for this very address", async () => {
  const id = await anOutboxText(ctx, (await aPerson(ctx)).id, { state: "uncertain" });
  const path = `/hooks/twilio/status?m=${id}`;
  const report = { MessageSid: newSid(), MessageStatus: "delivered" };
  expect(await hook(path, report, null)).toBe(403);
  expect(await hook(path, report, "bm90IHRoZWlycw==")).toBe(403);
  const elsewhere = sign("/hooks/twilio/status", { AccountSid: ACCOUNT, ...report });
  expect(await hook(path, report, elsewhere)).toBe(403);
  expect((await outboxRow(ctx, id)).state).toBe("uncertain");
  expect(await hook(path, report)).toBe(204);
  expect((await outboxRow(ctx, id)).state).toBe("delivered");
});

test("STOP through the simulator's signed hook silences what is queued; START lets texts through again", async () => {
  const person = await aPerson(ctx);
  const id = await anOutboxText(ctx, person.id);
  const settings = { accountSid: ACCOUNT, authToken: TOKEN, from: "+15005550006", publicUrl: PUBLIC };
  const simulator = new Simulator({ ...settings, hooksAt: home, smsPath: "/hooks/twilio/sms" });
  expect(await simulator.textAs(person.phone, "STOP")).toBe(200);
  expect(await isOptedOut(ctx, person.phoneLookup)).toBe(true);
  expect((await outboxRow(ctx, id)).state).toBe("suppressed");
  expect(await simulator.textAs(person.phone, "START")).toBe(200);
  expect(await isOptedOut(ctx, person.phoneLookup)).toBe(false);
});

test("there are no phones to look at where texts really go out", async () => {
  expect(simulatorFor(env)).toBeUndefined();
  expect((await fetch(`${home}/dev/phones.json`)).status).toBe(404);
});

test("what nobody expects is refused or passed over, never a fault of ours", async () => {
  const sid = newSid();
  const from = (await aPerson(ctx)).phone;
  const [status, sms] = ["/hooks/twilio/status", "/hooks/twilio/sms"];
  expect(await hook(status, { MessageSid: sid, MessageStatus: "teleported", New: "field\0" })).toBe(204);
  expect(await hook(status, { MessageSid: sid, MessageStatus: "sent\0" })).toBe(400);
  expect(await hook(`${status}?m=%00&m=x`, { MessageSid: sid, MessageStatus: "sent", ErrorCode: "9e9" })).toBe(204);
  expect(await hook(sms, { MessageSid: newSid(), From: `${from}\0`, Body: "hi" })).toBe(400);
  expect(await hook(sms, { MessageSid: newSid(), From: from, Body: "a\0b" })).toBe(200);
  for (const path of [status, sms]) {
    expect(await hook(path, { Body: "x".repeat(70_000) })).toBe(413);
    const json = { method: "POST", headers: { "content-type": "application/json" }, body: '{"a":[1]}' };
    expect((await fetch(home + path, json)).status).toBe(403);
    expect((await fetch(home + path, { method: "POST" })).status).toBe(403);
  }
});
