import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PersonCtx } from "#app/core/ctx.ts";
import { actOnPosts, undoOnPosts } from "#app/dashboard/bulk/act-on-posts.server.ts";
import {
  CLOSE_REASONS,
  MOST_CHOSEN,
  parseAct,
  parseChosen,
  parseReport,
  reportQuery,
  URGENCIES,
  type BulkAct,
} from "#app/dashboard/bulk/bulk.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { deleteView } from "#app/dashboard/views/delete-view.server.ts";
import { listViews } from "#app/dashboard/views/list-views.server.ts";
import { saveView } from "#app/dashboard/views/save-view.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { action } from "#app/routes/coordinate_.posts_.bulk.ts";
import { loader as list } from "#app/routes/coordinate_.posts.tsx";
import { action as views } from "#app/routes/coordinate_.posts_.views.ts";
import { postRow, posted } from "#tests/claims/rows.ts";
import { aCategory, aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const now = new Date("2026-11-20T12:00:00Z");
const ctx = testCtx({ now, wakesNobody: true });
const { sql } = ctx.db;

async function room(posts = 3, status: "open" | "in_review" = "open") {
  const group = await aGroup(ctx);
  const member = await aMember(ctx, group.id, { role: "coordinator" });
  const coordinator = await signedInAs(ctx, member);
  const made = [];
  for (let n = 0; n < posts; n += 1) made.push(await posted(ctx, { groupId: group.id, status }));
  return { group, member, coordinator, made };
}
const fresh = (made: readonly { code: string }[]) => made.map(({ code }) => ({ code, revision: 0 }));
const act = (who: PersonCtx, what: string, made: readonly { code: string }[], agreed = false) =>
  actOnPosts(who, parseAct(what, agreed)!, fresh(made));
const column = async (name: string, made: readonly { id: string }[]) => {
  const rows = await sql`select id, ${sql(name)} as it from posts where id = any(${made.map(({ id }) => id)}::uuid[])`;
  return made.map(({ id }) => rows.find((row) => row["id"] === id)!["it"]);
};

describe("one act on many posts", () => {
  it("goes on past what cannot be changed, and names it with the reason", async () => {
    const { coordinator, made } = await room(4);
    const [seen, edited, over, foreign] = [made[0]!, made[1]!, made[2]!, await posted(ctx)];
    await editPost(coordinator, { code: edited.code, changes: { title: "Something else" } });
    await act(coordinator, "close:fulfilled", [over]);
    const outcomes = await act(coordinator, "close:withdrawn", [seen, edited, over, foreign, made[3]!]);
    expect(outcomes.map(({ problem }) => problem)).toEqual([
      null,
      "changed-meanwhile",
      "already-closed",
      "not-found",
      null,
    ]);
    expect(await column("closed_reason", [seen, edited, over, foreign, made[3]!])).toEqual([
      "withdrawn",
      null,
      "fulfilled",
      null,
      "withdrawn",
    ]);
  });

  it("changes urgency and category, category within the group alone", async () => {
    const { group, coordinator, made } = await room();
    const [mine, other] = [await aCategory(ctx, group.id), await aCategory(ctx, (await aGroup(ctx)).id)];
    await act(coordinator, "urgency:urgent", made);
    expect(await column("urgency", made)).toEqual(["urgent", "urgent", "urgent"]);
    const again = made.map(({ code }) => ({ code, revision: 1 }));
    const to = (categoryId: string): BulkAct => ({ kind: "category", categoryId });
    expect((await actOnPosts(coordinator, to(mine.id), again)).every(({ problem }) => problem === null)).toBe(true);
    const there = made.map(({ code }) => ({ code, revision: 2 }));
    const refused = await actOnPosts(coordinator, to(other.id), there);
    expect(refused.map(({ problem }) => problem)).toEqual(["invalid-input", "invalid-input", "invalid-input"]);
    expect(await column("category_id", made)).toEqual([mine.id, mine.id, mine.id]);
    const events = await sql`select type from events where post_id = ${made[0]!.id}::uuid order by id`;
    expect(events.map((row) => row["type"])).toEqual(["post.edited", "post.edited"]);
  });

  it("sends on only with the authors' yes", async () => {
    const { coordinator, made } = await room(2);
    const medics = await aGroup(ctx);
    expect((await act(coordinator, `group:${medics.slug}`, made))[0]).toMatchObject({ problem: "invalid-input" });
    expect((await act(coordinator, `group:${medics.slug}`, made, true))[0]).toMatchObject({ problem: null });
    expect(await column("group_id", made)).toEqual([medics.id, medics.id]);
  });

  it("can be taken back for ten seconds, but for what somebody has gone on with", async () => {
    const { coordinator, made } = await room(3, "in_review");
    await act(coordinator, "approve", made);
    await editPost(coordinator, { code: made[1]!.code, changes: { title: "Gone on with" } });
    const codes = made.map(({ code }) => code);
    const later = { ...coordinator, now: new Date(now.getTime() + 9_000) };
    expect((await undoOnPosts(later, codes)).map(({ problem }) => problem)).toEqual([null, "changed-meanwhile", null]);
    expect(await column("status", made)).toEqual(["in_review", "open", "in_review"]);
    await actOnPosts(coordinator, { kind: "approve" }, [{ code: codes[0]!, revision: 2 }]);
    const late = { ...coordinator, now: new Date(now.getTime() + 13_000) };
    expect(await undoOnPosts(late, codes.slice(0, 1))).toEqual([{ code: codes[0], problem: "too-late-to-undo" }]);
  });

  it("of two coordinators at once each post is changed once, and nothing is lost", async () => {
    const { group, coordinator, made } = await room(12);
    const second = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
    const both = await Promise.all([act(coordinator, "close:fulfilled", made), act(second, "close:withdrawn", made)]);
    for (const [at, post] of made.entries()) {
      const [one, two] = [both[0]![at]!, both[1]![at]!];
      expect([one.problem, two.problem].filter((problem) => problem === null)).toHaveLength(1);
      expect((await postRow(ctx, post.id)).closed_reason).toBe(one.problem === null ? "fulfilled" : "withdrawn");
    }
  });
});

describe("the form's words", () => {
  it("come back as they were, whatever was done", () => {
    const code = fc.stringMatching(/^[0-9A-Z]{4,8}$/);
    const problem = fc.constantFrom("not-found", "changed-meanwhile", "already-closed");
    const acts = [
      "approve",
      "undo",
      ...CLOSE_REASONS.map((one) => `close:${one}`),
      ...URGENCIES.map((one) => `urgency:${one}`),
    ];
    const report = fc.record({
      act: fc.constantFrom(...acts),
      done: fc.array(code, { maxLength: MOST_CHOSEN }),
      failed: fc.array(fc.record({ code, problem }), { maxLength: MOST_CHOSEN }),
    });
    fc.assert(
      fc.property(report, (one) => {
        expect(parseReport(new URLSearchParams(reportQuery(one)))).toEqual(one);
      }),
    );
    for (const words of ["", "close", "close:expired", "urgency:now", "category:1", "group:", "delete"])
      expect(parseAct(words, true), words).toBeNull();
    for (const words of ["", "4F2K", "4F2K.-1", "4F2K.1.2", "4f2k.1", "4F2K.9999999999"])
      expect(parseChosen(words), words).toBeNull();
  });
});

describe("the page", () => {
  const ask = (as: { id: string }, form: [string, string][]) =>
    askRoute(ctx, action, { as, path: "/coordinate/posts/bulk", form });

  it("without script: one POST, and the list says what became of each", async () => {
    const { member, made } = await room(2);
    const closed = await posted(ctx);
    const rows = [...made, closed].map(({ code }): [string, string] => ["row", `${code}.0`]);
    const answer = await ask(member, [...rows, ["act", "urgency:soon"], ["to", "/coordinate/posts?state=open&page=2"]]);
    expect(answer.status).toBe(303);
    const back = answer.headers.get("Location")!;
    expect(back).toMatch(/^\/coordinate\/posts\?state=open&page=2&act=urgency%3Asoon&/);
    const { report } = await (await askRoute(ctx, list, { as: member, path: back })).json();
    expect(report).toEqual({
      act: "urgency:soon",
      done: made.map(({ code }) => code),
      failed: [{ code: closed.code, problem: "not-found" }],
    });
    const none = await ask(member, [
      ["act", "approve"],
      ["to", "https://elsewhere.example"],
    ]);
    expect(none.headers.get("Location")).toBe("/coordinate/posts?act=approve&done=");
    const many = Array.from({ length: MOST_CHOSEN + 1 }, (): [string, string] => ["row", "4F2K.0"]);
    expect((await ask(member, [...many, ["act", "approve"]])).status).toBe(413);
    expect(
      (
        await ask(member, [
          ["act", "delete"],
          ["row", "4F2K.0"],
        ])
      ).status,
    ).toBe(422);
    expect((await ask(await aMember(ctx, made[0]!.groupId), [["act", "approve"]])).status).toBe(403);
  });
});

describe("lists that are kept", () => {
  it("are the reader's own, or all coordinators' of a group; words looked for and the page are not kept", async () => {
    const { group, member, coordinator } = await room(0);
    const [others, another] = [await aGroup(ctx), await aMember(ctx, group.id, { role: "coordinator" })];
    const second = await signedInAs(ctx, another);
    const mine = await groupsInView(coordinator, null);
    await saveView(coordinator, { name: " Old ones ", query: "state=waiting&age=2d&q=maria&page=3&x=1", group: null });
    await saveView(coordinator, { name: "Ours", query: "kind=need", group: mine[0]! });
    await saveView(coordinator, { name: "old ones", query: "state=waiting&age=4d", group: null });
    expect((await listViews(coordinator, mine)).map(({ name, query, group: whose }) => [name, query, whose])).toEqual([
      ["old ones", "state=waiting&age=4d", null],
      ["Ours", "kind=need", group.name],
    ]);
    const seen = await listViews(second, mine);
    expect(seen.map(({ name }) => name)).toEqual(["Ours"]);
    const [own] = await listViews(coordinator, mine);
    await deleteView(second, mine, own!.id);
    expect(await listViews(coordinator, mine)).toHaveLength(2);
    await deleteView(second, mine, seen[0]!.id);
    expect(await listViews(coordinator, mine)).toHaveLength(1);
    await expect(saveView(coordinator, { name: " ", query: "", group: null })).rejects.toMatchObject({
      kind: "invalid-input",
    });

    const send = (form: Record<string, string>) =>
      askRoute(ctx, views, { as: member, path: "/coordinate/posts/views", form });
    expect((await send({ act: "save", name: "Late", query: "age=2d&q=x", owner: "" })).headers.get("Location")).toBe(
      "/coordinate/posts?age=2d",
    );
    expect((await send({ act: "save", name: "Late", query: "", owner: others.slug })).status).toBe(403);
  });
});
