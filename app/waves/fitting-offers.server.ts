import type { Ctx } from "#app/core/ctx.ts";
import { matchMany } from "#app/matching/find-matches.server.ts";

/** Somebody's open offer that fits a need, and how well: 0 to 1. */
export type FittingOffer = { offerId: string; authorId: string; fit: number };

const MOST_OFFERS = 10;

/** By the ids of needs, the offers that fit each within all limits; of each author the one that fits best. */
export async function fittingOffers(ctx: Ctx, needIds: readonly string[]): Promise<Map<string, FittingOffer[]>> {
  const found = await matchMany(seeingAll(ctx), needIds, { perPost: MOST_OFFERS, locale: "en" });
  const offerIds = [...found.values()].flatMap(({ items }) => items.map(({ post }) => post.id));
  const rows = await ctx.db.sql<{ id: string; authorId: string }[]>`
    select id, author_id as "authorId" from posts where id = any(${offerIds}::uuid[])`;
  const authors = new Map(rows.map(({ id, authorId }) => [id, authorId]));
  return new Map(
    [...found].map(([needId, { items }]) => {
      const best = new Map<string, FittingOffer>();
      for (const { post, score, broken } of items) {
        const authorId = authors.get(post.id);
        if (!authorId || broken.length > 0 || best.has(authorId)) continue;
        best.set(authorId, { offerId: post.id, authorId, fit: score });
      }
      return [needId, [...best.values()]];
    }),
  );
}

/** Nobody is shown an offer here, only its own author is reminded of it: so it does not matter who may see which. */
const seeingAll = (ctx: Ctx): Ctx => ({ ...ctx, person: { id: "", isAdmin: true, locale: "en", roles: {} } });
