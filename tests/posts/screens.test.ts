import { describe, expect, it } from "vitest";
import { forgetDrafts, readDraft } from "#app/posts/draft.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { expirePosts } from "#app/posts/expire-posts.server.ts";
import type { Services } from "#app/web/services.server.ts";
import * as board from "../../app/routes/board.tsx";
import * as manage from "../../app/routes/m.$token.tsx";
import * as needs from "../../app/routes/needs.new.($step).tsx";
import * as offers from "../../app/routes/offers.new.($step).tsx";
import * as page from "../../app/routes/p.$code.tsx";
import { aCategory, aGroup, aPhone, aPost } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const env = { PUBLIC_URL: "http://localhost:3000", RATE_LIMITS: "off" };
const services = { env, db: ctx.db, seal: ctx.seal, log: ctx.log } as unknown as Services;

type Handler = (raw: object) => Promise<unknown>;
type Answer = { status: number; to: string; cookie: string | undefined; body: any }; // oxlint-disable-line typescript/no-explicit-any

/** What a route answers, thrown or returned. */
async function answer(
  handler: unknown,
  path: string,
  params: Record<string, string | undefined>,
  { form, cookie }: { form?: Record<string, string>; cookie?: string } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { "accept-language": "en", ...(cookie ? { cookie } : {}) };
  const init = form ? { method: "POST", body: new URLSearchParams(form) } : {};
  const request = new Request(`http://localhost:3000${path}`, { headers, ...init });
  const context = { services, nonce: "n", peer: "127.0.0.1" };
  const result = await (handler as Handler)({ request, params, context }).catch((error: unknown) => error);
  if (!(result instanceof Response)) throw result;
  const body = result.headers.get("content-type")?.includes("json") ? await result.json() : null;
  return {
    status: result.status,
    to: result.headers.get("location") ?? "",
    cookie: result.headers.get("set-cookie")?.split(";")[0],
    body,
  };
}

async function somewhere() {
  const group = await aGroup(ctx);
  const category = await aCategory(ctx, group.id, { defaultVisibility: "volunteers" });
  return { group, what: `${group.slug}/${category.slug}` };
}

const get = (step: string | undefined, cookie?: string) =>
  answer(needs.loader, `/needs/new${step ? `/${step}` : ""}`, { step }, { cookie });
const post = (step: string | undefined, form: Record<string, string>, cookie?: string) =>
  answer(needs.action, `/needs/new${step ? `/${step}` : ""}`, { step }, { form, cookie });

/** Answers the first three screens; what is left is to send. */
async function upToCheck(over: Record<string, string> = {}) {
  const { group, what } = await somewhere();
  const first = await post(undefined, { what, title: "Dinner", quantity: "٤", ...over });
  expect(first).toMatchObject({ status: 303, to: "/needs/new/when" });
  const cookie = first.cookie!;
  await post("when", { when: "today", place: "Maple Park", address: "7 Canary Court", ...over }, cookie);
  const third = await post("reach", { phone: aPhone(), name: "Canary Ana", textLocale: "es", ...over }, cookie);
  expect(third).toMatchObject({ status: 303, to: "/needs/new/check" });
  return { cookie, group };
}

