import { describe, expect, it } from "vitest";
import type { Ctx } from "#app/core/ctx.ts";
import { aCategory, aGroup, aMember, aPerson, aPhone, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aToken, call, kindOf, type Answer } from "./harness.ts";

const LIST = "GET /posts";
const READ = "GET /posts/{code}";
const CHANGE = "PATCH /posts/{code}";
const codes = (answer: Answer): string[] => answer.body.items.map(({ code }: { code: string }) => code);

/** Lists go by the time of posting. */
const later = (ctx: Ctx, ms = 1): Ctx => ({ ...ctx, now: new Date(ctx.now.getTime() + ms) });

export function postsSuite(): void {
  listing();
  reading();
  changing();
}

function listing(): void {
  describe(LIST, () => {
    it("filters by kind, group, category, words, place and state", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const category = await aCategory(ctx, group.id);
      const soup = await aPost(ctx, {
        groupId: group.id,
        categoryId: category.id,
        title: "Hot soup",
        lat: 40,
        lng: -3,
      });
      const ride = await aPost(later(ctx), { groupId: group.id, kind: "offer", title: "A ride", lat: 41, lng: -3 });
      const of = async (query: string) => codes(await call(LIST, `/posts?group=${group.slug}${query}`));

      expect(await of("")).toEqual([soup.code, ride.code]);
      expect(await of("&kind=offer")).toEqual([ride.code]);
      expect(await of(`&category=${category.slug}`)).toEqual([soup.code]);
      expect(await of("&q=soup")).toEqual([soup.code]);
      expect(await of("&near=41,-3&within_km=20")).toEqual([ride.code]);
      expect(await of("&status=covered")).toEqual([]);
      expect(await of("&status=all")).toEqual([ride.code, soup.code]);
    });

    it("goes through all pages by next_cursor", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const made = [];
      for (let n = 0; n < 5; n++) {
        made.push((await aPost(later(ctx, n), { groupId: group.id })).code);
      }
      const found: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page: Answer = await call(LIST, `/posts?group=${group.slug}&limit=2${cursor && `&cursor=${cursor}`}`);
        found.push(...codes(page));
        cursor = page.body.next_cursor;
      }
      expect(found).toEqual(made);
    });

    it.each([
      ["limit=0", "limit"],
      ["limit=101", "limit"],
      ["limit=ten", "limit"],
      ["kind=wish", "kind"],
      ["near=91,0", "near"],
      ["near=here", "near"],
      ["within_km=3", "within_km"],
      ["cursor=abc", "cursor"],
      ["kind=need&kind=offer", "kind"],
      ["status=lost", "status"],
      ["q=%00", "q"],
      ["grup=kitchen", "grup"],
    ])("refuses ?%s", async (query, parameter) => {
      const answer = await call(LIST, `/posts?${query}`);
      expect(answer.status).toBe(422);
      expect(answer.body.errors).toEqual([{ parameter, detail: expect.any(String) }]);
    });

    it("keeps to visitors what is for everybody, and shows nobody's secrets", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const secret = {
        address: "12 Canary Lane",
        privateNote: "canary note",
        contact: { name: "Canary Name", phone: aPhone(), email: null },
      };
      const open = await aPost(ctx, { groupId: group.id, ...secret });
      const hidden = await aPost(later(ctx), { groupId: group.id, visibility: "volunteers", ...secret });
      const visitor = await call(LIST, `/posts?group=${group.slug}`);
      expect(codes(visitor)).toEqual([open.code]);
      const token = await aToken(await aMember(ctx, group.id));
      const volunteer = await call(LIST, `/posts?group=${group.slug}`, { token });
      expect(codes(volunteer)).toEqual([open.code, hidden.code]);
      expect(JSON.stringify([visitor.body, volunteer.body])).not.toMatch(/canary/i);
    });
  });
}

function reading(): void {
  describe(READ, () => {
    it("gives contact, address and note to those entitled, and records their looks", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const phone = aPhone();
      const author = await aPerson(ctx, { phone });
      const contact = { name: "Ana", phone, email: null };
      const post = await aPost(ctx, { groupId: group.id, address: "12 Elm Street", privateNote: "Back door", contact });
      const path = `/posts/${post.code.toLowerCase()}`;
      const read = async (token?: string) => (await call(READ, path, { token })).body;
      const claimer = await aMember(ctx, group.id);
      const claimerToken = await aToken(claimer);

      for (const token of [undefined, claimerToken, await aToken(await aPerson(ctx))]) {
        const { contact: _contact, address: _address, private_note: _note, ...open } = await read(token);
        expect(await read(token)).toEqual(open);
      }
      await call("POST /posts/{code}/claims", `${path}/claims`, { token: claimerToken, body: {} });
      const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
      for (const person of [author, claimer, coordinator]) {
        expect(await read(await aToken(person))).toMatchObject({
          contact: { name: "Ana", phone: person === claimer ? null : phone, email: null },
          address: "12 Elm Street",
          private_note: "Back door",
        });
      }
      const looks = await ctx.db.sql`
        select actor_id from events where post_id = ${post.id}::uuid and type = 'contact.seen' order by id`;
      expect(looks.map((look) => look.actor_id)).toEqual([claimer.id, coordinator.id]);
    });

    it("does not tell a code nobody has from one nobody may see", async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const hidden = await aPost(ctx, { groupId: group.id, visibility: "team" });
      const answers = [await call(READ, `/posts/${hidden.code}`), await call(READ, "/posts/2222")];
      const odd = await call(READ, "/posts/%3Cscript%3E");
      expect([...answers, odd].map(({ status, body }) => [status, body.detail])).toEqual(
        Array.from({ length: 3 }, () => [404, answers[0]!.body.detail]),
      );
    });

    it("refuses parameters nobody knows", async () => {
      expect((await call(READ, "/posts/2222?full=1")).status).toBe(422);
    });
  });
}

