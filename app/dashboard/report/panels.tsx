import { useLocale, useText } from "#app/i18n/use-text.ts";
import { areaName, gapWords } from "../fairness-words.ts";
import type { Fairness } from "../fairness.ts";
import { TOO_FEW } from "../figures.ts";
import { BarChart, DotChart, type BarRow, type DotRow, type Look } from "./charts.tsx";
import { wilsonInterval } from "./interval.ts";
import { Panel } from "./panel.tsx";
import { FEW_TO_COMPARE } from "./report.ts";
import type { SheetId } from "./sheet.ts";
import { SHEETS, type Numbers } from "./sheets.ts";
import type { Share } from "./spread.ts";
import { dayWords, languageWords } from "./words.ts";

type PanelsProps = { numbers: Numbers; fairness: Fairness; file: (id: SheetId) => string };

/** So many of each in a chart; the table has them all. */
const MOST_ROWS = 8;

/** In a direction of its own among other words (Unicode FSI … PDI): a drawing has no `<bdi>`. */
const apart = (name: string) => `\u2068${name}\u2069`;

const useSheet = (numbers: Numbers, id: SheetId) => SHEETS[id](numbers, { t: useText(), locale: useLocale() });

/** How many of a week's needs were met in time. */
export function CohortPanel({ numbers, file }: Omit<PanelsProps, "fairness">) {
  const t = useText();
  const locale = useLocale();
  const sheet = useSheet(numbers, "cohorts");
  const rate = (met: number | null, asked: number) =>
    met === null ? t("figures.early") : t("dashboard.rate", { rate: met / asked });
  const rows = numbers.report.cohorts
    .filter(({ asked, met7 }) => asked >= TOO_FEW && met7 !== null)
    .map(({ week, asked, met7, met14 }): BarRow => {
      const words = { met7: rate(met7, asked), met14: rate(met14, asked) };
      return {
        key: week,
        label: t("figures.cohorts.week", { day: dayWords(locale, week), n: asked }),
        share: (met14 ?? met7 ?? 0) / asked,
        inner: (met7 ?? 0) / asked,
        look: "q2",
        words: met14 === null ? t("figures.cohorts.only7", words) : t("figures.cohorts.words", words),
      };
    });
  const about = rows.length > 0 ? t("figures.cohorts.about") : t("figures.cohorts.none");
  return (
    <Panel sheet={sheet} file={file("cohorts")} about={about} how={t("figures.cohorts.how")}>
      {rows.length > 0 && <BarChart id="cohorts" title={sheet.title} about={about} rows={rows} />}
    </Panel>
  );
}

/** What became of promises. */
export function KeptPanel({ numbers, file }: Omit<PanelsProps, "fairness">) {
  const t = useText();
  const { kept } = numbers.report;
  const sheet = useSheet(numbers, "kept");
  const all = kept.confirmed + kept.delivered + kept.live + kept.released + kept.lapsed;
  const about = t("figures.kept.about", { n: all, released: kept.released, lapsed: kept.lapsed });
  return (
    <Panel sheet={sheet} file={file("kept")} about={about} how={t("figures.kept.how")}>
      {all > 0 && (
        <BarChart
          id="kept"
          title={sheet.title}
          about={about}
          rows={(["lapsed", "released", "live", "delivered", "confirmed"] as const).map((one) => ({
            key: one,
            label: t(`figures.kept.${one}`),
            share: kept[one] / all,
            look: ({ lapsed: "q6", released: "q5", live: "q4", delivered: "q3", confirmed: "q2" } as const)[one],
            words: t("figures.of_all", { n: kept[one], rate: kept[one] / all }),
          }))}
        />
      )}
    </Panel>
  );
}

