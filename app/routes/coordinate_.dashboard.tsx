import { json, type HeadersFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { money } from "#app/broadcasts/cost.ts";
import { dayOf } from "#app/dashboard/period.ts";
import { DashboardPage } from "#app/dashboard/report/dashboard-page.tsx";
import { readPage } from "#app/dashboard/report/read-page.server.ts";
import { Wall } from "#app/dashboard/report/wall.tsx";
import { shownFigures } from "#app/dashboard/shown-figures.ts";
import { undeliveredTexts } from "#app/dashboard/undelivered-texts.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";
import "#app/dashboard/report/report.css";

export const handle = { hydrate: false, desk: true };

export const meta = titleFromLoader;

/** A screen on the wall counts again each minute: said by the address, so that no page of somebody's own does it. */
export const headers: HeadersFunction = ({ loaderHeaders, errorHeaders }) => {
  const said = [...(errorHeaders ?? loaderHeaders)];
  return new Headers(said.filter(([name]) => ["cache-control", "refresh", "retry-after"].includes(name)));
};

export const loader = guarded("coordinator", async ({ ctx, request, context, locale }) => {
  const query = new URL(request.url).searchParams;
  const { chosen, groups, group, asked, dashboard, report, fairness } = await readPage(ctx, query, locale);
  const wall = query.get("wall") === "1";
  const data = {
    title: textFor(locale)("dashboard.title"),
    wall,
    chosen,
    days: { from: dayOf(asked.from), to: dayOf(new Date(asked.to.getTime() - 1)) },
    counted: ctx.now.toISOString(),
    group: group?.slug ?? "",
    groupName: group?.name ?? null,
    choices: groups.map(({ slug, name }) => ({ slug, name })),
    undelivered: wall ? [] : await undeliveredTexts(ctx, group ? [group] : groups, asked),
    report,
    fairness,
    cost: money(report.texts.segments, context.services.env.SMS_SEGMENT_PRICE),
    ...shownFigures(dashboard),
  };
  return json(data, { headers: { "Cache-Control": "no-store", ...(wall && { Refresh: "60" }) } });
});

export default function Dashboard() {
  const data = useLoaderData<typeof loader>();
  return data.wall ? <Wall {...data} /> : <DashboardPage {...data} />;
}
