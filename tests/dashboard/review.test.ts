import { expect, test } from "vitest";
import { action, loader } from "#app/routes/coordinate_.review.tsx";
import { worriesOf } from "#app/dashboard/now/worries.server.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { blockPerson } from "#app/groups/block-person.server.ts";
import { aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();

async function aDesk() {
  const group = await aGroup(ctx);
  const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
  const person = await aPerson(ctx, { name: "Troll" });
  const contact = { name: null, phone: person.phone, email: null };
  const wordy = await aPost(ctx, { groupId: group.id, contact, details: "call 212 555 0134" });
  const linked = await aPost(ctx, { groupId: group.id, contact, details: "https://evil.example" });
  const fine = await aPost(ctx, { groupId: group.id, contact });
  const page = async () =>
    (await readAnswer(await askRoute(ctx, loader, { as: coordinator, path: "/coordinate/review" }))).body;
  const send = async (form: Record<string, string>) =>
    readAnswer(await askRoute(ctx, action, { as: coordinator, path: "/coordinate/review", form }));
  const act = (post: { code: string }, what: string) => send({ act: what, code: post.code, revision: "0" });
  return { group, coordinator, person, wordy, linked, fine, page, send, act };
}
const codes = (page: { posts: { code: string }[] }) => page.posts.map(({ code }) => code);

test("what waits comes first, then what stands out, each with why; nothing else is there", async () => {
  const { wordy, linked, page } = await aDesk();
  const shown = await page();
  expect(codes(shown)).toEqual([linked.code, wordy.code]);
  expect(shown.posts).toMatchObject([
    { waits: true, concerns: ["link"], lately: 3 },
    { waits: false, concerns: ["phone"] },
  ]);
});

test("a coordinator lets up, leaves alone and takes down, and what was done is gone from the page", async () => {
  const { wordy, linked, page, act } = await aDesk();
  expect(await act(linked, "approve")).toMatchObject({ status: 303, to: "/coordinate/review?done=approve" });
  expect(await getPost(ctx, linked.code, "en")).not.toBeNull();
  expect(await act(wordy, "keep")).toMatchObject({ status: 303 });
  expect(codes(await page())).toEqual([]);
  const [row] = await sql`select concerns, details, revision from posts where id = ${wordy.id}::uuid`;
  expect(row).toEqual({ concerns: [], details: "call 212 555 0134", revision: 0 });
  const events = await sql`select type from events where post_id = ${wordy.id}::uuid order by id`;
  expect(events.map(({ type }) => type)).toContain("post.looked_at");
  const again = await aDesk();
  expect(await again.act(again.linked, "keep")).toMatchObject({ status: 409 });
  expect(await again.act(again.linked, "decline")).toMatchObject({ status: 303 });
  expect(await getPost(ctx, again.linked.code, "en")).toBeNull();
});

test("blocking takes the post down and lists the number until it is unblocked", async () => {
  const { group, coordinator, person, linked, page, send, act } = await aDesk();
  expect(await act(linked, "block")).toMatchObject({ status: 303 });
  const { blocked } = await page();
  expect(blocked).toMatchObject([{ personId: person.id, name: "Troll", scope: group.id }]);
  expect(await act(linked, "block_all")).toMatchObject({ status: 403 });
  const contact = { name: null, phone: person.phone, email: null };
  const more = await aPost(ctx, { groupId: group.id, contact, title: "Again" });
  expect(codes(await page()).at(-1)).toBe(more.code);
  const now = await worriesOf(await signedInAs(ctx, coordinator), [group], "review");
  expect(JSON.stringify(now)).not.toContain(more.code);
  expect(await send({ act: "unblock", personId: person.id, scope: group.id })).toMatchObject({ status: 303 });
  expect((await page()).blocked).toEqual([]);
});

test("of other groups nothing is shown and nothing can be done", async () => {
  const ours = await aDesk();
  const theirs = await aDesk();
  expect(codes(await ours.page())).not.toContain(theirs.linked.code);
  for (const what of ["approve", "keep", "decline", "block"])
    expect(await ours.act(theirs.linked, what)).toMatchObject({ status: 404 });
  const them = await signedInAs(ctx, theirs.coordinator);
  await blockPerson(them, { personId: theirs.person.id, groupId: theirs.group.id });
  expect(await ours.send({ act: "unblock", personId: theirs.person.id, scope: theirs.group.id })).toMatchObject({
    status: 403,
  });
  expect((await ours.page()).blocked).toEqual([]);
});

test("the author is asked, or told why it is down, by one text in the coordinator's words; never over a change", async () => {
  const { wordy, linked, person, send } = await aDesk();
  const write = (post: { code: string }, what: string, words: string, revision = "0") =>
    send({ act: what, code: post.code, revision, words, key: `${post.code} ${what}` });
  const texts = async () => {
    const rows = await sql<{ id: string; body: string }[]>`
      select id, body_sealed as body from outbox where person_id = ${person.id}::uuid and template = 'reply' order by id`;
    return rows.map(({ id, body }) => ctx.seal.open(body, { table: "outbox", column: "body_sealed", row: id }));
  };
  const stateOf = async (post: { id: string }) =>
    (await sql`select status from posts where id = ${post.id}::uuid`)[0]!["status"];

  expect(await write(linked, "ask", "  ")).toMatchObject({
    status: 422,
    body: { unsent: { why: "review.error.words" } },
  });
  const late = await write(linked, "decline_words", "No links, please", "7");
  expect(late).toMatchObject({
    status: 409,
    body: { unsent: { words: "No links, please", why: "review.error.changed" } },
  });
  expect(await texts()).toEqual([]);
  const twice = await Promise.all([write(linked, "ask", "Which street?"), write(linked, "ask", "Which street?")]);
  expect(twice.map(({ to }) => to)).toEqual(["/coordinate/review?done=ask", "/coordinate/review?done=ask"]);
  expect(await texts()).toEqual([expect.stringContaining("Which street?")]);
  expect(await stateOf(linked)).toBe("in_review");
  const both = await Promise.all(
    ["One", "Two"].map((words) => send({ act: "decline_words", code: wordy.code, revision: "0", words, key: words })),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
  expect(await stateOf(wordy)).toBe("closed");
  expect(await texts()).toHaveLength(2);

  await sql`insert into consent_events (phone_lookup, action, source, at)
    select phone_lookup, 'out', 'text', ${ctx.now}::timestamptz from people where id = ${person.id}::uuid`;
  expect(await write(linked, "decline_words", "Still no")).toMatchObject({
    body: { unsent: { why: "review.error.cannot" } },
  });
  expect(await stateOf(linked)).toBe("in_review");
  const outsider = await aMember(ctx, (await aGroup(ctx)).id, { role: "coordinator" });
  const form = { act: "ask", code: linked.code, revision: "0", words: "Hello", key: "k" };
  const path = "/coordinate/review";
  expect((await askRoute(ctx, action, { as: outsider, path, form })).status).toBe(404);
});
