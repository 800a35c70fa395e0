import type { Ctx } from "#app/core/ctx.ts";
import { readDays } from "../days/read-days.server.ts";
import { dayOf } from "../period.ts";
import { DAY_MS, mondayOf, ripe, type Cohort } from "./cohorts.ts";
import { grouped } from "./grouped.ts";

const WEEKS = 8;

/** The weeks up to the one in which the period ends, the newest first; weeks in which nothing was asked for are left out. */
export async function readCohorts(ctx: Ctx, ids: string[], to: Date): Promise<Cohort[]> {
  const last = mondayOf(new Date(to.getTime() - 1));
  const days = await readDays(ctx, "weeks", ids, { from: new Date(last.getTime() - (WEEKS - 1) * 7 * DAY_MS), to });
  const weeks = grouped(days, ({ midnight }) => dayOf(mondayOf(new Date(midnight))));
  const sum = (of: readonly number[]) => of.reduce((total, n) => total + n, 0);
  return [...weeks]
    .map(([week, its]) => ({
      week,
      asked: sum(its.map(({ asked }) => asked)),
      met7: ripe(week, 7, ctx.now) ? sum(its.map(({ met7 }) => met7)) : null,
      met14: ripe(week, 14, ctx.now) ? sum(its.map(({ met14 }) => met14)) : null,
    }))
    .filter(({ asked }) => asked > 0)
    .toSorted((a, b) => (a.week < b.week ? 1 : -1));
}