describe("asking in four screens", () => {
  it("keeps the answers over reload and Back, sealed, and sends them once however often it is tapped", async () => {
    const { cookie, group } = await upToCheck();
    for (let reload = 0; reload < 2; reload++) {
      expect((await get("when", cookie)).body.answers).toMatchObject({
        place: "Maple Park",
        address: "7 Canary Court",
      });
    }
    const [dump] = await sql`select string_agg(d::text, '') as all from drafts d`;
    expect(dump!.all).not.toMatch(/canary|maple/i);
    const { body } = await get("check", cookie);
    expect(body.summary.visibility).toBe("volunteers");
    const taps = await Promise.all(Array.from({ length: 5 }, () => post("check", { visibility: "everyone" }, cookie)));
    expect(new Set(taps.map((tap) => tap.to)).size).toBe(1);
    expect(taps[0]!.to).toMatch(/^\/m\/[\w-]{22}\?new=1$/);
    const rows = await sql`select * from posts where group_id = ${group.id}::uuid`;
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      title: "Dinner",
      quantity: 4,
      urgency: "urgent",
      locale: "es",
      place: "Maple Park",
    });
    const [draft] = await sql`select answers_sealed from drafts where post_id = ${rows[0]!.id}::uuid`;
    expect(draft).toEqual({ answers_sealed: null });
    expect((await get("check", cookie)).to).toBe(taps[0]!.to);
    expect((await get(undefined, cookie)).body.answers.what).toBe("");
  });

  it("forgets the answers after a day", async () => {
    const { cookie } = await upToCheck();
    const later = { ...ctx, now: new Date(Date.now() + 24 * 3_600_000 + 60_000) };
    const [before] = await sql`select count(*)::int as n from drafts`;
    await forgetDrafts(ctx);
    expect((await get("when", cookie)).body.answers.place).toBe("Maple Park");
    expect(await readDraft(later, cookie.split("=")[1]!, "need")).toBeNull();
    expect(await forgetDrafts(later)).toBe(before!.n);
    expect((await get("when", cookie)).to).toBe("/needs/new");
  });

  it("starts a new post after the last was sent", async () => {
    const { cookie } = await upToCheck();
    await post("check", { visibility: "everyone" }, cookie);
    const { what } = await somewhere();
    const again = await post(undefined, { what, quantity: "" }, cookie);
    expect(again.cookie).toBeDefined();
    expect(again.cookie).not.toBe(cookie);
  });

  it("names the kind of thing when no words were given, and needs neither phone nor place", async () => {
    const { cookie, group } = await upToCheck({
      title: "",
      phone: "",
      noPhone: "yes",
      place: "",
      address: "",
      name: "",
    });
    expect((await post("check", { visibility: "team" }, cookie)).status).toBe(303);
    const [row] = await sql`select p.title, p.place, a.phone_sealed from posts p join people a on a.id = p.author_id
      where group_id = ${group.id}::uuid`;
    expect(row).toEqual({ title: "Hot meals", place: null, phone_sealed: null });
  });

  it.each<[string | undefined, Record<string, string>, string, string]>([
    [undefined, { quantity: "2" }, "what", "posts.error.what"],
    [undefined, { what: "a/b", quantity: "0" }, "quantity", "posts.error.quantity"],
    [undefined, { what: "a/b", quantity: "2.5" }, "quantity", "posts.error.quantity"],
    [undefined, { what: "a/b", quantity: "100001" }, "quantity", "posts.error.quantity"],
    [undefined, { what: "a/b", title: "x".repeat(121) }, "title", "posts.error.too_long"],
    [undefined, { what: "a/b", details: "x".repeat(2001) }, "details", "posts.error.too_long"],
    ["when", { place: "Maple" }, "when", "posts.error.when"],
    ["when", { when: "today", privateNote: "x".repeat(1001) }, "privateNote", "posts.error.too_long"],
    ["reach", { phone: "12", textLocale: "en" }, "phone", "posts.error.phone"],
    ["reach", { phone: "", textLocale: "en" }, "phone", "posts.error.phone"],
    ["reach", { phone: aPhone(), textLocale: "xx" }, "textLocale", "posts.error.language"],
    ["check", {}, "visibility", "posts.error.visibility"],
  ])("says on screen %s what is wrong and keeps what was typed", async (step, form, field, message) => {
    const { status, body } = await post(step, form);
    expect(status).toBe(422);
    expect(body.errors[field]).toBe(message);
    expect(body.answers).toMatchObject(form);
  });

  it("leads to the first screen that is not answered, and knows no others", async () => {
    expect(await get("check")).toMatchObject({ status: 303, to: "/needs/new" });
    const { what } = await somewhere();
    const { cookie } = await post(undefined, { what, quantity: "1" });
    expect(await get("check", cookie)).toMatchObject({ status: 303, to: "/needs/new/when" });
    expect((await get("nonsense")).status).toBe(404);
    expect((await post("check", { visibility: "team" })).to).toBe("/needs/new?lost=1");
  });

  it("returns from a change to the last screen, and keeps offers apart from needs", async () => {
    const { cookie } = await upToCheck();
    expect((await post("when", { when: "open", change: "1" }, cookie)).to).toBe("/needs/new/check");
    const offer = await answer(offers.loader, "/offers/new", { step: undefined }, { cookie });
    expect(offer.body.answers.title).toBe("");
  });
});

