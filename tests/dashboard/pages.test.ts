import { describe, expect, it } from "vitest";
import { loader as overview } from "#app/routes/coordinate.tsx";
import { action as answer } from "#app/routes/coordinate_.members.ts";
import { loader as list } from "#app/routes/coordinate_.posts.tsx";
import { loader as allRows } from "#app/routes/coordinate_.posts_.rows.ts";
import type { SignedIn } from "#app/core/ctx.ts";
import { unpackRows } from "#app/dashboard/packed-rows.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";
import { group, person, post } from "./rows.ts";

const ctx = testCtx();

const ask = (handler: unknown, as: SignedIn | null, path: string, form?: Record<string, string>) =>
  askRoute(ctx, handler, { as, path, form });

async function member(groupId: string, given: { role?: string; state?: string; name?: string } = {}) {
  const { name, ...membership } = given;
  const who = await person(ctx, name ? { name } : {});
  const row = { person_id: who.id, group_id: groupId, created_at: new Date(), ...membership };
  await ctx.db.sql`insert into memberships ${ctx.db.sql(row)}`;
  return who;
}

describe("who gets in", () => {
  it("coordinators and admins; volunteers are told kindly, visitors sign in first and come back", async () => {
    const kitchen = await group(ctx);
    const coordinator = await member(kitchen, { role: "coordinator" });
    const volunteer = await member(kitchen);
    const admin = await person(ctx, { is_admin: true });
    for (const [handler, path] of [
      [overview, "/coordinate?days=7"],
      [list, "/coordinate/posts?state=all"],
      [allRows, "/coordinate/posts/rows"],
    ] as const) {
      expect((await ask(handler, coordinator, path)).status).toBe(200);
      expect((await ask(handler, admin, path)).status).toBe(200);
      const refused = await ask(handler, volunteer, path);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ problem: "not-allowed" });
      const sent = await ask(handler, null, path);
      expect([sent.status, sent.headers.get("Location")]).toEqual([303, `/sign-in?to=${encodeURIComponent(path)}`]);
    }
  });

  it("another group's dashboard and list are not theirs", async () => {
    const [mine, other] = [await group(ctx), await group(ctx)];
    const coordinator = await member(mine, { role: "coordinator" });
    await post(ctx, coordinator, other, { title: "Not for you" });
    expect((await ask(overview, coordinator, `/coordinate?group=g-${other}`)).status).toBe(403);
    expect((await ask(list, coordinator, `/coordinate/posts?group=g-${other}`)).status).toBe(403);
    for (const handler of [overview, list, allRows]) {
      const page = await (await ask(handler, coordinator, "/coordinate/posts?state=all")).json();
      // That a group is there is no secret: posts can be sent to it.
      const text = JSON.stringify({ ...page, choices: { ...page.choices, groups: [] } });
      expect(text).not.toContain("Not for you");
      expect(text).not.toContain(other);
    }
  });
});

describe("the rows for the browser", () => {
  it("are all of a person's posts, kept nowhere", async () => {
    const kitchen = await group(ctx);
    const coordinator = await member(kitchen, { role: "coordinator" });
    await post(ctx, coordinator, kitchen, { created_at: new Date(ctx.now.getTime() - 1000) });
    await post(ctx, coordinator, kitchen, { status: "closed", closed_reason: "expired", closed_at: new Date() });
    const response = await ask(allRows, coordinator, "/coordinate/posts/rows");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const { holds, packed } = await response.json();
    expect(holds).toBe("all");
    expect(unpackRows(packed).map((row) => row.state)).toEqual(["open", "expired"]);
  });
});

describe("who asks to join", () => {
  it("is shown by name and let in or not with one press", async () => {
    const kitchen = await group(ctx, { joining: "ask" });
    const coordinator = await member(kitchen, { role: "coordinator" });
    const zara = await member(kitchen, { state: "asked", name: "Zara Siddiqui" });
    const ray = await member(kitchen, { state: "asked", name: "Ray Tsosie" });
    const names = async () => {
      const page = await (await ask(overview, coordinator, "/coordinate")).json();
      return page.joining.asking.map((one: { name: string }) => one.name);
    };
    expect(await names()).toEqual(["Zara Siddiqui", "Ray Tsosie"]);
    const press = (who: SignedIn, what: string, by = coordinator) =>
      ask(answer, by, "/coordinate/members", { personId: who.id, groupId: kitchen, answer: what });
    expect((await press(zara, "accept", await member(kitchen))).status).toBe(403);
    const let_in = await press(zara, "accept");
    expect([let_in.status, let_in.headers.get("Location")]).toEqual([303, "/coordinate?done=accepted"]);
    expect((await press(ray, "decline")).headers.get("Location")).toBe("/coordinate?done=declined");
    expect((await press(ray, "accept")).status).toBe(409);
    expect((await press(ray, "shout")).status).toBe(422);
    expect(await names()).toEqual([]);
    const rows = await ctx.db
      .sql`select state from memberships where person_id in (${zara.id}, ${ray.id}) order by state`;
    expect(rows.map((row) => row["state"])).toEqual(["active", "left"]);
  });
});
