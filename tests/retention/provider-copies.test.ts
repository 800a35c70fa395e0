import { afterAll, expect, test } from "vitest";
import { newId } from "#app/core/ids.server.ts";
import { forgetProviderCopies } from "#app/retention/provider-copies.server.ts";
import { connectTwilio } from "#app/sms/twilio.server.ts";
import { aPerson } from "#tests/factories.ts";
import { aHeardText, aSaidText, aThread } from "#tests/messages/rows.ts";
import { ACCOUNT, startTwilio, TOKEN } from "#tests/mocks/twilio.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = ctx.db;
const twilio = await startTwilio();
afterAll(() => twilio.stop());
const provider = await connectTwilio({
  accountSid: ACCOUNT,
  authToken: TOKEN,
  from: "+15005550006",
  apiBaseUrl: twilio.url,
  statusUrl: `${twilio.url}/status`,
});

async function aSentText(): Promise<{ id: string; sid: string; to: string }> {
  const person = await aPerson(ctx);
  const id = await aSaidText(ctx, person.id, "Soup at six");
  const sent = await provider.sendSms({
    to: person.phone,
    body: "Soup at six",
    from: null,
    outboxId: newId(ctx.now),
    attempt: 1,
    validitySeconds: 600,
  });
  if (sent.kind !== "accepted") throw new Error("the simulator refused");
  await sql`update outbox set provider_sid = ${sent.sid} where id = ${id}::uuid`;
  await expect.poll(() => twilio.simulator.find(sent.sid)?.status, { timeout: 5_000 }).toBe("delivered");
  return { id, sid: sent.sid, to: person.phone };
}

const nextOf = async (id: string) =>
  (await sql`select provider_next_at from outbox where id = ${id}::uuid`)[0]!["provider_next_at"] as Date | null;

test("the provider's copy goes once ours has, not before, and once only", async () => {
  const text = await aSentText();
  expect(await forgetProviderCopies(ctx, provider.forgetCopy)).toBe(0);
  expect(twilio.simulator.find(text.sid)?.body).toBe("Soup at six");
  await sql`update outbox set body_sealed = null where id = ${text.id}::uuid`;
  expect(await forgetProviderCopies(ctx, provider.forgetCopy)).toBe(1);
  expect(twilio.simulator.find(text.sid)).toBeUndefined();
  expect(await provider.listTexts({ to: text.to, since: new Date(0) })).toEqual([]);
  expect(await nextOf(text.id)).toBeNull();
  expect(await forgetProviderCopies(ctx, provider.forgetCopy)).toBe(0);
});

test("what the provider has lost already counts as gone; what it cannot do now is asked for again", async () => {
  const thread = await aThread(ctx, { unread: false });
  await aHeardText(ctx, thread, "thank you");
  await sql`update inbound_texts set body_sealed = null, from_sealed = null`;
  expect(await forgetProviderCopies(ctx, provider.forgetCopy)).toBe(1);

  const text = await aSentText();
  await sql`update outbox set body_sealed = null where id = ${text.id}::uuid`;
  const away = await connectTwilio({
    accountSid: ACCOUNT,
    authToken: TOKEN,
    from: "+15005550006",
    apiBaseUrl: "http://127.0.0.1:9",
    statusUrl: "http://x",
  });
  expect(await forgetProviderCopies(ctx, away.forgetCopy)).toBe(0);
  expect((await nextOf(text.id))!.getTime()).toBe(ctx.now.getTime() + 6 * 3_600_000);
  expect(await forgetProviderCopies(ctx, provider.forgetCopy)).toBe(0);
  expect(
    await forgetProviderCopies({ ...ctx, now: new Date(ctx.now.getTime() + 7 * 3_600_000) }, provider.forgetCopy),
  ).toBe(1);
});
