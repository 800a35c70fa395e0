import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listGroups } from "#app/groups/queries.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { boardFilterOf } from "#app/posts/board-input.ts";
import { BoardPage, type BoardPageProps } from "#app/posts/board-page.tsx";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { cardOf } from "#app/posts/post-words.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false, wide: true };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, locale, request }) => {
  const t = textFor(locale);
  const filter = boardFilterOf(new URL(request.url).searchParams);
  const [page, groups] = await Promise.all([listPosts(ctx, filter, locale), listGroups(ctx, locale, "uncounted")]);
  const { kind, group, category, q, place, status, near } = filter;
  const asked = { kind, group, category, q, place, status } as BoardPageProps["asked"];
  return json<BoardPageProps & { title: string }>({
    title: t("posts.board.title"),
    posts: page.items.map((post) => cardOf(t, locale, post, ctx.now)),
    asked,
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    categories: groups.find((one) => one.slug === group)?.categories.map(({ slug, name }) => ({ slug, name })) ?? [],
    nextCursor: page.nextCursor,
    later: Boolean(filter.cursor),
    filtered: Object.values(asked).some(Boolean) || Boolean(near),
  });
});

export default function Board() {
  return <BoardPage {...useLoaderData<typeof loader>()} />;
}
