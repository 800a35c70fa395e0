import { describe, expect, test } from "vitest";
import type { StepData } from "#app/broadcasts/composer.server.ts";
import { action as answer, loader as show } from "#app/routes/coordinate_.broadcasts_.$id.tsx";
import { loader as count } from "#app/routes/coordinate_.broadcasts_.audience.ts";
import { action as start, loader as fresh } from "#app/routes/coordinate_.broadcasts_.new.tsx";
import { loader as list } from "#app/routes/coordinate_.broadcasts.tsx";
import { aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { aCrew, aDraft, broadcastRow, manyVolunteers } from "./rows.ts";

const ctx = testCtx();
type Form = Record<string, string> | [string, string][];

const ask = (handler: unknown, as: { id: string }, path: string, form?: Form) =>
  askRoute(ctx, handler, { as, path, params: { id: path.split("?")[0]!.split("/").at(-1) }, form });
type Page = { data: StepData; state: string; said: string | null };
const page = async (answered: Response): Promise<Page> => (await answered.json()) as Page;
const to = (answered: Response) => `${answered.status} ${answered.headers.get("Location")}`;

describe("from the first form to the last", () => {
  test("who, what, check, send: with forms alone", async () => {
    const { group, author } = await aCrew(ctx);
    for (const locale of ["en", "en", "es"] as const) await aMember(ctx, group.id, { locale });
    const me = author.person;
    const { data: who } = await page(await ask(fresh, me, "/coordinate/broadcasts/new"));
    expect(who).toMatchObject({ step: "who", groupId: group.id, count: { people: 3 } });
    const path = `/coordinate/broadcasts/${who.id}`;

    const chosen = { id: who.id, group: group.id, role: "volunteer", alerts: "yes" };
    const counted = await ask(start, me, "/coordinate/broadcasts/new", { ...chosen, speaks: "es", do: "count" });
    expect(to(counted)).toBe(`303 ${path}?step=who`);
    expect((await page(await ask(show, me, `${path}?step=who`))).data).toMatchObject({ count: { people: 1 } });
    expect(to(await ask(answer, me, path, { ...chosen, do: "who" }))).toBe(`303 ${path}?step=what`);
    expect((await page(await ask(show, me, `${path}?step=check`))).data.step).toBe("what");

    expect(to(await ask(answer, me, path, { en: "", es: "", ar: "", do: "ready:closed" }))).toBe(
      `303 ${path}?step=what`,
    );
    const { data: what } = await page(await ask(show, me, `${path}?step=what`));
    const ready = (what as { words: Record<string, string> }).words;
    expect(ready["es"]).toContain("Hoy está cerrado");
    const gaps = await ask(answer, me, path, { ...ready, do: "what" });
    expect(gaps.status).toBe(422);
    expect(await gaps.json()).toMatchObject({ words: ready, faults: { en: { id: "broadcasts.error.gap" } } });

    const typed = { en: "Closed – we’re back on Monday", es: "Volvemos el miércoles, ¿sí?", ar: "" };
    await ask(answer, me, path, { ...typed, do: "plain:en" });
    const mended = (await page(await ask(show, me, `${path}?step=what`))).data as { words: Record<string, string> };
    expect(mended.words).toEqual({ en: "Closed - we're back on Monday", es: typed.es });
    expect(to(await ask(answer, me, path, { ...mended.words, do: "what" }))).toBe(`303 ${path}?step=check`);

    const { data: check } = await page(await ask(show, me, `${path}?step=check`));
    // One í makes two of the Spanish text.
    expect(check).toMatchObject({ step: "check", count: { people: 3 }, segments: 4, waiting: false });
    const { version, testKey } = check as { version: number; testKey: string };
    expect(to(await ask(answer, me, path, { key: testKey, do: "test:es" }))).toBe(
      `303 ${path}?step=check&said=test.sent`,
    );
    const send = { version: String(version), do: "send" };
    expect(to(await ask(answer, me, path, send))).toBe(`303 ${path}`);
    expect((await broadcastRow(ctx, who.id)).state).toBe("sending");
    expect(to(await ask(answer, me, path, send))).toBe(`303 ${path}?step=check&said=changed`);
    expect(await page(await ask(show, me, path))).toMatchObject({
      state: "sending",
      data: { step: "sent", live: true },
    });

    expect(to(await ask(answer, me, path, { do: "pause" }))).toBe(`303 ${path}`);
    expect(await page(await ask(show, me, path))).toMatchObject({ data: { state: "paused", pausedWhy: "by_hand" } });
    await ask(answer, me, path, { do: "resume" });
    await ask(answer, me, path, { do: "stop" });
    expect((await broadcastRow(ctx, who.id)).state).toBe("stopped");
    expect((await ask(answer, me, path, { do: "explode" })).status).toBe(422);
  });

  test("above a hundred the second person gets it shown and lets it go", async () => {
    const { group, author, second } = await aCrew(ctx);
    await manyVolunteers(ctx, group.id, 101, `pages ${group.id}`);
    const draft = await aDraft(author, { groupId: group.id });
    const path = `/coordinate/broadcasts/${draft.id}`;
    await ask(answer, author.person, path, { version: String(draft.version), do: "send" });
    const mine = await page(await ask(show, author.person, path));
    expect(mine).toMatchObject({ state: "waiting", data: { waiting: true, mine: true } });
    const told = await ctx.db.sql`
      select from events where type = 'broadcast.waiting' and group_id = ${group.id}::uuid`;
    expect(told).toHaveLength(1);
    const { data } = await page(await ask(show, second.person, path));
    expect(data).toMatchObject({ step: "check", waiting: true, mine: false });
    const listed = (await (await ask(list, second.person, "/coordinate/broadcasts")).json()) as {
      broadcasts: { id: string; yours: boolean }[];
    };
    expect(listed.broadcasts[0]).toMatchObject({ id: draft.id, yours: true });
    const version = String((data as { version: number }).version);
    expect(to(await ask(answer, author.person, path, { version, do: "approve" }))).toContain("said=changed");
    expect(to(await ask(answer, second.person, path, { version, do: "approve" }))).toBe(`303 ${path}`);
    expect((await broadcastRow(ctx, draft.id)).state).toBe("sending");
  });
});

describe("another group's coordinator", () => {
  test("sees, counts and changes nothing", async () => {
    const { group, author } = await aCrew(ctx);
    const other = await aGroup(ctx);
    const stranger = (await signedInAs(ctx, await aMember(ctx, other.id, { role: "coordinator" }))).person;
    const draft = await aDraft(author, { groupId: group.id });
    const path = `/coordinate/broadcasts/${draft.id}`;
    expect((await ask(show, stranger, path)).status).toBe(404);
    for (const deed of ["who", "what", "test:en", "send", "approve", "pause", "stop"])
      expect((await ask(answer, stranger, path, { group: other.id, do: deed })).status, deed).toBe(404);
    for (const groupId of [group.id, ""])
      expect((await ask(count, stranger, `/coordinate/broadcasts/audience?group=${groupId}`)).status).toBe(403);
    expect((await ask(count, stranger, `/coordinate/broadcasts/audience?group=${other.id}`)).status).toBe(200);
    const form = { id: crypto.randomUUID(), group: group.id, do: "who" };
    expect((await ask(start, stranger, "/coordinate/broadcasts/new", form)).status).toBe(403);
    expect(await (await ask(list, stranger, "/coordinate/broadcasts")).text()).not.toContain(draft.id);
  });
});

test("the words are sealed: nothing of them stands in the clear", async () => {
  const { group, author } = await aCrew(ctx);
  const { id } = await aDraft(author, { groupId: group.id, words: { en: "Zanzibar at midnight" } });
  const [row] = await ctx.db.sql`select * from broadcasts where id = ${id}::uuid`;
  expect(JSON.stringify(row)).not.toContain("Zanzibar");
});
