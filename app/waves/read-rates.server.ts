import type { Ctx } from "#app/core/ctx.ts";
import { rateKey, type Rates, type Scope, type Tally } from "#app/matching/chance.ts";

/** What was learned of everybody together, of categories, distances and hours; not of single people. */
export async function readRates(ctx: Ctx): Promise<Rates> {
  const rows = await ctx.db.sql<(Tally & { scope: Scope; key: string })[]>`
    select scope, key, asked, yes, promised, kept from outcome_rates where scope <> 'person'`;
  return new Map(rows.map(({ scope, key, ...tally }) => [rateKey(scope, key), tally]));
}
