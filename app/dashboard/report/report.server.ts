import type { Ctx } from "#app/core/ctx.ts";
import { groupsInView } from "../scope.server.ts";
import { readCohorts } from "./cohorts.server.ts";
import { readFirstWord } from "./first-word.server.ts";
import { readKept, readLoad } from "./kept.server.ts";
import type { Report } from "./report.ts";
import { readStops } from "./stops.server.ts";
import { readTextFunnel } from "./text-funnel.server.ts";
import { readTextTimes } from "./text-times.server.ts";

/**
 * Weeks, promises and texts of one group, or of all that the person coordinates (admins: all). Promises and texts are of the
 * period, load is as of `ctx.now`, weeks are the eight up to the period's end.
 *
 * @throws Problem sign-in-needed, not-allowed.
 */
export async function dashboardReport(
  ctx: Ctx,
  { groupId, ...period }: { groupId: string | null; from: Date; to: Date },
): Promise<Report> {
  const ids = (await groupsInView(ctx, groupId)).map(({ id }) => id);
  const [cohorts, kept, load, texts, firstWord, textTimes, stops] = await Promise.all([
    readCohorts(ctx, ids, period.to),
    readKept(ctx, ids, period),
    readLoad(ctx, ids),
    readTextFunnel(ctx, ids, period),
    readFirstWord(ctx, ids, period),
    readTextTimes(ctx, ids, period),
    readStops(ctx, ids, period),
  ]);
  return { cohorts, kept, load, texts, firstWord, textTimes, stops };
}