describe("the author's page", () => {
  const act = (token: string, form: Record<string, string>) =>
    answer(manage.action, `/m/${token}`, { token }, { form });
  const open = (token: string) => answer(manage.loader, `/m/${token}`, { token });

  it("is for whoever has the link, and a GET changes nothing", async () => {
    const group = await aGroup(ctx);
    const made = await aPost(ctx, { groupId: group.id, quantity: 3 });
    const before =
      await sql`select p.*, (select count(*) from events where post_id = p.id) as n from posts p where id = ${made.id}::uuid`;
    expect((await open(made.manageToken)).body.post).toMatchObject({ code: made.code, state: "open" });
    await answer(manage.loader, `/m/${made.manageToken}?done=close&new=1`, { token: made.manageToken });
    const after =
      await sql`select p.*, (select count(*) from events where post_id = p.id) as n from posts p where id = ${made.id}::uuid`;
    expect(after).toEqual(before);
    expect(await open("AAAAAAAAAAAAAAAAAAAAAA")).toMatchObject({ status: 404, body: { problem: "not-found" } });
    expect((await act("AAAAAAAAAAAAAAAAAAAAAA", { act: "reopen" })).status).toBe(404);
  });

  it("edits, closes and brings back, and says what is wrong", async () => {
    const group = await aGroup(ctx);
    const made = await aPost(ctx, { groupId: group.id, quantity: 3 });
    const token = manageToken(ctx.seal, made.id);
    await sql`update posts set remaining = 1 where id = ${made.id}::uuid`;
    const edit = { act: "edit", title: "New words", quantity: "5", when: "keep" };
    expect(await act(token, { ...edit, title: " " })).toMatchObject({
      status: 422,
      body: { errors: [{ field: "title", message: "posts.error.title" }] },
    });
    expect(await act(token, { ...edit, quantity: "1" })).toMatchObject({
      status: 422,
      body: { values: { title: "New words" }, errors: [{ field: "quantity", facts: { least: 2 } }] },
    });
    expect(await act(token, edit)).toMatchObject({ status: 303, to: `/m/${token}?done=edit` });
    expect((await open(token)).body).toMatchObject({ quantity: 5, remaining: 3, edit: { title: "New words" } });
    expect((await act(token, { act: "close" })).body.errors[0].message).toBe("posts.error.reason");
    expect((await act(token, { act: "close", reason: "met_for_now", days: "99" })).body.errors[0].field).toBe("days");
    for (let tap = 0; tap < 2; tap++) {
      expect((await act(token, { act: "close", reason: "met_for_now", days: "3" })).status).toBe(303);
    }
    expect((await open(token)).body.reopens).toMatch(/^It comes back on /);
    expect((await act(token, { act: "reopen" })).status).toBe(303);
    expect((await open(token)).body.post.state).toBe("partly_covered");
    expect((await act(token, { act: "confirm", claim: "x" })).status).toBe(404);
    expect((await act(token, { act: "nonsense" })).status).toBe(422);
    await expirePosts(ctx);
  });
});

describe("a post's page and the board", () => {
  it("says no more to a visitor than the board does", async () => {
    const group = await aGroup(ctx);
    const made = await aPost(ctx, {
      groupId: group.id,
      address: "7 Canary Court",
      contact: { name: "Canary", phone: aPhone(), email: null },
    });
    const shown = await answer(page.loader, `/p/${made.code}`, { code: made.code.toLowerCase() });
    expect(shown.body).toMatchObject({ post: { code: made.code }, mayContact: false, mayReview: false });
    expect(JSON.stringify(shown.body)).not.toMatch(/canary/i);
    expect(
      (await answer(page.action, `/p/${made.code}`, { code: made.code }, { form: { act: "contact" } })).to,
    ).toMatch(/^\/sign-in/);
    const hidden = await aPost(ctx, { groupId: group.id, visibility: "team" });
    expect((await answer(page.loader, `/p/${hidden.code}`, { code: hidden.code })).status).toBe(404);
  });

  it("shows a board for any address", async () => {
    const group = await aGroup(ctx);
    const made = await aPost(ctx, { groupId: group.id });
    const at = async (query: string) => (await answer(board.loader, `/board?${query}`, {})).body;
    expect((await at(`group=${group.slug}`)).posts).toMatchObject([{ code: made.code }]);
    expect(await at(`group=${group.slug}&q=zzzz`)).toMatchObject({ posts: [], filtered: true });
    for (const odd of [
      "kind=x&status=y&near=z&within=-1&page=%00",
      "group=%27--&category=%2F",
      `q=${"a".repeat(500)}`,
    ]) {
      expect(Array.isArray((await at(odd)).posts)).toBe(true);
    }
  });
});
