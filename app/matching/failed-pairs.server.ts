import type { PersonCtx } from "#app/core/ctx.ts";
import type { ProblemKind } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { pairName } from "./plan-query.ts";
import type { AcceptedPlan } from "./plan.ts";

const WHY = {
  "already-covered": "covered",
  "already-closed": "closed",
  "not-open": "closed",
  "ask-coordinators": "apart",
  "own-post": "apart",
  "not-found": "not_yours",
  "not-allowed": "not_yours",
} as const satisfies Partial<Record<ProblemKind, string>>;

/** Pairs that could not be made, with why in the reader's words. A post the reader may not see is called by its code. */
export async function failedPairs(ctx: PersonCtx, failed: AcceptedPlan["failed"], locale: Locale) {
  const codes = [...new Set(failed.flatMap(({ needCode, offerCode }) => [needCode, offerCode]))];
  const posts = await Promise.all(codes.map((code) => getPost(ctx, code, locale)));
  const titles = new Map(posts.flatMap((post) => (post ? [[post.code, post.title] as const] : [])));
  const shown = (code: string) => ({ href: `/p/${code}`, title: titles.get(code) ?? code });
  const t = textFor(locale);
  return failed.map(({ needCode, offerCode, problem }) => ({
    name: pairName({ needCode, offerCode }),
    need: shown(needCode),
    offer: shown(offerCode),
    words: t(
      `matching.plan.failed.${(WHY as Partial<Record<ProblemKind, (typeof WHY)[keyof typeof WHY]>>)[problem] ?? "other"}`,
    ),
  }));
}
