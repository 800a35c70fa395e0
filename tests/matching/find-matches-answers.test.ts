import { describe, expect, it } from "vitest";
import { findMatches } from "#app/matching/find-matches.server.ts";
import { aCategory, aField, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();

describe("what has to fit, as a reason", () => {
  it("is named to the need's author and to members, and to nobody who may not know it", async () => {
    const group = await aGroup(ctx);
    const category = await aCategory(ctx, group.id, { fields: [aField("diet", ["halal", "vegan"])] });
    const about = { groupId: group.id, categoryId: category.id, answers: { diet: ["halal"] } };
    const need = await aPost(ctx, { ...about, authorId: (await aPerson(ctx)).id });
    const offer = await aPost(ctx, { ...about, kind: "offer", authorId: (await aPerson(ctx)).id });
    const named = async (asking: typeof ctx, ref: { code: string } | { token: string }) => {
      const { items } = await findMatches(asking, ref, "en");
      expect(items).toHaveLength(1);
      return items[0]!.reasons.some(({ kind }) => kind === "has");
    };
    expect(await named(ctx, { token: need.manageToken })).toBe(true);
    expect(await named(await signedInAs(ctx, await aMember(ctx, group.id)), { code: need.code })).toBe(true);
    expect(await named(ctx, { code: need.code })).toBe(false);
    expect(await named(await signedInAs(ctx, await aPerson(ctx)), { code: need.code })).toBe(false);
    expect(await named(ctx, { token: offer.manageToken })).toBe(false);
  });
});
