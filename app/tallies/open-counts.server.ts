import type { Ctx } from "#app/core/ctx.ts";
import { postTally } from "./tallies.server.ts";

/** Posts of one group and kind that are not closed, by what is still missing. */
export type OpenCount = {
  groupId: string;
  kind: "need" | "offer";
  inReview: number;
  open: number;
  partly: number;
  covered: number;
};

/**
 * How many needs and offers are not closed; groups and kinds without any are left out.
 *
 * @param groupIds null for the whole installation.
 */
export const openCounts = (ctx: Ctx, groupIds: readonly string[] | null): Promise<OpenCount[]> => {
  const { sql } = ctx.db;
  const of = (state: string) => sql`coalesce(sum(n) filter (where state = ${state}), 0)::int`;
  const where = groupIds ? sql`group_id = any(${[...groupIds]}::uuid[])` : sql`true`;
  return sql<OpenCount[]>`
    select group_id as "groupId", kind, ${of("in_review")} as "inReview", ${of("open")} as open, ${of("partly")} as partly,
      ${of("covered")} as covered
    from ${postTally(ctx, where)} t group by group_id, kind`;
};
