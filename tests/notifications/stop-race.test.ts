import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";
import { expect, test } from "vitest";
import { recordConsent } from "#app/people/consent.server.ts";
import { smsHook } from "#app/sms/webhooks.server.ts";
import { aPerson, type MadePerson } from "#tests/factories.ts";
import { ACCOUNT, liveEnv, startTwilio, TOKEN } from "#tests/mocks/twilio.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aHeap, aSender } from "./rows.ts";
import { startWorkers, stopWorkers } from "./worker-processes.ts";

const STOPS = 100;
const TEXTS_EACH = 25;
/** How long a request is on its way to the provider; in this time a STOP can overtake it. */
const ON_ITS_WAY_MS = 150;
/** Words the provider catches, words it does not, and a sentence. */
const WORDS = ["STOP", "parar", "stop texting me"];

const ctx = testCtx();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const env = liveEnv();

/** Texts us, as the provider would hand it on; returns when we have answered. */
async function say(from: string, body: string): Promise<void> {
  const url = "/hooks/twilio/sms";
  const params = {
    AccountSid: ACCOUNT,
    MessageSid: `SM${crypto.randomUUID().replaceAll("-", "")}`,
    From: from,
    To: "+15005550006",
    Body: body,
  };
  const signature = getExpectedTwilioSignature(TOKEN, env.PUBLIC_URL + url, params);
  const request = {
    url,
    headers: { "x-twilio-signature": signature },
    bodyText: new URLSearchParams(params).toString(),
  };
  const { db, seal, log } = ctx;
  expect((await smsHook(request, { env, db, seal, log })).status).toBe(200);
}

test("100 opt-outs while three processes drain: nothing arrives at the provider after the STOP was answered", async () => {
  await aSender(ctx, { rate: 1000, burst: 500 });
  const arrived: { to: string; at: number }[] = [];
  const twilio = await startTwilio({ faults: { fate: "silent", latencyMs: 20 } }, (app) =>
    app.use((req, _res, next) => {
      const form = new URLSearchParams(String(req.body));
      setTimeout(() => {
        // What confirms the STOP may come after it.
        if (form.get("Body")?.startsWith("text ")) arrived.push({ to: form.get("To")!, at: performance.now() });
        next();
      }, ON_ITS_WAY_MS);
    }),
  );
  const [heard, noted] = [await everybody(), await everybody()];
  const texts = (heard.length + noted.length) * TEXTS_EACH;
  await aHeap(ctx, [...heard, ...noted], texts);
  await startWorkers(3, twilio.url, { timeoutMs: 15_000 });
  while (arrived.length < 200) await sleep(50);

  const spread = 8_000;
  const stops = await Promise.all(
    heard.map(async ({ phone }, n) => {
      await sleep((n / STOPS) * spread);
      const said = performance.now();
      await say(phone, WORDS[n % WORDS.length]!);
      return { phone, at: performance.now(), ms: performance.now() - said };
    }),
  );
  const unwaited = await Promise.all(
    noted.map(async ({ phone, phoneLookup }, n) => {
      await sleep((n / STOPS) * 4_000);
      await recordConsent(ctx, { phoneLookup, action: "out", source: "keyword" });
      return { phone, at: performance.now() };
    }),
  );
  await drained();
  await stopWorkers();
  await twilio.stop();

  const lateOf = (stopped: { phone: string; at: number }[]) =>
    arrived.filter(({ to, at }) => stopped.some((stop) => stop.phone === to && stop.at < at)).length;
  const waits = stops.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const figures = {
    texts,
    arrived: arrived.length,
    stops: STOPS,
    afterAnswer: lateOf(stops),
    afterNoteWithoutWaiting: lateOf(unwaited),
    answeredP95Ms: Math.round(waits[Math.floor(0.95 * waits.length)]!),
    answeredMaxMs: Math.round(waits.at(-1)!),
  };
  process.stdout.write(`STOP race: ${JSON.stringify(figures)}\n`);
  expect(figures.afterAnswer).toBe(0);
  // Noting a STOP is not enough: what was on its way then still arrives. The test can fail.
  expect(figures.afterNoteWithoutWaiting).toBeGreaterThan(0);
  // Most of the texts were still to come when they said it.
  expect(arrived.length).toBeLessThan(texts * 0.9);
}, 120_000);

const everybody = (): Promise<MadePerson[]> => Promise.all(Array.from({ length: STOPS }, () => aPerson(ctx)));

async function drained(): Promise<void> {
  for (;;) {
    const [row] = await ctx.db.sql<{ n: number }[]>`
      select count(*)::int as n from outbox where state in ('queued', 'claimed', 'submitting')`;
    if (row!.n === 0) return;
    await sleep(200);
  }
}
