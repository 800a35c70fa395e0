import { useLocale, useText } from "#app/i18n/use-text.ts";
import { DataTable, Disclosure, EmptyState, FilterLinks } from "#app/ui/index.ts";
import { BarChart } from "../report/charts.tsx";
import { dayWords } from "../report/words.ts";
import { SMALLEST_SHOWN, type PublicNumbers, type ShownSum } from "./public-numbers.ts";

type NumbersProps = { numbers: PublicNumbers & { last: string }; spans: readonly number[]; span: number };

/** What everybody may know of how things go here. */
export function NumbersPage({ numbers, spans, span }: NumbersProps) {
  const t = useText();
  const locale = useLocale();
  const { total, byGroup, byWeek, last } = numbers;
  const sum = { weeks: span, day: dayWords(locale, last), asked: total.asked, met: total.met };
  return (
    <>
      <header>
        <h1>{t("figures.public")}</h1>
        <p className="lede">{t("figures.public.lede")}</p>
      </header>
      <FilterLinks
        label={t("figures.public.period")}
        items={spans.map((n) => ({
          href: `/numbers?weeks=${n}`,
          text: t("figures.public.weeks", { n }),
          pressed: n === span,
        }))}
      />
      {total.asked === 0 ? (
        <EmptyState title={t("figures.public.none", { n: SMALLEST_SHOWN })}>{null}</EmptyState>
      ) : (
        <>
          <p>
            <b>{t(total.all ? "figures.public.total.exact" : "figures.public.total", sum)}</b>
          </p>
          <WeekBars numbers={numbers} />
          <SumTable
            id="by-group"
            caption={t("figures.public.caption")}
            head={t("figures.public.group")}
            rows={byGroup.map(({ group, ...shown }) => ({ name: group, ...shown }))}
          />
          <SumTable
            id="by-week"
            caption={t("figures.public.week_caption")}
            head={t("figures.cohorts.begins")}
            rows={byWeek.map(({ week, ...shown }) => ({ name: dayWords(locale, week), ...shown }))}
          />
        </>
      )}
      <Disclosure summary={t("dashboard.how")} open>
        <p>{t("figures.public.how1", { n: SMALLEST_SHOWN })}</p>
        <p>{t("figures.public.how2")}</p>
        <p>{t("figures.public.how3")}</p>
      </Disclosure>
    </>
  );
}

/** A sum in words: what is left out of it is not known. */
function useSumWords() {
  const t = useText();
  return (sum: number, all: boolean) => {
    if (sum === 0) return t("figures.public.hidden");
    return t(all ? "dashboard.number" : "figures.public.least", { n: sum });
  };
}

function WeekBars({ numbers: { byWeek } }: { numbers: PublicNumbers }) {
  const t = useText();
  const locale = useLocale();
  const words = useSumWords();
  const most = Math.max(1, ...byWeek.map(({ asked }) => asked));
  const title = t("figures.public.week_caption");
  return (
    <BarChart
      id="weeks"
      title={title}
      about={t("figures.public.lede")}
      rows={byWeek.map(({ week, asked, met, all }) => ({
        key: week,
        label: dayWords(locale, week),
        share: asked / most,
        inner: met / most,
        look: "q2",
        words: words(asked, all),
      }))}
    />
  );
}

type SumTableProps = { id: string; caption: string; head: string; rows: (ShownSum & { name: string })[] };

function SumTable({ id, caption, head, rows }: SumTableProps) {
  const t = useText();
  const words = useSumWords();
  return (
    <DataTable id={id} caption={caption}>
      <thead>
        <tr>
          <th scope="col">{head}</th>
          <th scope="col" className="n">
            {t("figures.public.asked")}
          </th>
          <th scope="col" className="n">
            {t("figures.public.met")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, asked, met, all }) => (
          <tr key={name}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td className="n">{words(asked, all)}</td>
            <td className="n">{words(met, all)}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
