import { directionOf } from "#app/i18n/locales.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { DataTable, Disclosure } from "#app/ui/index.ts";
import { AGES, LATE_SECONDS, lateOf, type AgeCounts, type AgeId } from "./ages.ts";

const ROW = 56;
const BAR = 24;
/** Of the width, so that the number after the longest bar has room. */
const LONGEST = 70;
const STRONG: Record<AgeId, string> = { h4: "q2", d1: "q3", d2: "q4", d4: "q5", more: "q6" };

/** Open needs by how long they have waited: bars drawn on the server, and the same numbers as a table. */
export function AgeBars({ ages, file }: { ages: AgeCounts; file: string }) {
  const t = useText();
  const total = AGES.reduce((sum, age) => sum + ages[age.id], 0);
  return (
    <section className="panel" aria-labelledby="ages-title">
      <h2 id="ages-title">{t("dashboard.ages")}</h2>
      <svg
        className="age-bars"
        role="img"
        aria-labelledby="ages-name ages-about"
        width="100%"
        height={AGES.length * ROW}
      >
        <title id="ages-name">{t("dashboard.ages")}</title>
        <desc id="ages-about">{t("dashboard.ages.about", { total, late: lateOf(ages) })}</desc>
        {AGES.map((age, at) => (
          <Bar key={age.id} id={age.id} count={ages[age.id]} most={Math.max(1, ...Object.values(ages))} y={at * ROW} />
        ))}
      </svg>
      <Disclosure summary={t("dashboard.ages.table")}>
        <DataTable id="ages-table" caption={t("dashboard.ages.table")} hideCaption>
          <thead>
            <tr>
              <th scope="col">{t("dashboard.ages.waited")}</th>
              <th scope="col" className="n">
                {t("dashboard.ages.needs")}
              </th>
            </tr>
          </thead>
          <tbody>
            {AGES.map((age) => (
              <tr key={age.id}>
                <th scope="row">{t(`dashboard.age.${age.id}`)}</th>
                <td className="n">{t("dashboard.number", { n: ages[age.id] })}</td>
              </tr>
            ))}
          </tbody>
        </DataTable>
        <p>
          <a href={file} download>
            {t("figures.csv")}
          </a>
        </p>
      </Disclosure>
    </section>
  );
}

/** Widths in per cent and letters in pixels, so that it fits a phone without shrinking the words. */
function Bar({ id, count, most, y }: { id: AgeId; count: number; most: number; y: number }) {
  const t = useText();
  const mirrored = directionOf(useLocale()) === "rtl";
  const width = (count / most) * LONGEST;
  const at = (share: number) => `${(mirrored ? 100 - share : share).toFixed(2)}%`;
  const late = AGES.find((age) => age.id === id)!.from >= LATE_SECONDS && count > 0;
  const number = t("dashboard.number", { n: count });
  const words = late
    ? t(id === "more" ? "dashboard.age.very_late" : "dashboard.age.late", { n: number })
    : String(count);
  return (
    <g>
      <text x={at(0)} y={y + 18}>
        {t(`dashboard.age.${id}`)}
      </text>
      <rect
        className={STRONG[id]}
        x={at(mirrored ? width : 0)}
        y={y + 25}
        width={`${width.toFixed(2)}%`}
        height={BAR}
      />
      <text className="count" x={at(width)} dx={mirrored ? -8 : 8} y={y + 43}>
        {words}
      </text>
    </g>
  );
}
