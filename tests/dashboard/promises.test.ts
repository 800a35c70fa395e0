import { describe, expect, it } from "vitest";
import { nudgeNow } from "#app/claims/nudge-now.server.ts";
import { claimPost } from "#app/claims/claim-post.server.ts";
import type { SignedIn } from "#app/core/ctx.ts";
import { actsOn, stageOf } from "#app/dashboard/promises.ts";
import { action, loader } from "#app/routes/coordinate_.promises.tsx";
import { aGroup, aMember, signedInAs } from "#tests/factories.ts";
import { asking, eventsOf, posted } from "#tests/claims/rows.ts";
import { askRoute } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const HOUR = 3_600_000;

const ask = (handler: unknown, as: SignedIn | null, path: string, form?: Record<string, string>) =>
  askRoute(ctx, handler, { as, path, form });

/** A group with a coordinator, a volunteer and a need that the volunteer promised to serve by `eta`. */
async function promised(eta: Date | null, given: { name?: string } = {}) {
  const group = await aGroup(ctx);
  const [lead, giver] = await Promise.all([
    aMember(ctx, group.id, { role: "coordinator" }),
    aMember(ctx, group.id, { name: given.name ?? "Lee" }),
  ]);
  const [asLead, asGiver] = await Promise.all([signedInAs(ctx, lead), signedInAs(ctx, giver)]);
  const need = await posted(ctx, { groupId: group.id, quantity: 8 });
  const claim = await claimPost(asGiver, asking(need.code, { quantity: 8, eta }));
  return { group, lead: asLead, giver: asGiver, need, claim };
}

describe("what happens next with a promise", () => {
  const now = new Date("2026-11-23T12:00:00Z");
  const at = (hours: number) => new Date(now.getTime() + hours * HOUR);
  it.each([
    ["promised", -0.1, "late"],
    ["on_the_way", -2, "late"],
    ["on_the_way", 9, "moving"],
    ["promised", 3, "soon"],
    ["promised", 3.1, "later"],
    ["delivered", -5, "came"],
  ] as const)("%s, due in %d hours: %s", (status, hours, stage) => {
    expect(stageOf({ status, dueAt: at(hours) }, now)).toBe(stage);
  });
  it("nobody is reminded of what is delivered, and nobody delivers an offer", () => {
    const post = { code: "4F2K", title: "", units: null };
    expect(actsOn({ status: "delivered", post: { ...post, kind: "need" } })).toEqual([]);
    expect(actsOn({ status: "promised", post: { ...post, kind: "offer" } })).not.toContain("delivered");
  });
});

describe("the page", () => {
  it("shows the promises of one's own groups by stage, and nobody else's", async () => {
    const mine = await promised(new Date(ctx.now.getTime() + 2 * HOUR), { name: "Mina" });
    const other = await promised(null, { name: "Zed" });
    await ctx.db
      .sql`update claims set due_at = ${new Date(ctx.now.getTime() - HOUR)} where id = ${mine.claim.id}::uuid`;
    const text = await (await ask(loader, mine.lead.person, "/coordinate/promises")).text();
    expect(JSON.parse(text)).toMatchObject({
      total: 1,
      late: 1,
      stages: [{ stage: "late", promises: [{ who: "Mina" }] }],
    });
    expect(text).not.toContain("Zed");
    expect((await ask(loader, mine.lead.person, `/coordinate/promises?group=${other.group.slug}`)).status).toBe(403);
    expect((await ask(loader, mine.giver.person, "/coordinate/promises")).status).toBe(403);
  });

  it("settles one with a press, and says so kindly when somebody was quicker", async () => {
    const { lead, claim, need } = await promised(null);
    const press = (act: string) =>
      ask(action, lead.person, "/coordinate/promises", { act, claim: claim.id, group: "" });
    expect((await press("delivered")).headers.get("Location")).toBe("/coordinate/promises?done=delivered");
    expect((await press("release")).headers.get("Location")).toBe("/coordinate/promises?done=gone");
    expect((await press("everything")).status).toBe(422);
    expect((await eventsOf(ctx, need.id)).map(({ type }) => type)).toContain("claim.delivered");
  });

  it("a promise of another group is not found", async () => {
    const [mine, other] = [await promised(null), await promised(null)];
    const answer = await ask(action, mine.lead.person, "/coordinate/promises", { act: "nudge", claim: other.claim.id });
    expect(answer.status).toBe(404);
    expect((await eventsOf(ctx, other.need.id)).map(({ type }) => type)).not.toContain("claim.nudged");
  });
});

describe("a reminder by hand", () => {
  it("is one, however many press at once, and none again for two hours", async () => {
    const { lead, claim, need } = await promised(null);
    const nudges = async () => (await eventsOf(ctx, need.id)).filter(({ type }) => type === "claim.nudged").length;
    await Promise.all(Array.from({ length: 12 }, () => nudgeNow(lead, { id: claim.id })));
    expect(await nudges()).toBe(1);
    await nudgeNow({ ...lead, now: new Date(ctx.now.getTime() + 1.9 * HOUR) }, { id: claim.id });
    expect(await nudges()).toBe(1);
    await nudgeNow({ ...lead, now: new Date(ctx.now.getTime() + 2 * HOUR) }, { id: claim.id });
    expect(await nudges()).toBe(2);
  });
});
