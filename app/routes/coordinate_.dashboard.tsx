import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AgeBars } from "#app/dashboard/age-bars.tsx";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { dashboardFigures } from "#app/dashboard/dashboard-figures.server.ts";
import { fairnessFigures } from "#app/dashboard/fairness.server.ts";
import { FairnessFigures } from "#app/dashboard/fairness.tsx";
import { GroupTable } from "#app/dashboard/group-table.tsx";
import { Headline } from "#app/dashboard/headline.tsx";
import { HowWeCount } from "#app/dashboard/how-we-count.tsx";
import { dashboardHref, parsePeriod, PERIODS } from "#app/dashboard/period.ts";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { shownFigures } from "#app/dashboard/shown-figures.ts";
import { Tiles } from "#app/dashboard/tiles.tsx";
import { UndeliveredTexts } from "#app/dashboard/undelivered.tsx";
import { undeliveredTexts } from "#app/dashboard/undelivered-texts.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { useText } from "#app/i18n/use-text.ts";
import { FilterLinks } from "#app/ui/index.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";

const DAY = 86_400_000;

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const query = new URL(request.url).searchParams;
  const days = parsePeriod(query.get("days"));
  const { groups, chosen } = await groupInView(ctx, query.get("group"), locale);
  const shown = chosen ? [chosen] : groups;
  const period = { from: new Date(ctx.now.getTime() - days * DAY), to: ctx.now };
  const [dashboard, undelivered, fairness] = await Promise.all([
    dashboardFigures(ctx, { groupId: chosen?.id ?? null, locale, ...period }),
    undeliveredTexts(ctx, shown, period),
    fairnessFigures(ctx, { groupId: chosen?.id ?? null, ...period }),
  ]);
  const data = {
    title: textFor(locale)("dashboard.title"),
    days,
    group: chosen?.slug ?? "",
    choices: groups.map(({ slug, name }) => ({ slug, name })),
    undelivered,
    fairness,
    ...shownFigures(dashboard),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export default function CoordinatePage() {
  const t = useText();
  const { total, groups, group, days, choices, undelivered, fairness } = useLoaderData<typeof loader>();
  return (
    <>
      <header>
        <Headline figures={total} group={group} />
      </header>
      <CoordinatorNav at="dashboard" />
      <div className="desk-bar">
        <FilterLinks
          label={t("dashboard.period")}
          items={PERIODS.map((n) => ({
            href: dashboardHref(group, n),
            text: t("dashboard.period.days", { n }),
            pressed: n === days,
          }))}
        />
        {choices.length > 1 && (
          <FilterLinks
            label={t("dashboard.group")}
            items={[{ slug: "", name: t("dashboard.group.all") }, ...choices].map(({ slug, name }) => ({
              href: dashboardHref(slug, days),
              text: <bdi>{name}</bdi>,
              pressed: slug === group,
            }))}
          />
        )}
      </div>
      <Tiles figures={total} group={group} />
      <AgeBars ages={total.ages} />
      <GroupTable groups={groups} days={days} />
      <FairnessFigures figures={fairness} />
      <UndeliveredTexts texts={undelivered} />
      <HowWeCount />
    </>
  );
}
