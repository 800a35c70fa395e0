import { beforeAll, describe, expect, it } from "vitest";
import { action as find, loader as inbox } from "#app/routes/coordinate_.messages.tsx";
import { action as act, loader as open } from "#app/routes/coordinate_.messages_.$thread.tsx";
import { loader as listen } from "#app/routes/coordinate_.messages_.calls.$callSid.audio.ts";
import { action as sendNeed, loader as openNeed } from "#app/routes/coordinate_.messages_.$thread_.need.tsx";
import { aCategory, aGroup, aMember, aPerson, type MadeGroup, type MadePerson } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aCall, aHeardText, aThread, saidStop } from "./rows.ts";

const ctx = testCtx();
let group: MadeGroup;
let kim: MadePerson;
let sam: MadePerson;
let elsewhere: MadePerson;

beforeAll(async () => {
  group = await aGroup(ctx);
  kim = await aMember(ctx, group.id, { role: "coordinator", name: "Kim" });
  sam = await aMember(ctx, group.id, { role: "coordinator", name: "Sam" });
  elsewhere = await aMember(ctx, (await aGroup(ctx)).id, { role: "coordinator" });
});

type Params = Record<string, string>;

const ask = (handler: unknown, as: { id: string }, path: string, params: Params = {}, form?: Params) =>
  askRoute(ctx, handler, { as, path: `/coordinate/messages${path}`, params, form });

