import { z } from "zod";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { blockPerson, unblockPerson } from "#app/groups/block-person.server.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { lookAtPost } from "#app/posts/look-at-post.server.ts";
import { findOwnPost } from "#app/posts/own-post.server.ts";
import type { ReviewAct, UnsentWords } from "./review.ts";
import { writeToAuthor } from "./write-to-author.server.ts";

const OfPost = z.object({
  act: z.enum(["approve", "keep", "decline", "block", "block_all"]),
  code: z.string().min(4).max(8),
  revision: z.coerce.number().int().min(0),
});
const ToAuthor = OfPost.extend({
  act: z.enum(["ask", "decline_words"]),
  words: z.string(),
  key: z.string().min(1).max(100),
});
const OfNumber = z.object({
  act: z.literal("unblock"),
  personId: z.uuid(),
  scope: z.union([z.literal("all"), z.uuid()]),
});
const Input = z.union([OfPost, ToAuthor, OfNumber]);

/** The verb behind a button of the review page. @returns what was done, or the words that could not be sent. @throws Problem as the verb does. */
export async function actOnReview(ctx: PersonCtx, values: Record<string, string>): Promise<ReviewAct | UnsentWords> {
  const parsed = Input.safeParse(values);
  if (!parsed.success) throw new Problem("invalid-input");
  const { data } = parsed;
  if (data.act === "unblock") {
    await unblockPerson(ctx, { personId: data.personId, groupId: data.scope === "all" ? null : data.scope });
    return data.act;
  }
  if (data.act === "ask" || data.act === "decline_words") {
    const why = await whyUnsent(() => writeToAuthor(ctx, { ...data, decline: data.act === "decline_words" }));
    return why ? { code: data.code, words: data.words, why } : data.act;
  }
  const { act, code, revision } = data;
  if (act === "approve") await approvePost(ctx, { code, revision });
  else if (act === "keep") await lookAtPost(ctx, { code });
  else if (act === "decline") await closePost(ctx, { code, revision, reason: "declined" });
  else await blockAuthor(ctx, code, act === "block_all");
  return act;
}

async function whyUnsent(send: () => Promise<"sent" | "cannot">): Promise<UnsentWords["why"] | null> {
  try {
    return (await send()) === "cannot" ? "review.error.cannot" : null;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === "invalid-input") return "review.error.words";
    if (error.kind === "changed-meanwhile" || error.kind === "already-closed") return "review.error.changed";
    throw error;
  }
}

/** The post goes with its author. */
async function blockAuthor(ctx: PersonCtx, code: string, everywhere: boolean): Promise<void> {
  const post = await findOwnPost(ctx, { code });
  const [author] = await ctx.db.sql<{ id: string }[]>`select author_id as id from posts where id = ${post.id}::uuid`;
  await blockPerson(ctx, { personId: author!.id, groupId: everywhere ? null : post.group_id });
  if (post.status !== "closed") await closePost(ctx, { code, reason: "declined" });
}
