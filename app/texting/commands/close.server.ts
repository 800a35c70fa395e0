import { Problem } from "#app/core/problems.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import type { Answer, Texter } from "../texter.ts";
import { askWhich, type Choosable } from "../which.ts";

/** CLOSE: the author takes their post back; alone it means their only open one. Said twice it is the same. */
export async function close(texter: Texter, { code }: { code: string | null }): Promise<Answer> {
  const { ctx, t } = texter;
  const own = code ? [] : await openPosts(texter);
  if (!code && own.length === 0) return { outcome: "close", say: [t("texting.no_post")] };
  if (own.length > 1) return askWhich(texter, own, { command: "close", quantity: null });
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

/** Mine that can be closed; for a text that is handled again, what it closed. */
async function openPosts({ ctx, heard }: Texter): Promise<Choosable[]> {
  const rows = await ctx.db.sql<(Choosable & { open: boolean })[]>`
    select code, title, status <> 'closed' as open from posts
    where author_id = ${ctx.person.id}::uuid and (status <> 'closed'
      or (${heard.again} and closed_reason = 'withdrawn' and closed_at >= ${heard.receivedAt}::timestamptz))
    order by created_at desc limit 20`;
  const open = rows.filter((row) => row.open);
  return open.length > 0 ? open : rows;
}