/** How promises are spread over people. */
export function LoadPanel({ numbers, file }: Omit<PanelsProps, "fairness">) {
  const t = useText();
  const { load } = numbers.report;
  const sheet = useSheet(numbers, "load");
  const { people, promises } = load;
  const about =
    people === 0
      ? t("figures.load.none")
      : t("figures.load.about", {
          people,
          promises,
          median: load.median ?? 0,
          p90: load.p90 ?? 0,
          most: load.most ?? 0,
          rate: load.topShare ?? 0,
        });
  const most = Math.max(1, ...load.counts.map((one) => one.people));
  return (
    <Panel sheet={sheet} file={file("load")} about={about} how={t("figures.load.how")}>
      {people > 0 && (
        <BarChart
          id="load"
          title={sheet.title}
          about={about}
          rows={load.counts.slice(0, MOST_ROWS).map((one) => ({
            key: String(one.live),
            label: t("figures.load.row", { n: one.live }),
            share: one.people / most,
            look: one.live >= 5 ? "q6" : one.live >= 3 ? "q4" : "q2",
            words: t("figures.load.people", { n: one.people }),
          }))}
        />
      )}
    </Panel>
  );
}

/** The way of texts to phones, and what it costs. */
export function TextPanel({ numbers, file, cost }: Omit<PanelsProps, "fairness"> & { cost: string }) {
  const t = useText();
  const { texts } = numbers.report;
  const [sheet, failures] = [useSheet(numbers, "texts"), useSheet(numbers, "failures")];
  const about = t("figures.texts.about", { n: texts.segments, cost });
  const looks: Look[] = ["q2", "q3", "q4", "q5"];
  return (
    <>
      <Panel sheet={sheet} file={file("texts")} about={about} how={t("figures.texts.how")}>
        {texts.written > 0 && (
          <BarChart
            id="texts"
            title={sheet.title}
            about={about}
            rows={(["written", "ours", "sent", "delivered"] as const).map((step, at) => ({
              key: step,
              label: t(`figures.texts.${step}`),
              share: texts[step] / texts.written,
              look: looks[at]!,
              words: t("figures.of_all", { n: texts[step], rate: texts[step] / texts.written }),
            }))}
          />
        )}
      </Panel>
      {texts.failures.length > 0 && (
        <Panel sheet={failures} file={file("failures")}>
          <BarChart
            id="failures"
            title={failures.title}
            about={failures.title}
            rows={texts.failures.map(({ why, count }) => ({
              key: why,
              label: t(`dashboard.why.${why}`),
              share: count / texts.failures[0]!.count,
              look: "q5",
              words: t("dashboard.number", { n: count }),
            }))}
          />
        </Panel>
      )}
    </>
  );
}

/** Who gets less, by area and by language. */
export function FairPanels({ numbers, fairness, file }: PanelsProps) {
  const t = useText();
  const locale = useLocale();
  const [areas, languages] = [useSheet(numbers, "areas"), useSheet(numbers, "languages")];
  const about = t("figures.fair.about", { rate: fairness.all.needs > 0 ? fairness.all.met / fairness.all.needs : 0 });
  const dots = (list: readonly (Share & { name: string })[]): DotRow[] =>
    list
      .filter(({ needs }) => needs >= FEW_TO_COMPARE)
      .toSorted((a, b) => a.met / a.needs - b.met / b.needs)
      .slice(0, MOST_ROWS)
      .map((one) => {
        const rate = one.met / one.needs;
        const { low, high } = wilsonInterval(one.met, one.needs);
        const gap = gapWords(t, one, fairness.all);
        const under = high < fairness.all.met / fairness.all.needs;
        return {
          key: one.name,
          label: one.name,
          words: t("reach.fair.row", { rate, n: one.needs, gap }),
          share: rate,
          low,
          high,
          under,
        };
      });
  const charts = [
    { sheet: areas, rows: dots(fairness.areas.map((one) => ({ ...one, name: apart(areaName(t, one)) }))) },
    {
      sheet: languages,
      rows: dots(fairness.languages.map((one) => ({ ...one, name: apart(languageWords(locale, one.language)) }))),
    },
  ];
  return charts.map(({ sheet, rows }) => (
    <Panel
      key={sheet.id}
      sheet={sheet}
      file={file(sheet.id)}
      about={rows.length > 0 ? about : t("figures.fair.few", { n: FEW_TO_COMPARE })}
      how={t("figures.fair.how", { n: FEW_TO_COMPARE })}
    >
      {rows.length > 0 && (
        <DotChart
          id={sheet.id}
          title={sheet.title}
          about={about}
          rows={rows}
          all={fairness.all.met / fairness.all.needs}
        />
      )}
    </Panel>
  ));
}
