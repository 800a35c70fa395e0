import { useLocale, useText } from "#app/i18n/use-text.ts";
import { DataTable, Disclosure } from "#app/ui/index.ts";
import { areaName } from "../fairness-words.ts";
import type { SheetId } from "./sheet.ts";
import { SHEETS, type Numbers } from "./sheets.ts";
import type { Unmet } from "./spread.ts";

const LOOKS = ["h1", "h2", "h3", "h4", "h5", "h6"] as const;

/** Darker where more is missing. */
const lookOf = (unmet: number, most: number): string =>
  unmet > 0 ? `n ${LOOKS[Math.ceil((unmet / most) * LOOKS.length) - 1]}` : "n";

/** What is missing, by category and area: the numbers are in the cells, the colour only leads the eye. */
export function HeatPanel({ numbers, file }: { numbers: Numbers; file: (id: SheetId) => string }) {
  const t = useText();
  const { unmet } = numbers.fairness;
  const sheet = SHEETS.unmet(numbers, { t, locale: useLocale() });
  return (
    <section className="panel wide" aria-labelledby="unmet-title">
      <h2 id="unmet-title">{sheet.title}</h2>
      <p className="measure">{unmet.rows.length > 0 ? t("figures.unmet.about") : t("figures.unmet.none")}</p>
      {unmet.rows.length > 0 && (
        <>
          <HeatTable unmet={unmet} title={sheet.title} />
          <p>
            <a href={file("unmet")} download>
              {t("figures.csv")}
            </a>
          </p>
        </>
      )}
      <Disclosure summary={t("dashboard.how")}>
        <p className="measure">{t("figures.unmet.how")}</p>
      </Disclosure>
    </section>
  );
}

function HeatTable({ unmet, title }: { unmet: Unmet; title: string }) {
  const t = useText();
  const most = Math.max(1, ...unmet.rows.flatMap(({ cells }) => cells.map((cell) => cell.unmet)));
  return (
    <DataTable id="heat" caption={title} hideCaption>
      <thead>
        <tr>
          <th scope="col">{t("figures.unmet.category")}</th>
          {unmet.areas.map((area) => (
            <th key={area.area ?? ""} scope="col" className="n">
              <bdi>{areaName(t, area)}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {unmet.rows.map(({ category, cells }, row) => (
          <tr key={row}>
            <th scope="row">
              <bdi>{category ?? t("figures.unmet.other")}</bdi>
            </th>
            {cells.map((cell, at) => (
              <td key={at} className={lookOf(cell.unmet, most)}>
                {cell.needs > 0
                  ? t("figures.unmet.cell", { unmet: cell.unmet, needs: cell.needs })
                  : t("dashboard.none")}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
