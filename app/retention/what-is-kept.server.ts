import type { Ctx } from "#app/core/ctx.ts";
import { isDue } from "./purge.server.ts";
import { rulesOf } from "./rules.server.ts";
import { RULE_NAMES, type RuleState } from "./rules.ts";

/**
 * How each rule stands, for the meter and the dry run: how many are due, and how many days ago what is kept longest was over. Nothing
 * changes.
 */
export async function whatIsKept(ctx: Ctx): Promise<RuleState[]> {
  const { sql } = ctx.db;
  const rules = rulesOf(ctx);
  const states: RuleState[] = [];
  for (const name of RULE_NAMES) {
    const rule = rules[name];
    const [row] = await sql<{ due: number; oldest: number | null }[]>`
      select (count(*) filter (where ${isDue(ctx, rule)}))::int as due,
        floor(extract(epoch from ${ctx.now}::timestamptz - min(${rule.over})) / 86400)::int as oldest
      from ${sql(rule.table)} x where ${rule.held}`;
    states.push({ name, due: row!.due, oldest: row!.oldest });
  }
  return states;
}

/** Whole days: how long ago the oldest personal data that something still holds were last needed; 0 where there are none. */
export const oldestDays = (states: readonly RuleState[]): number =>
  Math.max(0, ...states.map(({ oldest }) => oldest ?? 0));
