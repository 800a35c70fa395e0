import { useLocale, useText } from "#app/i18n/use-text.ts";
import { Button, FilterLinks, Notice, TextField } from "#app/ui/index.ts";
import { AgeBars } from "../age-bars.tsx";
import { CoordinatorNav } from "../coordinator-nav.tsx";
import { FairnessFigures } from "../fairness.tsx";
import type { Fairness } from "../fairness.ts";
import { GroupTable } from "../group-table.tsx";
import { Headline } from "../headline.tsx";
import { HowWeCount } from "../how-we-count.tsx";
import { chosenQuery, dashboardHref, PERIODS, type Chosen } from "../period.ts";
import { queryOf, USUAL_VIEW } from "../post-list.ts";
import type { ShownFigures, ShownGroup } from "../shown-figures.ts";
import { Tiles } from "../tiles.tsx";
import { UndeliveredTexts } from "../undelivered.tsx";
import { HeatPanel } from "./heat-panel.tsx";
import { CohortPanel, FairPanels, KeptPanel, LoadPanel, TextPanel } from "./panels.tsx";
import { ReachPanels, SpeedPanels } from "./reach-panels.tsx";
import { FEW_TO_COMPARE, type Report } from "./report.ts";
import type { SheetId } from "./sheet.ts";
import { dayWords, momentWords } from "./words.ts";

export type PageData = {
  chosen: Chosen;
  /** The first and the last day of the period. */
  days: { from: string; to: string };
  /** When it was counted, ISO 8601. */
  counted: string;
  group: string;
  groupName: string | null;
  choices: { slug: string; name: string }[];
  undelivered: Parameters<typeof UndeliveredTexts>[0]["texts"];
  report: Report;
  fairness: Fairness;
  /** What the period's texts cost, in dollars. */
  cost: string;
  total: ShownFigures;
  groups: ShownGroup[];
};

export function DashboardPage(data: PageData) {
  const t = useText();
  const { total, groups, group, chosen, report, fairness } = data;
  const numbers = { report, fairness, ages: total.ages, groups };
  const file = (table: SheetId) => `/coordinate/dashboard.csv${chosenQuery(group, chosen, { table })}`;
  const list = `/coordinate/posts${queryOf({ ...USUAL_VIEW, kind: "need", group })}`;
  return (
    <>
      <header>
        <Headline figures={total} group={group} />
      </header>
      <CoordinatorNav at="dashboard" />
      <PeriodBar {...data} />
      {total.asked < FEW_TO_COMPARE && (
        <Notice>
          {t("figures.empty", { n: FEW_TO_COMPARE })} <a href={list}>{t("figures.empty.link")}</a>
        </Notice>
      )}
      <Tiles figures={total} group={group} firstWord={report.firstWord} />
      <div className="panels">
        <AgeBars ages={total.ages} file={file("ages")} />
        <CohortPanel numbers={numbers} file={file} />
      </div>
      <HeatPanel numbers={numbers} file={file} />
      <div className="second-page panels">
        <FairPanels numbers={numbers} fairness={fairness} file={file} />
        <KeptPanel numbers={numbers} file={file} />
        <LoadPanel numbers={numbers} file={file} />
        <TextPanel numbers={numbers} file={file} cost={data.cost} />
        <SpeedPanels report={report} file={file} />
        <ReachPanels fairness={fairness} group={group} file={file} />
      </div>
      <div className="on-screen stack tight">
        <GroupTable groups={groups} chosen={chosen} />
        <p className="meta narrow-only">{t("reach.groups.rest")}</p>
        <p>
          <a href={file("groups")} download>
            {t("figures.csv")}
          </a>
        </p>
      </div>
      <div className="on-screen stack">
        <FairnessFigures figures={fairness} group={group} chosen={chosen} />
        <UndeliveredTexts texts={data.undelivered} />
      </div>
      <HowWeCount />
    </>
  );
}

/** Which days, which group, when it was counted. */
function PeriodBar({ chosen, days, group, groupName, choices, counted }: PageData) {
  const t = useText();
  const locale = useLocale();
  const own = typeof chosen !== "number";
  const shown = { from: dayWords(locale, days.from), to: dayWords(locale, days.to) };
  return (
    <div className="stack tight">
      <div className="desk-bar">
        <FilterLinks
          label={t("dashboard.period")}
          items={PERIODS.map((n) => ({
            href: dashboardHref(group, n),
            text: t("dashboard.period.days", { n }),
            pressed: n === chosen,
          }))}
        />
        {choices.length > 1 && (
          <FilterLinks
            label={t("dashboard.group")}
            items={[{ slug: "", name: t("dashboard.group.all") }, ...choices].map(({ slug, name }) => ({
              href: dashboardHref(slug, chosen),
              text: <bdi>{name}</bdi>,
              pressed: slug === group,
            }))}
          />
        )}
      </div>
      <form method="get" className="days on-screen">
        {group && <input type="hidden" name="group" value={group} />}
        <TextField name="from" type="date" label={t("figures.from")} defaultValue={own ? days.from : ""} required />
        <TextField name="to" type="date" label={t("figures.to")} defaultValue={own ? days.to : ""} required />
        <Button look="quiet">{t("figures.show")}</Button>
        <a href={dashboardHref(group, chosen, { wall: "1" })}>{t("figures.wall")}</a>
      </form>
      <p className="meta">
        {groupName && <bdi>{groupName}. </bdi>}
        {t("figures.counted", { ...shown, time: momentWords(locale, counted) })}
      </p>
    </div>
  );
}
