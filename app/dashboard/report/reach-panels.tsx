import { useLocale, useText } from "#app/i18n/use-text.ts";
import type { Fairness } from "../fairness.ts";
import { TOO_FEW } from "../figures.ts";
import { spanWords } from "../spans.ts";
import { perThousand } from "./area-people.ts";
import { BarChart, PairChart } from "./charts.tsx";
import { Panel } from "./panel.tsx";
import { askingSheet, speedSheet, stopSheet, supplyOf, supplySheet } from "./reach-sheets.ts";
import { FEW_TO_COMPARE, type Report } from "./report.ts";
import type { SheetId } from "./sheet.ts";
import { languageWords } from "./words.ts";

type File = { file: (id: SheetId) => string };
/** So many of each in a chart; the table has them all. */
const MOST_ROWS = 8;
/** Under so many texts a share of those who stopped says nothing. */
const FEW_TEXTS = 100;

/** How long texts take, and who wants no more of them. */
export function SpeedPanels({ report, file }: { report: Report } & File) {
  const t = useText();
  const locale = useLocale();
  const [speed, stops] = [speedSheet({ report }, { t, locale }), stopSheet({ report }, { t, locale })];
  const { ours, theirs } = report.textTimes;
  const { stopped, back } = report.stops;
  const known = ours.of >= TOO_FEW && ours.p90 !== null;
  const { sent } = report.texts;
  return (
    <>
      <Panel
        sheet={speed}
        file={file("speed")}
        about={known ? t("reach.speed.about", { time: spanWords(t, ours.p90!) }) : t("reach.speed.few")}
        how={t("reach.speed.how")}
        open={ours.of + theirs.of > 0}
      />
      <Panel
        sheet={stops}
        file={file("stops")}
        about={
          sent < FEW_TEXTS
            ? t("reach.stops.about", { n: stopped, back })
            : t("reach.stops.rate", { n: stopped, back, rate: Math.round((stopped * 10_000) / sent) / 10 })
        }
        how={t("reach.stops.how")}
      />
    </>
  );
}

/** Whether somebody speaks what is asked in, and who does not ask. */
export function ReachPanels({ fairness, group, file }: { fairness: Fairness; group: string } & File) {
  const t = useText();
  const locale = useLocale();
  const [supply, asking] = [supplySheet({ fairness }, { t, locale }), askingSheet({ fairness }, { t, locale })];
  const languages = supplyOf(fairness).slice(0, MOST_ROWS);
  const none = languages.filter(({ needs, people }) => needs > 0 && people === 0);
  const about = t("reach.supply.about", { n: none.length });
  const rates = fairness.askRates.slice(0, MOST_ROWS);
  const most = Math.max(...rates.map(perThousand), Number.MIN_VALUE);
  return (
    <>
      <Panel sheet={supply} file={file("supply")} about={about} how={t("reach.supply.how")}>
        {languages.length > 0 && (
          <PairChart
            id="supply"
            title={supply.title}
            about={about}
            rows={languages.map(({ language, needs, people }) => ({
              key: language,
              label: languageWords(locale, language),
              pair: [
                {
                  n: needs,
                  look: needs > 0 && people === 0 ? "q6" : "q3",
                  words: t("reach.supply.needs", { n: needs }),
                },
                { n: people, look: "q5", words: t("reach.supply.speak", { n: people }) },
              ],
            }))}
          />
        )}
      </Panel>
      <Panel
        sheet={asking}
        file={file("asking")}
        about={rates.length > 0 ? t("reach.asking.about") : t("reach.asking.none")}
        how={t("reach.asking.how", { n: FEW_TO_COMPARE })}
      >
        {rates.length > 0 && (
          <BarChart
            id="asking"
            title={asking.title}
            about={t("reach.asking.about")}
            rows={rates.map((one) => ({
              key: one.area,
              label: t("reach.asking.row", { name: `\u2068${one.name}\u2069`, needs: one.needs, people: one.people }),
              share: perThousand(one) / most,
              look: "q3",
              words: t("reach.asking.per", { rate: Math.round(perThousand(one) * 10) / 10 }),
            }))}
          />
        )}
        <p className="on-screen">
          <a href={`/coordinate/dashboard/areas${group && `?group=${group}`}`}>{t("reach.asking.say")}</a>
        </p>
      </Panel>
    </>
  );
}
