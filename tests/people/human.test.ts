import { solveChallenge, type Challenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { describe, expect, test } from "vitest";
import { newId } from "#app/core/ids.server.ts";
import { newChallenge, provesWork } from "#app/people/human/challenge.server.ts";
import { earnPass, newWait, usePass } from "#app/people/human/pass.server.ts";
import { action, loader } from "#app/routes/check.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { requireHuman } from "#app/web/require-human.server.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx({ now: new Date() });
const later = (seconds: number) => ({ ...ctx, now: new Date(ctx.now.getTime() + seconds * 1000) });

const encode = (payload: unknown) => Buffer.from(JSON.stringify(payload)).toString("base64");
async function solved(challenge?: Challenge) {
  const sum = challenge ?? (await newChallenge(ctx));
  return { challenge: sum, solution: await solveChallenge({ challenge: sum, deriveKey }) };
}

describe("a proof of work", () => {
  test("counts once, however many servers it reaches at once", async () => {
    const proof = encode(await solved());
    const answers = await Promise.all(Array.from({ length: 10 }, () => provesWork(ctx, proof)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await provesWork(ctx, proof)).toBe(false);
  });

  test("does not count once its ten minutes are over", async () => {
    const proof = encode(await solved());
    expect(await provesWork(later(601), proof)).toBe(false);
    expect(await provesWork(later(599), proof)).toBe(true);
  });

  test("does not count when forged, of others, or garbled", async () => {
    const { challenge, solution } = await solved();
    const parameters = challenge.parameters;
    const longer = { ...challenge, parameters: { ...parameters, expiresAt: parameters.expiresAt! + 600 } };
    const renamed = { ...challenge, parameters: { ...parameters, nonce: "00".repeat(16) } };
    const easy = { ...challenge, parameters: { ...parameters, cost: 1 } };
    const foreign = { ...challenge, signature: "0".repeat(64) };
    const wrong = [
      ...[longer, renamed, easy, foreign].map((one) => encode({ challenge: one, solution })),
      encode({ challenge, solution: { ...solution, counter: solution!.counter + 1, derivedKey: "00".repeat(32) } }),
      encode({ challenge, solution: { ...solution, derivedKey: parameters.keyPrefix + "00".repeat(16) } }),
      encode({ challenge }),
      encode(null),
      encode({ challenge: { parameters: { ...parameters, nonce: "zz" } }, solution }),
      "{",
      "",
      "A".repeat(100_000),
    ];
    for (const proof of wrong) expect(await provesWork(ctx, proof)).toBe(false);
    expect(await provesWork(ctx, encode({ challenge, solution }))).toBe(true);
  });
});

describe("waiting instead", () => {
  const wait = (given: string, seconds: number) =>
    earnPass(later(seconds), { proof: undefined, wait: given, address: null });

  test("takes a minute, counts once, and not for ever", async () => {
    const ticket = newWait(ctx);
    expect(await wait(ticket, 59)).toEqual({ failed: "wait", seconds: 1 });
    expect(await wait(newWait(ctx), 16 * 60)).toEqual({ failed: "proof", seconds: 0 });
    expect(await wait(ticket, 61)).toHaveProperty("pass");
    expect(await wait(ticket, 62)).toEqual({ failed: "proof", seconds: 0 });
  });

  test("cannot be made up", async () => {
    const ticket = newWait(ctx);
    const earlier = ticket.replace(/_(\d+)_/, (_, seconds: string) => `_${Number(seconds) - 120}_`);
    expect(await wait(earlier, 0)).toEqual({ failed: "proof", seconds: 0 });
    const earned = await wait(ticket, 61);
    expect(await usePass(ctx, earned.pass!.replace("waited", "work"), "test")).toBeNull();
    expect(await usePass(ctx, ticket, "test")).toBeNull();
  });

  test("is for twenty an hour from one address", async () => {
    const address = `203.0.113.${Math.floor(Math.random() * 250)}, ${newId(ctx.now)}`;
    const tickets = Array.from({ length: 21 }, () => newWait(ctx));
    const earned = [];
    for (const ticket of tickets) earned.push(await earnPass(later(61), { proof: undefined, wait: ticket, address }));
    expect(earned.filter(({ failed }) => failed === "full")).toHaveLength(1);
  });
});

test("a pass opens five of each kind of act, for half an hour", async () => {
  const { pass } = await earnPass(ctx, { proof: encode(await solved()), wait: undefined, address: null });
  const uses = await Promise.all(Array.from({ length: 8 }, () => usePass(ctx, pass!, "posts")));
  expect(uses.filter((how) => how === "work")).toHaveLength(5);
  expect(await usePass(ctx, pass!, "sign-in")).toBe("work");
  expect(await usePass(later(31 * 60), pass!, "reading")).toBeNull();
  expect(await usePass(ctx, null, "reading")).toBeNull();
});

describe("the page", () => {
  const guardedByIt = guarded("anyone", async (given) => new Response(await requireHuman(given, "test")));

  test("leads back to where one came from, with a pass", async () => {
    const sent = await readAnswer(await askRoute(ctx, guardedByIt, { path: "/sign-in?to=%2Fme" }));
    expect(sent).toMatchObject({ status: 303, to: "/check?to=%2Fsign-in%3Fto%3D%252Fme" });
    const { body } = await readAnswer(await askRoute(ctx, loader, { path: sent.to! }));
    const proof = encode(await solved(JSON.parse(body.challenge)));
    const form = { proof, wait: body.wait, to: body.to };
    const answer = await askRoute(ctx, action, { path: "/check", form });
    expect(await readAnswer(answer)).toMatchObject({ status: 303, to: "/sign-in?to=%2Fme" });
    const cookie = answer.headers.get("set-cookie")!.split(";")[0]!;
    const through = await askRoute(ctx, guardedByIt, { path: "/sign-in", cookie });
    expect([through.status, await through.text()]).toEqual([200, "work"]);
    const again = await askRoute(ctx, action, { path: "/check", form });
    expect(await readAnswer(again)).toMatchObject({ status: 422, body: { failed: { why: "proof" } } });
  });

  test("asks who is too early to wait, from where they were, and leads nowhere else", async () => {
    const { body } = await readAnswer(await askRoute(ctx, loader, { path: "/check?to=//evil.example" }));
    expect(body.to).toBe("/");
    const answer = await askRoute(ctx, action, { path: "/check", form: { proof: "", wait: body.wait, to: "/" } });
    expect(await readAnswer(answer)).toMatchObject({
      status: 422,
      body: { failed: { why: "wait" }, wait: body.wait },
    });
  });
});
