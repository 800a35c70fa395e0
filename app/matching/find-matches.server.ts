import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import type { PostView } from "#app/posts/post.ts";
import { score, type Reason } from "./score.ts";

export type Match = { post: PostView; score: number; reasons: Reason[] };

const MOST = 10;
const CANDIDATES = 100;
const NEARBY_KM = 10;

/**
 * Open posts of the other kind that fit this one, of those the asker may see: of its group and category, their times
 * can meet. Best first, then nearest, then oldest; 10 at most. Looks at the 100 nearest and the 100 that wait longest.
 *
 * @throws Problem `not-found` when the asker may not see the post.
 */
export async function findMatches(ctx: Ctx, code: string, locale: Locale): Promise<Match[]> {
  const post = await getPost(ctx, code, locale);
  if (!post) throw new Problem("not-found");
  if (post.status !== "open" || post.remaining === 0) return [];
  const found = (await candidates(ctx, post, locale)).flatMap((candidate) => {
    const [need, offer] = post.kind === "need" ? [post, candidate] : [candidate, post];
    const scored = score(need, offer, ctx.now);
    return scored ? [{ post: candidate, ...scored }] : [];
  });
  const sorted = found.toSorted(
    (a, b) =>
      b.score - a.score ||
      (a.km ?? Infinity) - (b.km ?? Infinity) ||
      a.post.createdAt.getTime() - b.post.createdAt.getTime(),
  );
  return sorted.slice(0, MOST).map(({ km: _km, ...match }) => match);
}

async function candidates(ctx: Ctx, post: PostView, locale: Locale): Promise<PostView[]> {
  const filter = {
    kind: post.kind === "need" ? ("offer" as const) : ("need" as const),
    group: post.group.slug,
    category: post.category?.slug ?? null,
    limit: CANDIDATES,
  };
  const near = post.lat === null || post.lng === null ? null : { lat: post.lat, lng: post.lng };
  const pages = await Promise.all([
    near ? listPosts(ctx, { ...filter, near, withinKm: NEARBY_KM }, locale) : { items: [] },
    listPosts(ctx, filter, locale),
  ]);
  const byId = new Map(pages.flatMap((page) => page.items).map((candidate) => [candidate.id, candidate]));
  return [...byId.values()];
}
