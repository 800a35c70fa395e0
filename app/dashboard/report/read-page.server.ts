import type { PersonCtx } from "#app/core/ctx.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { dashboardFigures } from "../dashboard-figures.server.ts";
import { fairnessFigures } from "../fairness.server.ts";
import { momentsOf, parseChosen } from "../period.ts";
import { groupInView } from "../scope.server.ts";
import { dashboardReport } from "./report.server.ts";

/**
 * All that the dashboard's address asks for: the page, its files and the wall are made of the same.
 *
 * @param query `group`, `days`, `from` and `to`.
 * @throws Problem not-allowed for a group that is not theirs.
 */
export async function readPage(ctx: PersonCtx, query: URLSearchParams, locale: Locale) {
  const chosen = parseChosen(query);
  const { groups, chosen: group } = await groupInView(ctx, query.get("group"), locale);
  const asked = { groupId: group?.id ?? null, ...momentsOf(chosen, ctx.now) };
  const [dashboard, report, fairness] = await Promise.all([
    dashboardFigures(ctx, { ...asked, locale }),
    dashboardReport(ctx, asked),
    fairnessFigures(ctx, { ...asked, locale }),
  ]);
  return { chosen, groups, group, asked, dashboard, report, fairness };
}