const openForm = async (who: { id: string }, id: string): Promise<Params> => {
  const { answer } = (await (await ask(open, who, `/${id}`, { thread: id })).json()) as {
    answer: { formKey: string; answers: number; heard: number };
  };
  return { key: answer.formKey, answers: String(answer.answers), heard: String(answer.heard) };
};
const texts = async (phoneLookup: string) => {
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from outbox o join people p on p.id = o.person_id where p.phone_lookup = ${phoneLookup}`;
  return row!.n;
};

describe("the thread's page", () => {
  it("keeps the typed words when somebody else was quicker, says who, and sends them when asked again", async () => {
    const thread = await aThread(ctx, { groupId: group.id });
    const at = { thread: thread.id };
    const [ofKim, ofSam] = [await openForm(kim, thread.id), await openForm(sam, thread.id)];
    const sent = await ask(act, sam, `/${thread.id}`, at, { ...ofSam, do: "answer", words: "On my way" });
    expect([sent.status, sent.headers.get("Location")]).toEqual([303, `/coordinate/messages/${thread.id}?said=sent`]);

    const late = await ask(act, kim, `/${thread.id}`, at, { ...ofKim, do: "answer", words: "I can come" });
    expect(late.status).toBe(409);
    const { answer } = (await late.json()) as { answer: Record<string, unknown> };
    expect(answer).toMatchObject({ words: "I can come", answers: 1, meanwhile: { you: "no" } });
    expect(JSON.stringify(answer)).toContain("Sam");
    expect(await texts(thread.phoneLookup)).toBe(1);

    const again = {
      do: "answer",
      words: "I can come",
      key: String(answer["formKey"]),
      answers: "1",
      heard: ofKim["heard"]!,
    };
    expect((await ask(act, kim, `/${thread.id}`, at, again)).status).toBe(303);
    expect((await ask(act, kim, `/${thread.id}`, at, again)).status).toBe(303);
    expect(await texts(thread.phoneLookup)).toBe(2);
  });

  it("refuses kindly after STOP and without words, and keeps what was typed", async () => {
    const thread = await aThread(ctx, { groupId: group.id });
    const form = await openForm(kim, thread.id);
    const empty = await ask(act, kim, "", { thread: thread.id }, { ...form, do: "answer", words: "  " });
    expect([empty.status, await empty.json()]).toMatchObject([
      422,
      { answer: { error: "Write what you want to say." } },
    ]);
    await saidStop(ctx, thread);
    const stopped = await ask(act, kim, "", { thread: thread.id }, { ...form, do: "answer", words: "Hello?" });
    expect([stopped.status, await stopped.json()]).toMatchObject([409, { answer: { words: "Hello?" } }]);
    expect(await (await ask(open, kim, "", { thread: thread.id })).json()).toMatchObject({ stopped: true });
    expect(await texts(thread.phoneLookup)).toBe(0);
  });

  it("counts and simplifies letters without script, and sends nothing by that", async () => {
    const thread = await aThread(ctx);
    const answer = await ask(act, kim, "", { thread: thread.id }, { do: "plain", words: "“Yes” – six" });
    expect([answer.status, await answer.json()]).toMatchObject([200, { answer: { words: '"Yes" - six' } }]);
    expect(await texts(thread.phoneLookup)).toBe(0);
  });

  it("handed to another group, leads back to the list", async () => {
    const other = await aGroup(ctx);
    const thread = await aThread(ctx, { groupId: group.id });
    const moved = await ask(act, kim, "", { thread: thread.id }, { do: "hand_over", group: other.id });
    expect(moved.headers.get("Location")).toBe("/coordinate/messages?said=handed");
    expect((await ask(open, kim, "", { thread: thread.id })).status).toBe(404);
  });
});

describe("what never leaves", () => {
  it("no whole number in any page or address, until it is asked for", async () => {
    const thread = await aThread(ctx, { groupId: group.id });
    await aHeardText(ctx, thread, "hello");
    const pages = [
      await ask(inbox, kim, "?box=all"),
      await ask(open, kim, "", { thread: thread.id }),
      await ask(openNeed, kim, "", { thread: thread.id }),
    ];
    for (const page of pages) {
      expect(page.headers.get("Cache-Control")).toBe("no-store");
      const text = await page.text();
      expect(text).not.toContain(thread.phone.slice(2));
      expect(text).not.toContain(thread.phoneLookup);
    }
    const found = await ask(find, kim, "", {}, { do: "find", phone: thread.phone });
    expect(found.headers.get("Location")).toBe(`/coordinate/messages/${thread.id}`);
    const unknown = await ask(find, elsewhere, "", {}, { do: "find", phone: thread.phone });
    expect(unknown.headers.get("Location")).toBe("/coordinate/messages?box=all&said=not_found");

    await ask(act, kim, "", { thread: thread.id }, { do: "number" });
    expect(await (await ask(open, kim, "", { thread: thread.id })).json()).toMatchObject({ phone: thread.phone });
  });

  it("nothing of another group's thread: not its page, its forms, its calls", async () => {
    const thread = await aThread(ctx, { groupId: group.id });
    const callSid = await aCall(ctx, thread);
    const at = { thread: thread.id };
    for (const [handler, params, form] of [
      [open, at, undefined],
      [openNeed, at, undefined],
      [listen, { callSid }, undefined],
      [act, at, { do: "away", heard: "0" }],
      [act, at, { do: "number" }],
      [act, at, { do: "call_away", call: callSid }],
      [act, at, { do: "answer", words: "hi", key: "k", answers: "0", heard: "0" }],
    ] as const) {
      expect((await ask(handler, elsewhere, "", params, form)).status).toBe(404);
    }
    expect(await texts(thread.phoneLookup)).toBe(0);
  });
});

describe("forms of the inbox", () => {
  it("a need of a thread: mistakes keep what was typed; then it is up", async () => {
    const category = await aCategory(ctx, group.id);
    const thread = await aThread(ctx);
    const form = {
      what: `${group.slug}/${category.slug}`,
      title: "",
      quantity: "0",
      textLocale: "en",
      key: "k2",
      heard: "0",
    };
    const wrong = await ask(sendNeed, kim, "", { thread: thread.id }, form);
    expect(wrong.status).toBe(422);
    const { errors, values } = (await wrong.json()) as { errors: Params; values: Params };
    expect(Object.keys(errors).toSorted()).toEqual(["quantity", "title", "visibility", "when"]);
    expect(values["what"]).toBe(form.what);
    const right = { ...form, title: "Soup", quantity: "2", when: "days", visibility: "volunteers" };
    const sent = await ask(sendNeed, kim, "", { thread: thread.id }, right);
    expect(sent.headers.get("Location")).toMatch(/^\/coordinate\/messages\?said=need&code=\w{4,6}$/);
  });

  it("only admins pause a number of ours", async () => {
    const id = crypto.randomUUID();
    await ctx.db.sql`insert into senders (id, address, rate, burst, time_zone, tokens, refilled_at, created_at)
      values (${id}::uuid, '+15550009999', 1, 1, 'UTC', 1, now(), now())`;
    const paused = async () => {
      const [row] = await ctx.db.sql<{ on: boolean }[]>`
        select coalesce(paused_until > now(), false) as on from senders where id = ${id}::uuid`;
      return row!.on;
    };
    const form = { do: "pause", sender: id };
    expect((await ask(find, kim, "", {}, form)).status).toBe(403);
    expect(await paused()).toBe(false);
    const admin = await aPerson(ctx, { isAdmin: true });
    expect((await ask(find, admin, "", {}, form)).status).toBe(303);
    expect(await paused()).toBe(true);
    expect((await ask(find, admin, "", {}, { ...form, do: "resume" })).status).toBe(303);
    expect(await paused()).toBe(false);
  });
});
