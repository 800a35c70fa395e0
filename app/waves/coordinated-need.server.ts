import type { PersonCtx } from "#app/core/ctx.ts";
import { plainCode } from "#app/posts/post.ts";
import type { AskedNeed } from "./read-candidates.server.ts";

/** A need that can still be promised, of a group that the asker coordinates; null where it is none. */
export async function coordinatedNeed(ctx: PersonCtx, code: string): Promise<AskedNeed | null> {
  const { id, isAdmin, roles } = ctx.person;
  const groups = Object.keys(roles).filter((group) => roles[group] === "coordinator");
  const [need] = await ctx.db.sql<AskedNeed[]>`
    select p.id, coalesce(w.round_at, p.created_at) as "roundAt", p.group_id as "groupId", p.category_id as "categoryId",
      p.author_id as "authorId", p.visibility, p.lat, p.lng, p.languages || p.locale as languages, g.learns
    from posts p join groups g on g.id = p.group_id left join waves w on w.post_id = p.id
    where p.code = ${plainCode(code)} and p.kind = 'need' and p.claimable and p.author_id <> ${id}::uuid
      and (${isAdmin} or p.group_id = any(${groups}::uuid[]))`;
  return need ?? null;
}
