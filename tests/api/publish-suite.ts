import { describe, expect, it } from "vitest";
import { aCategory, aField, aGroup, aMember } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, kindOf, PUBLIC_URL, type Answer } from "./harness.ts";

const PUBLISH = "POST /posts";
const READ = "GET /posts/{code}";
const pointers = (answer: Answer): string[] => answer.body.errors.map((error: { pointer: string }) => error.pointer);

const aBody = (group: string, more = {}) => ({ kind: "need", group, title: "Soup", contact: { name: "Ana" }, ...more });

export function publishSuite(): void {
  describe(PUBLISH, () => {
    it("takes answers to the category's fields, and shows them to those who may know", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const category = await aCategory(ctx, group.id, { fields: [aField("diet", ["halal", "vegan"])] });
      const about = (answers: unknown) => ({ body: aBody(group.slug, { category: category.slug, answers }) });
      const answer = await call(PUBLISH, "/posts", about({ diet: ["vegan", "halal"] }));
      expect([answer.status, answer.body.answers]).toEqual([201, { diet: ["halal", "vegan"] }]);
      const path = `/posts/${answer.body.code}`;
      expect((await call(READ, path)).body.answers).toEqual({});
      const token = await aToken(await aMember(ctx, group.id, { role: "coordinator" }));
      expect((await call(READ, path, { token })).body.answers).toEqual({ diet: ["halal", "vegan"] });
      const changed = await call("PATCH /posts/{code}", path, { token, body: { answers: { diet: [] } } });
      expect(changed.body.answers).toEqual({});
      const wrong = await call(PUBLISH, "/posts", about({ diet: ["stone"], shoe: ["12"] }));
      expect([wrong.status, pointers(wrong)]).toEqual([422, ["#/answers/shoe", "#/answers/diet"]]);
      const groups = await call("GET /groups", "/groups");
      expect(groups.body.items.find(({ slug }: { slug: string }) => slug === group.slug).categories[0].fields).toEqual([
        {
          key: "diet",
          label: "Label of diet",
          type: "choice",
          weighs: "must",
          several: true,
          options: [
            { key: "halal", label: "Label of halal" },
            { key: "vegan", label: "Label of vegan" },
          ],
        },
      ]);
    });

    it("takes one answer of its type to a question that is no choice", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const [floor, note] = (["number", "text"] as const).map((type) =>
        aField(type, [], { type, weighs: "wish", several: false }),
      );
      const category = await aCategory(ctx, group.id, { fields: [floor!, note!] });
      const about = (answers: unknown) => ({ body: aBody(group.slug, { category: category.slug, answers }) });
      const answer = await call(PUBLISH, "/posts", about({ number: ["3"], text: ["Ring twice, please"] }));
      expect([answer.status, answer.body.answers]).toEqual([201, { number: ["3"], text: ["Ring twice, please"] }]);
      const wrong = await call(PUBLISH, "/posts", about({ number: ["third"] }));
      expect([wrong.status, pointers(wrong)]).toEqual([422, ["#/answers/number"]]);
      expect((await call(PUBLISH, "/posts", about({ text: ["a\u0000b"] }))).status).toBe(422);
    });

    it("puts up a need with everything, without signing in", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const category = await aCategory(ctx, group.id, { unit: "meals" });
      const answer = await call(PUBLISH, "/posts", {
        body: {
          kind: "need",
          group: group.slug,
          category: category.slug,
          title: "  Supper for a shelter ",
          details: "Halal if you can",
          quantity: 40,
          urgency: "urgent",
          window_start: "2026-11-23T18:00:00-05:00",
          window_end: "2026-11-23T20:00:00-05:00",
          place: "Harbour school",
          lat: 40.71234,
          lng: -73.98765,
          address: "12 Elm Street",
          private_note: "Back door",
          languages: ["es", "zh-Hant"],
          contact: { name: "Ana", phone: "(555) 010-0142", email: "ana@example.org" },
          locale: "es",
        },
      });
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({
        kind: "need",
        group: group.slug,
        category: category.slug,
        title: "Supper for a shelter",
        quantity: 40,
        remaining: 40,
        unit: "meals",
        window_start: "2026-11-23T23:00:00.000Z",
        status: "open",
        url: `${PUBLIC_URL}/p/${answer.body.code}`,
      });
      expect(answer.body.lat).not.toBe(40.71234);
      expect(answer.body.manage_url).toMatch(/^http:\/\/localhost:3000\/m\/[\w-]{22}$/);
      expect(answer.headers.get("location")).toBe(`${PUBLIC_URL}/api/v1/posts/${answer.body.code}`);
      const [kept] = await ctx.db.sql<{ locale: string; author_id: string }[]>`
        select locale, author_id from posts where code = ${answer.body.code}`;
      const phone = ctx.seal.lookup("phone", "+15550100142");
      const [author] = await ctx.db.sql`select id from people where phone_lookup = ${phone}`;
      expect([kept!.locale, author!.id]).toEqual(["es", kept!.author_id]);
    });

    it("needs little: kind, group, title and a name", async () => {
      const group = await aGroup(testCtx());
      const answer = await call(PUBLISH, "/posts", { body: aBody(group.slug) });
      expect(answer.body).toMatchObject({ quantity: 1, urgency: "normal", category: null, unit: null, languages: [] });
      const nulls = { quantity: null, urgency: null, languages: null, locale: null, details: "", window_start: null };
      const spelled = await call(PUBLISH, "/posts", { body: aBody(group.slug, nulls) });
      expect(spelled.body).toMatchObject({ quantity: 1, urgency: "normal", languages: [], details: null });
      expect((await call(READ, `/posts/${answer.body.code}`)).status).toBe(200);
    });

    it("starts out as private as its category", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const rent = await aCategory(ctx, group.id, { defaultVisibility: "volunteers" });
      const { body } = await call(PUBLISH, "/posts", { body: aBody(group.slug, { category: rent.slug }) });
      expect((await call(READ, `/posts/${body.code}`)).status).toBe(404);
      const token = await aToken(await aMember(ctx, group.id));
      expect((await call(READ, `/posts/${body.code}`, { token })).status).toBe(200);
    });

    it("makes one post of fifty requests with one key, and gives all the same answer", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const given = { body: aBody(group.slug), headers: { "Idempotency-Key": crypto.randomUUID() } };
      const answers = await Promise.all(Array.from({ length: 50 }, () => call(PUBLISH, "/posts", given)));
      expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
      const [made] = await ctx.db.sql`select count(*)::int as n from posts where group_id = ${group.id}::uuid`;
      expect(made!.n).toBe(1);
      const other = await call(PUBLISH, "/posts", { ...given, body: aBody(group.slug, { title: "Bread" }) });
      expect([other.status, kindOf(other)]).toEqual([422, "key-reused"]);
    });

    it.each([
      [{ group: "nowhere" }, "#/group"],
      [{ category: "nothing" }, "#/category"],
      [{ title: " " }, "#/title"],
      [{ title: "x".repeat(121) }, "#/title"],
      [{ title: "nul \0" }, "#/title"],
      [{ title: "half \ud83d" }, "#/title"],
      [{ quantity: 0 }, "#/quantity"],
      [{ quantity: 1.5 }, "#/quantity"],
      [{ quantity: "4" }, "#/quantity"],
      [{ urgency: "now" }, "#/urgency"],
      [{ window_start: "tomorrow" }, "#/window_start"],
      [{ window_start: "2026-11-23T18:00:00" }, "#/window_start"],
      [{ window_start: "2026-11-23T18:00:00Z", window_end: "2026-11-22T18:00:00Z" }, "#/window_end"],
      [{ lat: 40 }, "#/lat"],
      [{ lat: 400, lng: 0 }, "#/lat"],
      [{ contact: {} }, "#/contact/name"],
      [{ contact: { name: "Ana", phone: "call me" } }, "#/contact/phone"],
      [{ contact: { name: "Ana", phone: "+19005551234" } }, "#/contact/phone"],
      [{ contact: { name: "Ana", email: "ana" } }, "#/contact/email"],
      [{ languages: ["Spanish, please"] }, "#/languages/0"],
      [{ locale: "xx" }, "#/locale"],
      [{ adress: "12 Elm Street" }, "#/adress"],
    ])("refuses %j and says where", async (wrong, pointer) => {
      const group = await aGroup(testCtx());
      const answer = await call(PUBLISH, "/posts", { body: aBody(group.slug, wrong) });
      expect([answer.status, kindOf(answer)]).toEqual([422, "invalid-input"]);
      expect(pointers(answer)).toEqual([pointer]);
      expect(JSON.stringify(answer.body)).not.toContain("call me");
    });

    it("names everything that is missing at once, in the caller's language", async () => {
      const answer = await call(PUBLISH, "/posts", { body: {}, headers: { "Accept-Language": "ar" } });
      expect(pointers(answer)).toEqual(["#/kind", "#/group", "#/title", "#/contact"]);
      expect(answer.body.errors[0].detail).toMatch(/[\u0600-\u06ff]/);
    });

    it("refuses what is not JSON", async () => {
      const broken = await call(PUBLISH, "/posts", { raw: "{" });
      expect([broken.status, kindOf(broken)]).toEqual([400, "malformed"]);
      const garbled = await call(PUBLISH, "/posts", { raw: new Uint8Array([0x22, 0xff, 0x22]) });
      expect(garbled.status).toBe(400);
      const form = await call(PUBLISH, "/posts", { raw: "a=b", headers: { "Content-Type": "text/plain" } });
      expect([form.status, kindOf(form)]).toEqual([415, "unsupported-type"]);
      const huge = await call(PUBLISH, "/posts", { raw: `"${"x".repeat(70_000)}"` });
      expect([huge.status, kindOf(huge)]).toEqual([413, "too-large"]);
    });

    it("survives deep, wide and polluting bodies", async () => {
      const deep = await call(PUBLISH, "/posts", { raw: "[".repeat(30_000) + "]".repeat(30_000) });
      const wide = await call(PUBLISH, "/posts", { raw: `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":1`)}}` });
      const proto = await call(PUBLISH, "/posts", { raw: `{"__proto__":{"isAdmin":true},"kind":"need"}` });
      expect([deep.status, wide.status, proto.status]).toEqual([422, 422, 422]);
      expect(wide.body.errors.length).toBeLessThanOrEqual(20);
      expect(({} as Record<string, unknown>)["isAdmin"]).toBeUndefined();
    });

    it("asks for patience after many posts from one address", async () => {
      const group = await aGroup(testCtx());
      const limited = { services: { env: { PUBLIC_URL, RATE_LIMITS: "on" as const } }, address: "198.51.100.77" };
      let last = await call(PUBLISH, "/posts", { body: aBody(group.slug), ...limited });
      for (let n = 0; n < 60 && last.status === 201; n++) {
        last = await call(PUBLISH, "/posts", { body: aBody(group.slug), ...limited });
      }
      expect([last.status, kindOf(last)]).toEqual([429, "too-many"]);
      expect(Number(last.headers.get("retry-after"))).toBeLessThanOrEqual(3_600);
      const elsewhere = await call(PUBLISH, "/posts", {
        body: aBody(group.slug),
        ...limited,
        address: "198.51.100.78",
      });
      expect(elsewhere.status).toBe(201);
    });

    it("gives up kindly when no code is free", async () => {
      const group = await aGroup(testCtx());
      const busy = new Proxy(testCtx().db, {
        get: (db, name) => (name === "sql" ? lockedSql(db.sql) : Reflect.get(db, name)),
      });
      const answer = await call(PUBLISH, "/posts", { body: aBody(group.slug), services: { db: busy } });
      expect(answer.status).toBe(503);
    });
  });
}

/** A driver whose every insert is cancelled by the statement timeout. */
const lockedSql = <S extends (...words: never[]) => unknown>(sql: S): S =>
  new Proxy(sql, {
    apply(target, self, words) {
      if (JSON.stringify(words[0]).includes("insert into posts")) {
        throw Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
      }
      return Reflect.apply(target, self, words) as unknown;
    },
  });
