import { listMyClaims, type MyClaim } from "#app/claims/my-claims.server.ts";
import { listOwnPosts } from "#app/posts/list-own-posts.server.ts";
import { shownState, type PostView } from "#app/posts/post.ts";
import { amount, cut } from "../say.ts";
import type { Answer, Texter } from "../texter.ts";

const MOST = 3;

/** STATUS: my promises and my posts, the most pressing first. */
export async function status(texter: Texter): Promise<Answer> {
  const { ctx, t, locale } = texter;
  const [claims, posts] = await Promise.all([listMyClaims(ctx, locale), listOwnPosts(ctx, locale)]);
  const promised = claims.slice(0, MOST).map((claim) => promiseLine(texter, claim));
  const own = posts.slice(0, MOST).map(({ post }) => postLine(texter, post));
  const say = [
    ...(promised.length > 0 ? [t("texting.status_promises", said(promised, claims.length))] : []),
    ...(own.length > 0 ? [t("texting.status_posts", said(own, posts.length))] : []),
  ];
  return { outcome: "status", say: say.length > 0 ? say : [t("texting.status_nothing")] };
}

const said = (lines: string[], all: number) => ({ lines: lines.join("; "), more: Math.max(0, all - lines.length) });

function promiseLine({ t }: Texter, { post, quantity, status, due }: MyClaim): string {
  const when = due.day === "today" || due.day === "tomorrow" ? t(`texting.day_${due.day}`) : due.date;
  return t("texting.status_promise", {
    code: post.code,
    amount: amount(t, quantity, post.units),
    status: post.kind === "offer" ? "asked" : status,
    when: cut(`${when}`, 20),
  });
}

function postLine({ t }: Texter, post: PostView): string {
  return t("texting.status_post", {
    code: post.code,
    title: cut(post.title, 24),
    state: shownState(post),
    left: post.remaining,
    all: post.quantity,
  });
}
