import { z } from "zod";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { blockPerson, unblockPerson } from "#app/groups/block-person.server.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { lookAtPost } from "#app/posts/look-at-post.server.ts";
import { findOwnPost } from "#app/posts/own-post.server.ts";
import type { ReviewAct } from "./review.ts";

const OfPost = z.object({
  act: z.enum(["approve", "keep", "decline", "block", "block_all"]),
  code: z.string().min(4).max(8),
  revision: z.coerce.number().int().min(0),
});
const OfNumber = z.object({
  act: z.literal("unblock"),
  personId: z.uuid(),
  scope: z.union([z.literal("all"), z.uuid()]),
});
const Input = z.union([OfPost, OfNumber]);

/** The verb behind a button of the review page. @returns what was done. @throws Problem as the verb does. */
export async function actOnReview(ctx: PersonCtx, values: Record<string, string>): Promise<ReviewAct> {
  const parsed = Input.safeParse(values);
  if (!parsed.success) throw new Problem("invalid-input");
  const { data } = parsed;
  if (data.act === "unblock") {
    await unblockPerson(ctx, { personId: data.personId, groupId: data.scope === "all" ? null : data.scope });
    return data.act;
  }
  const { act, code, revision } = data;
  if (act === "approve") await approvePost(ctx, { code, revision });
  else if (act === "keep") await lookAtPost(ctx, { code });
  else if (act === "decline") await closePost(ctx, { code, revision, reason: "declined" });
  else await blockAuthor(ctx, code, act === "block_all");
  return act;
}

/** The post goes with its author. */
async function blockAuthor(ctx: PersonCtx, code: string, everywhere: boolean): Promise<void> {
  const post = await findOwnPost(ctx, { code });
  const [author] = await ctx.db.sql<{ id: string }[]>`select author_id as id from posts where id = ${post.id}::uuid`;
  await blockPerson(ctx, { personId: author!.id, groupId: everywhere ? null : post.group_id });
  if (post.status !== "closed") await closePost(ctx, { code, reason: "declined" });
}
