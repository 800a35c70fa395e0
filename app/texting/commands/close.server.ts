import { Problem } from "#app/core/problems.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { listOwnPosts } from "#app/posts/list-own-posts.server.ts";
import type { Answer, Texter } from "../texter.ts";
import { askWhich } from "../which.ts";

/** CLOSE: the author takes their post back; alone it means their only open one. Said twice it is the same. */
export async function close(texter: Texter, { code }: { code: string | null }): Promise<Answer> {
  const { ctx, t, locale } = texter;
  const own = code ? [] : (await listOwnPosts(ctx, locale)).map(({ post }) => post);
  if (!code && own.length === 0) return { outcome: "close", say: [t("texting.no_post")] };
  if (own.length > 1) return askWhich(texter, own, { kind: "command", command: "close", quantity: null, days: null });
  const named = code ?? own[0]!.code;
  try {
    await closePost(ctx, { code: named, reason: "withdrawn" });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.kind === "not-found") return { outcome: "close", say: [t("texting.not_yours", { code: named })] };
    if (error.kind !== "already-closed") throw error;
  }
  return { outcome: "close", say: [t("texting.close", { code: named })] };
}
