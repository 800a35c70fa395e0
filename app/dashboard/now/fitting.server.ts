import type { PersonCtx } from "#app/core/ctx.ts";
import { matchMany } from "#app/matching/find-matches.server.ts";

/**
 * Those of some needs, by their ids, for which an offer that fits well stands on the board: bringing the two together helps sooner
 * than asking people again.
 */
export async function findFitting(ctx: PersonCtx, needs: readonly string[]): Promise<Set<string>> {
  const found = await matchMany(ctx, [...new Set(needs)], { perPost: 1, locale: "en" });
  const fits = [...found].filter(([, { items }]) =>
    items.some(({ alike, broken, lacks }) => alike && broken.length === 0 && !lacks),
  );
  return new Set(fits.map(([id]) => id));
}
