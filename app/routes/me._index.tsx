import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MyPage } from "#app/claims/my-page.tsx";
import { listMyClaims } from "#app/claims/my-claims.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { listOwnPosts } from "#app/posts/list-own-posts.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

/** My promises with the next action first, and my own posts. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, request, locale }) => {
  const past = new URL(request.url).searchParams.get("tab") === "past";
  const [claims, posts] = await Promise.all([listMyClaims(ctx, locale, { past }), listOwnPosts(ctx, locale, { past })]);
  return json({ title: textFor(locale)("claims.mine.title"), past, claims, posts });
});

export default function Me() {
  return <MyPage {...useLoaderData<typeof loader>()} />;
}
