import { describe, expect, it } from "vitest";
import { findMatches } from "#app/matching/find-matches.server.ts";
import { aCategory, aGroup, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

describe("matches", () => {
  it("are the nearest of the category first, both ways", async () => {
    const group = await aGroup(ctx);
    const meals = await aCategory(ctx, group.id);
    const here = { groupId: group.id, categoryId: meals.id, lat: 40, lng: -74 };
    const need = await aPost(ctx, here);
    const far = await aPost(ctx, { ...here, kind: "offer", lat: 40.1 });
    const near = await aPost(ctx, { ...here, kind: "offer" });
    const found = await findMatches(ctx, { code: need.code }, "en");
    expect(found.items.map(({ post }) => post.code)).toEqual([near.code, far.code]);
    const back = await findMatches(ctx, { token: far.manageToken }, "en");
    expect(back.items.map(({ post }) => post.code)).toEqual([need.code]);
  });
});
