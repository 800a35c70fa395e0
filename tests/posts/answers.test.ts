import { describe, expect, it } from "vitest";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { listMyClaims } from "#app/claims/my-claims.server.ts";
import { getManagedPost, getPost } from "#app/posts/get-post.server.ts";
import { editPost } from "#app/posts/edit-post.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import * as manage from "../../app/routes/m.$token.tsx";
import * as needs from "../../app/routes/needs.new.($step).tsx";
import * as page from "../../app/routes/p.$code.tsx";
import { aCategory, aField, aGroup, aMember, aPerson, aPost, signedInAs } from "#tests/factories.ts";
import { askRoute, readAnswer } from "#tests/setup/ask-route.ts";
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
    const asking = await signedInAs(ctx, promised);
    expect((await listMyClaims(asking, "en"))[0]?.post.answers).toEqual(known);
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

describe("the form that asks for them", () => {
  /** Answers screens of a new need; the draft's cookie goes from one to the next. */
  async function asking(what: string) {
    let cookie = "";
    const run = async (handler: unknown, step: string | undefined, form?: [string, string][]) => {
      const path = `/needs/new${step ? `/${step}` : ""}`;
      const answer = await askRoute(ctx, handler, { path, params: { step }, form, cookie });
      cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      return readAnswer(answer);
    };
    const say = (step: string | undefined, form: [string, string][]) => run(needs.action, step, form);
    await say(undefined, [["what", what]]);
    return { say, see: (step: string) => run(needs.loader, step) };
  }
  const when: [string, string][] = [
    ["when", "today"],
    ["asked", "diet size"],
  ];

  it("asks, keeps, shows before it is sent and stores what was chosen", async () => {
    const { group, category } = await aMealWithAnswers();
    const { say, see } = await asking(`${group.slug}/${category.slug}`);
    expect((await see("when")).body.fields.map(({ key }: { key: string }) => key)).toEqual(["diet", "size"]);
    await say("when", [...when, ["answers.diet", "halal"], ["answers.diet", "vegan"]]);
    expect((await see("when")).body.answers.fields).toEqual({ diet: ["halal", "vegan"], size: [] });
    await say("reach", [
      ["noPhone", "yes"],
      ["textLocale", "en"],
    ]);
    const { rows } = (await see("check")).body.summary;
    expect(rows).toContainEqual({ step: "when", term: "Label of diet", value: "Label of halal, Label of vegan" });
    const { to } = await say("check", [["visibility", "everyone"]]);
    const managed = await getManagedPost(ctx, to!.split(/[/?]/)[2]!, "en");
    expect(managed?.post.answers).toEqual({ diet: ["halal", "vegan"] });
  });

  it("says so when an option is gone, and keeps the rest as it was ticked", async () => {
    const { group, category } = await aMealWithAnswers();
    const { say } = await asking(`${group.slug}/${category.slug}`);
    const { status, body } = await say("when", [...when, ["answers.diet", "halal"], ["answers.diet", "gone"]]);
    expect(status).toBe(422);
    expect(body.errors).toEqual({ "answers.diet": "posts.error.choice" });
    expect(body.answers.fields.diet).toEqual(["halal", "gone"]);
  });

  it("drops the answers of a category that was changed for another, and asks what that one asks", async () => {
    const { group, category } = await aMealWithAnswers();
    const clothes = await aCategory(ctx, group.id, { fields: [aField("size", ["tall"], { weighs: "wish" })] });
    const { say, see } = await asking(`${group.slug}/${category.slug}`);
    await say("when", [...when, ["answers.diet", "halal"]]);
    const changed = await say(undefined, [
      ["what", `${group.slug}/${clothes.slug}`],
      ["change", "1"],
    ]);
    expect(changed.to).toBe("/needs/new/when?change=1");
    await say("when", [
      ["when", "today"],
      ["asked", "size"],
      ["answers.size", "tall"],
      ["change", "1"],
    ]);
    await say("reach", [
      ["noPhone", "yes"],
      ["textLocale", "en"],
    ]);
    const { rows } = (await see("check")).body.summary;
    expect(rows.map(({ term }: { term: string }) => term)).toContain("Label of size");
    expect(rows.map(({ term }: { term: string }) => term)).not.toContain("Label of diet");
  });

  it("lets the author change them over the private link without losing what is no longer asked", async () => {
    const { category, post } = await aMealWithAnswers();
    await editPost(ctx, { token: post.manageToken, changes: { answers: { season: ["winter"] } } });
    await sql`update categories set fields = ${sql.json([aField("diet", ["vegan"])])} where id = ${category.id}::uuid`;
    const path = `/m/${post.manageToken}`;
    const params = { token: post.manageToken };
    const edit = (over: Record<string, string>) =>
      askRoute(ctx, manage.action, { path, params, form: { act: "edit", title: "Dinner", quantity: "1", ...over } });
    expect((await edit({ asked: "diet", "answers.diet": "vegan" })).status).toBe(303);
    expect(await stored(post.code)).toEqual({ diet: ["vegan", "halal"], season: ["winter"] });
    const wrong = await readAnswer(await edit({ asked: "diet", "answers.diet": "stone" }));
    expect(wrong.status).toBe(422);
    expect(wrong.body.errors).toEqual([{ field: "answers.diet", message: "posts.error.choice", facts: {} }]);
  });

  it("shows them on the post's page to those who may know, and to no visitor", async () => {
    const { group, post } = await aMealWithAnswers();
    const seenBy = async (as: { id: string } | null) =>
      (await readAnswer(await askRoute(ctx, page.loader, { as, path: `/p/${post.code}`, params: { code: post.code } })))
        .body;
    expect((await seenBy(null)).answers).toEqual([]);
    expect(JSON.stringify(await seenBy(null))).not.toContain("halal");
    expect((await seenBy(await aMember(ctx, group.id))).answers).toEqual([
      { key: "diet", label: "Label of diet", type: "choice", chosen: ["Label of halal"] },
    ]);
  });
});

