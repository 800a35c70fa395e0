import { describe, expect, test } from "vitest";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { writeTicket } from "#app/people/human/ticket.server.ts";
import { action } from "#app/routes/needs.new.($step).tsx";
import { aGroup, aPhone } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();

/** A visitor who goes through the screens. */
async function visitor(extra: { cookie?: string } = {}) {
  const { slug, id } = await aGroup(ctx);
  let cookie = extra.cookie ?? "";
  const send = async (step: string | undefined, form: Record<string, string>) => {
    const path = step ? `/needs/new/${step}` : "/needs/new";
    const answer = await askRoute(ctx, action, { path, params: { step }, form, cookie });
    const set = answer.headers.get("set-cookie")?.split(";")[0];
    if (set) cookie = [cookie, set].filter(Boolean).join("; ");
    return readAnswer(answer);
  };
  const give = (pass: string) => (cookie += `; human=${pass}`);
  const what = (words: Record<string, string>) => send(undefined, { what: `${slug}/`, quantity: "1", ...words });
  return { id, send, what, give };
}

describe("words that everybody reads", () => {
  test("are asked about once where a number, an address or a link stands in them; they may stay", async () => {
    const { what, send } = await visitor();
    const words = { title: "Soup", details: "call 212 555 0134, 45 Oak Street, apt 2" };
    const asked = await what(words);
    expect(asked).toMatchObject({
      status: 422,
      body: { errors: { details: "concerns.phone" }, answers: { details: words.details } },
    });
    expect(await what({ ...words, details: "see example.org/soup" })).toMatchObject({
      body: { errors: { details: "concerns.link" } },
    });
    expect(await what({ ...words, keepWords: "yes" })).toMatchObject({ status: 303, to: "/needs/new/when" });
    const when = { when: "today", place: "45 Oak Street", address: "45 Oak Street" };
    expect(await send("when", when)).toMatchObject({ status: 422, body: { errors: { place: "concerns.address" } } });
    expect(await send("when", { ...when, place: "Oak Park" })).toMatchObject({ status: 303, to: "/needs/new/reach" });
  });

  test("a fault of the form is told first, by itself", async () => {
    const { what } = await visitor();
    const { body } = await what({ quantity: "0", details: "call 212 555 0134" });
    expect(Object.keys(body.errors)).toEqual(["quantity"]);
  });
});

describe("past the limit", () => {
  async function atTheEnd() {
    const one = await visitor();
    const phone = aPhone();
    await one.what({ title: "Soup" });
    await one.send("when", { when: "today" });
    await one.send("reach", { phone, textLocale: "en" });
    const limit = { key: `posts for ${phone}`, max: 60, perSeconds: 3_600 };
    for (let n = 0; n < 60; n++) await takeFromLimit(ctx, limit);
    const finish = () => one.send("check", { visibility: "everyone" });
    const posts = () => sql`select status, concerns from posts where group_id = ${one.id}::uuid`;
    return { ...one, finish, posts };
  }
  const pass = (how: "work" | "waited") => writeTicket(ctx, how, new Date(ctx.now.getTime() + 3_600_000));

  test("leads to the check and back to the draft, which goes up for a browser that did the sum", async () => {
    const { finish, posts, give } = await atTheEnd();
    expect(await finish()).toMatchObject({ status: 303, to: "/check?to=%2Fneeds%2Fnew%2Fcheck" });
    expect(await posts()).toEqual([]);
    give(pass("work"));
    expect((await finish()).to).toMatch(/^\/m\//);
    expect(await posts()).toEqual([{ status: "open", concerns: [] }]);
  });

  test("is read first for a browser that only waited", async () => {
    const { finish, posts, give } = await atTheEnd();
    give(pass("waited"));
    expect((await finish()).to).toMatch(/^\/m\//);
    expect(await posts()).toEqual([{ status: "in_review", concerns: ["unproved"] }]);
  });
});
