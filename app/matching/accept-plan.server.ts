import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { acceptMatch } from "./accept-match.server.ts";
import type { AcceptedPlan, PlanPair } from "./plan.ts";

/**
 * Brings every pair of a plan together, each all or nothing, in the plan's order. Safe to repeat with the same key: what
 * was done stays done, and what was cut off in between is finished.
 *
 * @returns how many are done, and which could not be, because somebody was quicker or something changed.
 */
export async function acceptPlan(
  ctx: PersonCtx,
  { pairs, key }: { pairs: readonly PlanPair[]; key: string },
): Promise<AcceptedPlan> {
  const outcome: AcceptedPlan = { done: 0, failed: [] };
  for (const pair of pairs) {
    try {
      await acceptMatch(ctx, { ...pair, key: `${key}:${pair.needCode}:${pair.offerCode}` });
      outcome.done += 1;
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status >= 500) throw problem;
      const { needCode, offerCode } = pair;
      outcome.failed.push({ needCode, offerCode, problem: problem.kind });
    }
  }
  return outcome;
}