describe("questions of other types", () => {
  const asks = [
    aField("floor", [], { type: "number", weighs: "wish", several: false, label: "Floor" }),
    aField("lift", [], { type: "yes_no", weighs: "wish", several: false, label: "Lift" }),
    aField("note", [], { type: "text", weighs: "wish", several: false, label: "Note" }),
  ];

  it("are answered on the author's page, refused where they are not of their type, and taken back", async () => {
    const group = await aGroup(ctx);
    const category = await aCategory(ctx, group.id, { fields: asks });
    const post = await aPost(ctx, { groupId: group.id, categoryId: category.id });
    const edit = (answers: Record<string, string>) =>
      askRoute(ctx, manage.action, {
        path: `/m/${post.manageToken}`,
        params: { token: post.manageToken },
        form: {
          act: "edit",
          title: "Boxes",
          details: "",
          quantity: "1",
          when: "keep",
          place: "",
          asked: "floor lift note",
          ...answers,
        },
      });
    const wrong = await edit({ "answers.floor": "third", "answers.lift": "yes" });
    expect(wrong.status).toBe(422);
    expect(JSON.stringify(await wrong.json())).toContain("fields.error.number");
    expect(await stored(post.code)).toEqual({});
    await edit({ "answers.floor": "٣", "answers.lift": "yes", "answers.note": "ring twice" });
    expect(await stored(post.code)).toEqual({ floor: ["3"], lift: ["yes"], note: ["ring twice"] });
    await edit({ "answers.floor": "", "answers.lift": "no", "answers.note": "ring twice" });
    expect(await stored(post.code)).toEqual({ lift: ["no"], note: ["ring twice"] });
    const member = await aMember(ctx, group.id);
    const see = async (as: { id: string } | undefined) =>
      readAnswer(await askRoute(ctx, page.loader, { as, path: `/p/${post.code}`, params: { code: post.code } }));
    expect((await see(member)).body.answers.map(({ key }: { key: string }) => key)).toEqual(["lift", "note"]);
    expect((await see(undefined)).body.answers).toEqual([]);
  });
});
