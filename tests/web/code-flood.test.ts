import { afterAll, beforeAll, expect, test } from "vitest";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { startInstallation, type Installation } from "#tests/permissions/installation.ts";
import { testCtx } from "#tests/setup/context.ts";

/** A day that no other test is in, from its first moment. */
const MIDNIGHT = Date.UTC(2043, 4, 5);
const DAY_MS = 86_400_000;
const ctx = testCtx();
let now = new Date(MIDNIGHT);
let installation: Installation;

beforeAll(async () => {
  installation = await startInstallation(
    { clock: () => now },
    { RATE_LIMITS: "on", SMS_COUNTRIES: "all", TRUSTED_PROXIES: "127.0.0.1" },
  );
});
afterAll(() => installation?.stop());

/** Asks for a code through the proxy, claiming to be passed on from another address each time. @returns where it leads. */
async function ask(phone: string, n: number): Promise<string> {
  const claimed = `${11 + (n % 200)}.${n % 256}.${(n * 7) % 256}.${(n * 13) % 256}`;
  const answer = await fetch(`${installation.url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: {
      Origin: installation.url,
      "X-Forwarded-For": `${claimed}, 203.0.113.9`,
      Forwarded: `for=${claimed}`,
      "X-Real-IP": claimed,
    },
    body: new URLSearchParams({ phone }),
  });
  await answer.arrayBuffer();
  return `${answer.status} ${answer.headers.get("location")?.split("?")[0] ?? ""}`.trim();
}

/** Codes that were texted on this day, to one number or to all. */
async function texted(phone: string | null): Promise<number> {
  await fanOut({ ...ctx, now });
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from outbox o join people p on p.id = o.person_id
    where o.template = 'sign_in_code' and o.created_at >= ${new Date(MIDNIGHT)}::timestamptz
      and (${phone}::text is null or p.phone_lookup = ${phone && ctx.seal.lookup("phone", phone)}::text)`;
  return row!.n;
}

test("a thousand requests in a day for one number, each from another claimed address: five codes", async () => {
  const phone = "+12025550142";
  const answers = new Map<string, number>();
  for (let n = 0; n < 1000; n += 1) {
    now = new Date(MIDNIGHT + Math.floor((n * DAY_MS) / 1000));
    const answer = await ask(phone, n);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  expect(answers.get("303 /sign-in/code")).toBe(5);
  expect((answers.get("429") ?? 0) + (answers.get("303 /check") ?? 0)).toBe(995);
  expect(await texted(phone)).toBe(5);
}, 120_000);

test("three hundred requests in an hour for numbers all over, each from another claimed address: sixty codes", async () => {
  const before = await texted(null);
  now = new Date(MIDNIGHT + DAY_MS + 3_600_000);
  const answers = new Map<string, number>();
  for (let n = 0; n < 300; n += 1) {
    const answer = await ask(`+1${201 + (n % 780)}555${String(1000 + ((n * 17) % 9000))}`, n);
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  const sent = answers.get("303 /sign-in/code") ?? 0;
  expect(sent).toBe(60);
  expect(answers.get("303 /check")).toBe(300 - sent);
  expect((await texted(null)) - before).toBe(sent);
}, 120_000);
