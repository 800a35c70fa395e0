import { expect, test } from "vitest";
import { newId } from "#app/core/ids.server.ts";
import { fanOut } from "#app/notifications/fan-out.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { aGroup, aMember, aPhone, aPost } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const textsTo = async (personId: string, template: string) =>
  (await ctx.db.sql`select from outbox where person_id = ${personId}::uuid and template = ${template}`).length;

test("closing and reopening again and again asks nobody twice, and tells the author twenty times an hour at most", async () => {
  const group = await aGroup(ctx);
  const volunteer = await aMember(ctx, group.id);
  const post = await aPost(ctx, { groupId: group.id, contact: { name: null, phone: aPhone(), email: null } });
  for (let round = 0; round < 25; round++) {
    await closePost(ctx, { token: post.manageToken, reason: "withdrawn" });
    await reopenPost(ctx, { token: post.manageToken });
    await fanOut(ctx);
    await sendWaves(ctx);
    await fanOut(ctx);
  }
  expect(await textsTo(volunteer.id, "new_need")).toBe(1);
  expect(await textsTo(post.authorId, "reopened")).toBe(20);
});

test("a heap of events that waited while no worker ran is cut all the same", async () => {
  const group = await aGroup(ctx);
  const phone = aPhone();
  let authorId = "";
  for (let posts = 0; posts < 25; posts++) {
    authorId = (await aPost(ctx, { groupId: group.id, contact: { name: null, phone, email: null } })).authorId;
  }
  await fanOut(ctx);
  expect(await textsTo(authorId, "receipt_need")).toBe(20);
});

test("a stranger's number is not flooded with receipts", async () => {
  const group = await aGroup(ctx);
  const phone = aPhone();
  let authorId = "";
  for (let posts = 0; posts < 25; posts++) {
    authorId = (
      await aPost(ctx, { groupId: group.id, submitKey: newId(), contact: { name: null, phone, email: null } })
    ).authorId;
    await fanOut(ctx);
  }
  expect(await textsTo(authorId, "receipt_need")).toBe(20);
});
