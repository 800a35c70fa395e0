import type { PersonCtx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { getPost } from "#app/posts/get-post.server.ts";

/** A post as a sentence names it. */
export type Titled = { href: string; title: string };

/** Names posts by their codes. One the reader may not see, or that is not there, is called by its code. */
export async function titled(
  ctx: PersonCtx,
  codes: readonly string[],
  locale: Locale,
): Promise<(code: string) => Titled> {
  const posts = await Promise.all([...new Set(codes)].map((code) => getPost(ctx, code, locale)));
  const titles = new Map(posts.flatMap((post) => (post ? [[post.code, post.title] as const] : [])));
  return (code) => ({ href: `/p/${code}`, title: titles.get(code) ?? code });
}
