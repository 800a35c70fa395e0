import { beforeAll, expect, test } from "vitest";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { newId, newToken } from "#app/core/ids.server.ts";
import { can, type About } from "#app/groups/membership.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { getPost, standing } from "#app/posts/get-post.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { aGroup, aMember, aPerson, aPost, signedInAs, type MadePost } from "#tests/factories.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

/** The queries scope themselves in SQL: here they are held against the one place that decides, in every combination. */

const VISIBILITIES = ["everyone", "volunteers", "team"] as const;
const ASKERS = ["visitor", "stranger", "member", "coordinator", "foreign", "admin", "author"] as const;
const CLAIMS = [
  null,
  "promised",
  "on_the_way",
  "delivered",
  "delivered long ago",
  "confirmed",
  "released",
  "lapsed",
] as const;
type Asker = (typeof ASKERS)[number];
type Claim = (typeof CLAIMS)[number];

const ctx = testCtx();
const { sql } = testDb();
let ours: { id: string };
let theirs: { id: string };

beforeAll(async () => {
  [ours, theirs] = [await aGroup(ctx), await aGroup(ctx)];
});

const cases = VISIBILITIES.flatMap((visibility) => [false, true].map((inReview) => ({ visibility, inReview })));

test.each(cases)("for $visibility, in review: $inReview", async ({ visibility, inReview }) => {
  const author = await aPerson(ctx, { accepted: false });
  const post = await aPost(ctx, {
    groupId: ours.id,
    authorId: author.id,
    visibility,
    quantity: 400,
    address: "7 Elm Street",
  });
  if (inReview) await sql`update posts set status = 'in_review', unapproved = true where id = ${post.id}::uuid`;
  const wrong: string[] = [];
  let opened = 0;
  for (const asker of ASKERS) {
    for (const claim of asker === "visitor" || asker === "author" ? [null] : CLAIMS) {
      for (const accepted of [false, true]) {
        const as = asker === "author" ? await signedInAs(ctx, author) : await anAsker(asker, accepted);
        if (claim) await claimed(post, (as as PersonCtx).person.id, claim);
        const about: About = {
          groupId: ours.id,
          authorId: author.id,
          visibility,
          inReview,
          // Nobody can promise what waits for review: such a promise, if there were one, opens nothing.
          hasLiveClaim: isLive(claim) && !(inReview && (claim === "promised" || claim === "on_the_way")),
          isTrusted: accepted || asker === "coordinator" || asker === "foreign" || asker === "admin",
        };
        const what = `${asker}, ${claim ?? "no promise"}, ${accepted ? "accepted" : "not accepted"}`;
        const helps = claim !== null && !["released", "lapsed"].includes(claim);
        const sees = can(as.person, "see", about);
        const reaches = can(as.person, "see-contact", about);
        if (((await getPost(as, post.code, "en")) !== null) !== (sees || helps)) wrong.push(`see: ${what}`);
        if ((await opens(as, post.code)) !== reaches) wrong.push(`contact: ${what}`);
        if ((await standing(as, post.id)).mayContact !== reaches) wrong.push(`button: ${what}`);
        const { items } = await listPosts(as, { status: "all", limit: 100 }, "en");
        if (!inReview && items.some(({ code }) => code === post.code) !== sees) wrong.push(`board: ${what}`);
        if (reaches) opened += 1;
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(opened, "some see it").toBeGreaterThan(10);
});

const isLive = (claim: Claim) => claim !== null && ["promised", "on_the_way", "delivered", "confirmed"].includes(claim);

async function anAsker(asker: Exclude<Asker, "author">, accepted: boolean): Promise<Ctx> {
  const given = { accepted };
  switch (asker) {
    case "visitor":
      return ctx;
    case "stranger":
      return signedInAs(ctx, await aPerson(ctx, given));
    case "member":
      return signedInAs(ctx, await aMember(ctx, ours.id, given));
    case "coordinator":
      return signedInAs(ctx, await aMember(ctx, ours.id, { ...given, role: "coordinator" }));
    case "foreign":
      return signedInAs(ctx, await aMember(ctx, theirs.id, { ...given, role: "coordinator" }));
    case "admin":
      return signedInAs(ctx, await aPerson(ctx, { ...given, isAdmin: true }));
  }
}

async function claimed(post: MadePost, personId: string, claim: NonNullable<Claim>): Promise<void> {
  const status = claim === "delivered long ago" ? "delivered" : claim;
  const at = new Date(ctx.now.getTime() - (claim === "delivered long ago" ? 49 : 1) * 3_600_000);
  await sql`
    insert into claims (id, post_id, person_id, quantity, status, due_at, lapses_at, idempotency_key, request_hash, created_at, updated_at)
    values (${newId()}::uuid, ${post.id}::uuid, ${personId}::uuid, 1, ${status}, now(), now() + interval '1 day', ${newToken()}, '',
      ${at}::timestamptz, ${at}::timestamptz)`;
}

const opens = (as: Ctx, code: string): Promise<boolean> =>
  getContact(as, code).then(
    ({ address }) => address === "7 Elm Street",
    () => false,
  );
