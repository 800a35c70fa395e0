import type { Ctx } from "#app/core/ctx.ts";
import { tokensOf } from "#app/sms/fold.ts";

/** The group whose word a text begins with, and the rest of the text; `words` null where it is nothing but the word. */
export async function groupWord(ctx: Ctx, text: string): Promise<{ groupId: string; words: string | null } | null> {
  const [first, second] = tokensOf(text);
  if (!first) return null;
  const [group] = await ctx.db.sql<{ id: string }[]>`
    select id from groups where ${first.word} = any(keywords) order by position, slug limit 1`;
  if (!group) return null;
  return { groupId: group.id, words: second ? text.slice(second.start).trim() : null };
}
