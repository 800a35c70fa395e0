import type { PersonCtx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { manageToken } from "./manage-token.server.ts";
import { type PostRow, postColumns, toView } from "./post-rows.server.ts";
import type { PostView } from "./post.ts";

const PAST_DAYS = 30;
const MOST = 100;

/** The asker's own posts, newest first: those that are not closed, or those closed in the last 30 days. `manage` is the private link's path. */
export async function listOwnPosts(
  ctx: PersonCtx,
  locale: Locale,
  { past = false } = {},
): Promise<{ post: PostView; manage: string }[]> {
  const { sql } = ctx.db;
  const since = new Date(ctx.now.getTime() - PAST_DAYS * 86_400_000);
  const which = past ? sql`p.status = 'closed' and p.closed_at > ${since}::timestamptz` : sql`p.status <> 'closed'`;
  const rows = await sql<PostRow[]>`
    select ${postColumns(ctx)}
      from posts p join groups g on g.id = p.group_id left join categories c on c.id = p.category_id
     where p.author_id = ${ctx.person.id}::uuid and ${which}
     order by p.created_at desc limit ${MOST}`;
  return rows.map((row) => ({ post: toView(row, locale), manage: `/m/${manageToken(ctx.seal, row.id)}` }));
}
