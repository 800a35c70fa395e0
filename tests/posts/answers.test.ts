import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { getManagedPost, getPost } from "#app/posts/get-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { aCategory, aField, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = testDb();
const fields = [aField("diet", ["halal", "vegan"]), aField("size", ["small", "large"], { several: false })];

async function aMealWithAnswers() {
  const group = await aGroup(ctx);
  const category = await aCategory(ctx, group.id, { fields });
  const author = await aPerson(ctx);
  const post = await aPost(ctx, {
    groupId: group.id,
    categoryId: category.id,
    authorId: author.id,
    answers: { diet: ["halal"] },
  });
  return { group, category, author, post };
}

const stored = async (code: string) => (await sql`select answers from posts where code = ${code}`)[0]!["answers"];

describe("the answers of a post", () => {
  it("are known to members of any group, the author and who promised it, and to nobody else", async () => {
    const { group, author, post } = await aMealWithAnswers();
    const elsewhere = await aMember(ctx, (await aGroup(ctx)).id);
    const stranger = await aPerson(ctx);
    const promised = await aPerson(ctx);
    await claimPost(await signedInAs(ctx, promised), {
      code: post.code,
      quantity: 1,
      eta: null,
      note: null,
      offerCode: null,
      idempotencyKey: "answers-promised",
    });
    const seenBy = async (who: { id: string } | null) => {
      const asking = who ? await signedInAs(ctx, who) : ctx;
      const one = await getPost(asking, post.code, "en");
      const { items } = await listPosts(asking, { group: group.slug, status: "all" }, "en");
      return [one?.answers, items[0]?.answers];
    };
    const known = { diet: ["halal"] };
    expect(await seenBy(null)).toEqual([{}, {}]);
    expect(await seenBy(stranger)).toEqual([{}, {}]);
    expect(await seenBy(author)).toEqual([known, known]);
    expect(await seenBy(elsewhere)).toEqual([known, known]);
    expect((await seenBy(promised))[0]).toEqual(known);
    expect((await getManagedPost(ctx, post.manageToken, "en"))?.post.answers).toEqual(known);
  });

  it("keeps, when edited, what is not named, and takes back what is emptied", async () => {
    const { post } = await aMealWithAnswers();
    await editPost(ctx, { token: post.manageToken, changes: { title: "Dinner" } });
    expect(await stored(post.code)).toEqual({ diet: ["halal"] });
    await editPost(ctx, { token: post.manageToken, changes: { answers: { size: ["small"] } } });
    expect(await stored(post.code)).toEqual({ diet: ["halal"], size: ["small"] });
    await editPost(ctx, { token: post.manageToken, changes: { answers: { diet: [] } } });
    expect(await stored(post.code)).toEqual({ size: ["small"] });
  });
});
