import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { can } from "./membership.ts";

/**
 * Whether a group weighs what came of asking people before when it chooses whom to ask. For its coordinators.
 *
 * @throws Problem `not-allowed`.
 */
export async function setLearning(ctx: PersonCtx, input: { groupId: string; learns: boolean }): Promise<void> {
  if (!can(ctx.person, "coordinate", input)) throw new Problem("not-allowed");
  await ctx.db.sql`update groups set learns = ${input.learns} where id = ${input.groupId}::uuid`;
}