function changing(): void {
  describe(CHANGE, () => {
    const aNeed = async () => {
      const ctx = testCtx();
      const group = await aGroup(ctx);
      const author = await aPerson(ctx);
      const post = await aPost(ctx, {
        groupId: group.id,
        authorId: author.id,
        quantity: 10,
        windowStart: new Date("2026-12-01T10:00:00Z"),
        windowEnd: new Date("2026-12-01T12:00:00Z"),
      });
      return { ctx, group, post, path: `/posts/${post.code}`, token: await aToken(author) };
    };

    it("edits words and quantity, and empties with null", async () => {
      const { path, token } = await aNeed();
      const changes = { title: "Bread", quantity: 12, place: "Pier 4", lat: 40.7, lng: -74, window_end: null };
      const answer = await call(CHANGE, path, { token, body: { ...changes, address: "1 Elm", private_note: "Bell" } });
      expect(answer.body).toMatchObject({
        title: "Bread",
        quantity: 12,
        remaining: 12,
        place: "Pier 4",
        window_end: null,
      });
      expect((await call(READ, path, { token })).body).toMatchObject({ address: "1 Elm", private_note: "Bell" });
      const emptied = await call(CHANGE, path, { token, body: { place: null, lat: null, lng: null } });
      expect(emptied.body).toMatchObject({ place: null, lat: null, title: "Bread" });
      expect((await call(CHANGE, path, { token, body: {} })).body).toEqual(emptied.body);
    });

    it("closes once", async () => {
      const { path, token } = await aNeed();
      const body = { status: "closed", closed_reason: "met_for_now" };
      expect((await call(CHANGE, path, { token, body })).body).toMatchObject(body);
      const again = await call(CHANGE, path, { token, body });
      expect([again.status, kindOf(again)]).toEqual([409, "already-closed"]);
      expect((await call(CHANGE, path, { token, body: { title: "Late" } })).status).toBe(409);
    });

    it("lets only coordinators decline", async () => {
      const { ctx, group, path, token } = await aNeed();
      const body = { status: "closed", closed_reason: "declined" };
      const mine = await call(CHANGE, path, { token, body });
      expect([mine.status, kindOf(mine)]).toEqual([403, "not-allowed"]);
      const coordinator = await aToken(await aMember(ctx, group.id, { role: "coordinator" }));
      expect((await call(CHANGE, path, { token: coordinator, body })).body.closed_reason).toBe("declined");
    });

    it.each([
      [{ status: "closed" }, "#/closed_reason"],
      [{ closed_reason: "withdrawn" }, "#/status"],
      [{ status: "open", closed_reason: "withdrawn" }, "#/status"],
      [{ status: "closed", closed_reason: "expired" }, "#/closed_reason"],
      [{ status: "closed", closed_reason: "withdrawn", title: "Bye" }, "#/status"],
      [{ window_end: "2026-12-01T09:00:00Z" }, "#/window_end"],
      [{ quantity: 0 }, "#/quantity"],
      [{ lat: 40 }, "#/lat"],
      [{ group: "other" }, "#/group"],
      [{ remaining: 3 }, "#/remaining"],
    ])("refuses %j", async (body, pointer) => {
      const { path, token } = await aNeed();
      const answer = await call(CHANGE, path, { token, body });
      expect([answer.status, answer.body.errors?.[0].pointer]).toEqual([422, pointer]);
    });

    it("refuses a quantity under what is promised, and says the least there can be", async () => {
      const { ctx, path, token } = await aNeed();
      const helper = await aToken(await aPerson(ctx));
      await call("POST /posts/{code}/claims", `${path}/claims`, { token: helper, body: { quantity: 7 } });
      const answer = await call(CHANGE, path, { token, body: { quantity: 6 } });
      expect(answer.body.errors).toEqual([{ pointer: "#/quantity", detail: expect.stringContaining("7") }]);
    });

    it("is for the author and coordinators: others learn nothing", async () => {
      const { ctx, path } = await aNeed();
      expect((await call(CHANGE, path, { body: { title: "Mine" } })).status).toBe(401);
      const stranger = await aToken(await aPerson(ctx));
      expect((await call(CHANGE, path, { token: stranger, body: { title: "Mine" } })).status).toBe(404);
    });

    it("refuses bodies it cannot read", async () => {
      const { path, token } = await aNeed();
      const statuses = [
        await call(CHANGE, path, { token, raw: "nope" }),
        await call(CHANGE, path, { token, raw: " ".repeat(70_000) }),
        await call(CHANGE, path, { token, raw: "{}", headers: { "Content-Type": "text/csv" } }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([400, 413, 415]);
    });
  });
}
