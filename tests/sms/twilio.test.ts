import { http, HttpResponse, delay } from "msw";
import { expect, test } from "vitest";
import type { OutgoingText } from "#app/sms/sms.ts";
import { connectTwilio } from "#app/sms/twilio.server.ts";
import { network } from "#tests/mocks/network.ts";
import { ACCOUNT, startTwilio, TOKEN } from "#tests/mocks/twilio.ts";

const CREATE = `https://api.twilio.com/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
const settings = {
  accountSid: ACCOUNT,
  authToken: TOKEN,
  from: "+15005550006",
  statusUrl: "https://help.example.org/hooks/twilio/status",
  timeoutMs: 1_000,
};
const text: OutgoingText = {
  to: "+15550100199",
  from: null,
  body: "hello",
  outboxId: "an-id",
  attempt: 2,
  validitySeconds: 9e9,
};
const sid = `SM${"0".repeat(32)}`;

/** What the official client makes of one answer. */
async function outcomeOf(answer: () => Response | Promise<Response>) {
  network.use(http.post(CREATE, answer));
  const { sendSms } = await connectTwilio(settings);
  return sendSms(text);
}
const failure = (status: number, code: number) => HttpResponse.json({ code, message: "no", status }, { status });

test("what is sent is what the API takes", async () => {
  let form = new URLSearchParams();
  network.use(
    http.post(CREATE, async ({ request }) => {
      form = new URLSearchParams(await request.text());
      return HttpResponse.json({ sid, status: "queued" }, { status: 201 });
    }),
  );
  const { sendSms } = await connectTwilio(settings);
  expect(await sendSms(text)).toEqual({ kind: "accepted", sid, status: "queued" });
  expect(Object.fromEntries(form)).toEqual({
    To: "+15550100199",
    From: "+15005550006",
    Body: "hello",
    StatusCallback: "https://help.example.org/hooks/twilio/status?m=an-id&n=2",
    ValidityPeriod: "36000",
  });
});

test.each([
  [21211, "dead"],
  [21614, "dead"],
  [21408, "dead"],
  [21617, "dead"],
  [21610, "opted_out"],
  [21611, "pause_sender"],
  [21606, "pause_sender"],
  [21212, "pause_sender"],
])("error %i is a clear no: %s", async (code, fate) => {
  expect(await outcomeOf(() => failure(400, code))).toEqual({
    kind: "rejected",
    code: String(code),
    httpStatus: 400,
    fate,
  });
});

test("wrong credentials pause the sender; 429 may be tried again", async () => {
  expect(await outcomeOf(() => failure(401, 20003))).toMatchObject({ kind: "rejected", fate: "pause_sender" });
  expect(await outcomeOf(() => failure(429, 20429))).toMatchObject({ kind: "busy", httpStatus: 429 });
});

test.each<[string, () => Response | Promise<Response>]>([
  ["500 with JSON", () => failure(500, 20500)],
  ["502 with a page", () => HttpResponse.text("<html>bad gateway</html>", { status: 502 })],
  ["201 with a page", () => HttpResponse.text("<html>hello</html>", { status: 201 })],
  ["201 without a sid", () => HttpResponse.json({}, { status: 201 })],
  ["a cut connection", () => HttpResponse.error()],
  [
    "no answer in time",
    async () => {
      await delay(3_000);
      return HttpResponse.json({ sid }, { status: 201 });
    },
  ],
])("%s may have been sent: unknown", async (_, answer) => {
  expect(await outcomeOf(answer)).toMatchObject({ kind: "unknown" });
});

test("a refused connection never left the house", async () => {
  const { sendSms } = await connectTwilio({ ...settings, apiBaseUrl: "http://127.0.0.1:9" });
  expect(await sendSms(text)).toEqual({ kind: "busy", code: "ECONNREFUSED" });
});

test("a text leaves by the sender it names, else by the first of ours", async () => {
  const twilio = await startTwilio({ faults: { latencyMs: 0 } });
  const { sendSms } = await connectTwilio({ ...settings, from: "+15550100001,+15550100002", apiBaseUrl: twilio.url });
  const froms = [null, "+15550100002", `MG${"b".repeat(32)}`];
  for (const from of froms) await sendSms({ ...text, from });
  const sent = twilio.simulator.list({ to: text.to, from: null }).toReversed();
  expect(sent.map((one) => one.messaging_service_sid ?? one.from)).toEqual(["+15550100001", ...froms.slice(1)]);
  await twilio.stop();
});

test("what came in is listed, oldest first, for one number of ours or for all", async () => {
  const twilio = await startTwilio({ faults: { inboundLost: true } });
  const mine = { ...settings, from: "+15550100001,+15550100002", apiBaseUrl: twilio.url };
  const { sendSms, listInbound } = await connectTwilio(mine);
  await sendSms({ ...text, to: "+15550100001", from: "+15550100002" });
  await twilio.simulator.textAs("+15550100188", "first", "+15550100001");
  await twilio.simulator.textAs("+15550100189", "second", "+15550100002");
  const since = new Date(Date.now() - 1000);
  expect(await listInbound({ to: "+15550100002", since })).toMatchObject([
    { from: "+15550100189", to: "+15550100002", body: "second", media: 0, sid: expect.stringMatching(/^SM/) },
  ]);
  expect((await listInbound({ to: null, since })).map(({ body }) => body)).toEqual(["first", "second"]);
  expect(await listInbound({ to: null, since: new Date(Date.now() + 60_000) })).toEqual([]);
  await twilio.stop();
});

test("the official client and the simulator understand each other", async () => {
  const twilio = await startTwilio();
  const { sendSms, listTexts } = await connectTwilio({ ...settings, apiBaseUrl: twilio.url });
  const sent = await sendSms(text);
  expect(sent).toMatchObject({ kind: "accepted", status: "queued" });
  const since = new Date(Date.now() - 1000);
  expect(await listTexts({ to: text.to, since })).toMatchObject([
    { sid: (sent as { sid: string }).sid, body: "hello" },
  ]);
  expect(await listTexts({ to: text.to, since: new Date(Date.now() + 60_000) })).toEqual([]);

  expect(await sendSms({ ...text, to: "+15005550001" })).toMatchObject({
    kind: "rejected",
    code: "21211",
    fate: "dead",
  });
  await twilio.simulator.textAs("+15550100188", "STOP");
  expect(await sendSms({ ...text, to: "+15550100188" })).toMatchObject({ code: "21610", fate: "opted_out" });
  Object.assign(twilio.simulator.faults, { dropReply: 1 });
  expect(await sendSms(text)).toMatchObject({ kind: "unknown" });
  const stranger = await connectTwilio({ ...settings, authToken: "wrong", apiBaseUrl: twilio.url });
  expect(await stranger.sendSms(text)).toMatchObject({ code: "20003", fate: "pause_sender" });
  await twilio.stop();
});
