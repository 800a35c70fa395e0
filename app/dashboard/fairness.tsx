import { useText } from "#app/i18n/use-text.ts";
import { DataTable, Disclosure, Figure, Figures } from "#app/ui/index.ts";
import { AreaBars } from "./area-bars.tsx";
import { areaName, gapWords } from "./fairness-words.ts";
import type { Fairness } from "./fairness.ts";
import { TOO_FEW } from "./figures.ts";

/** Whether help is asked for and given fairly: who is asked, which areas get less, what becomes of suggestions. */
export function FairnessFigures({ figures }: { figures: Fairness }) {
  const t = useText();
  return (
    <section aria-labelledby="fair-title">
      <h2 id="fair-title">{t("dashboard.fair")}</h2>
      <Asking figures={figures} />
      {figures.areas.length > 0 && (
        <>
          <h3 id="areas-title">{t("dashboard.fair.areas")}</h3>
          <AreaBars figures={figures} />
          <AreaTable figures={figures} />
        </>
      )}
      <Dismissed figures={figures} />
      <Disclosure summary={t("dashboard.how")}>
        <p>{t("dashboard.fair.how.asks")}</p>
        <p>{t("dashboard.fair.how.gini")}</p>
        <p>{t("dashboard.fair.how.areas", { n: TOO_FEW })}</p>
        <p>{t("dashboard.fair.how.matches")}</p>
      </Disclosure>
    </section>
  );
}

function Asking({ figures }: { figures: Fairness }) {
  const t = useText();
  const { asked, asks, median, most, gini, ready, neverAsked, matches } = figures;
  const dismissed = matches.dismissed.reduce((sum, { count }) => sum + count, 0);
  const few = asked < TOO_FEW;
  const number = (n: number) => t("dashboard.number", { n });
  return (
    <Figures>
      <Figure
        label={t("dashboard.fair.asked")}
        value={number(asked)}
        note={t("dashboard.fair.asked.note", { n: asks })}
      />
      <Figure
        label={t("dashboard.fair.each")}
        value={median === null ? t("dashboard.none") : number(median)}
        note={t("dashboard.fair.each.note", { most })}
      />
      <Figure
        label={t("dashboard.fair.never")}
        value={number(neverAsked)}
        href="/coordinate/people"
        note={t("dashboard.fair.never.note", { ready })}
      />
      <Figure
        label={t("dashboard.fair.shared")}
        value={
          few || gini === null ? t("dashboard.too_few") : t("dashboard.fair.gini", { n: Math.round(gini * 100) / 100 })
        }
        note={t("dashboard.fair.shared.note")}
      />
      <Figure
        label={t("dashboard.fair.accepted")}
        value={number(matches.accepted)}
        href="/coordinate/matches"
        note={t("dashboard.fair.accepted.note", { n: dismissed })}
      />
    </Figures>
  );
}

/** The same numbers as the bars, and those of small areas too. */
function AreaTable({ figures }: { figures: Fairness }) {
  const t = useText();
  const number = (n: number) => t("dashboard.number", { n });
  return (
    <Disclosure summary={t("dashboard.fair.areas.table")}>
      <DataTable id="areas" caption={t("dashboard.fair.areas")} hideCaption>
        <thead>
          <tr>
            <th scope="col">{t("dashboard.fair.area")}</th>
            {(["waiting", "asked_for", "answered", "share", "gap"] as const).map((head) => (
              <th key={head} scope="col" className="n">
                {t(`dashboard.fair.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.areas.map((one) => (
            <tr key={one.area ?? ""}>
              <th scope="row">
                <bdi>{areaName(t, one)}</bdi>
              </th>
              <td className="n">{number(one.waiting)}</td>
              <td className="n">{number(one.needs)}</td>
              <td className="n">{number(one.answered)}</td>
              <td className="n">
                {one.needs < TOO_FEW ? t("dashboard.too_few") : t("dashboard.rate", { rate: one.answered / one.needs })}
              </td>
              <td className="n">{one.needs < TOO_FEW ? t("dashboard.too_few") : gapWords(t, one, figures)}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </Disclosure>
  );
}

function Dismissed({ figures: { matches } }: { figures: Fairness }) {
  const t = useText();
  if (matches.dismissed.length === 0) return null;
  return (
    <DataTable id="dismissed" caption={t("dashboard.fair.dismissed")}>
      <thead>
        <tr>
          <th scope="col">{t("dashboard.fair.why")}</th>
          <th scope="col" className="n">
            {t("dashboard.fair.times")}
          </th>
        </tr>
      </thead>
      <tbody>
        {matches.dismissed.map(({ reason, count }) => (
          <tr key={reason}>
            <th scope="row">{t(`matching.queue.reason.${reason}`)}</th>
            <td className="n">{t("dashboard.number", { n: count })}</td>
          </tr>
        ))}
      </tbody>
    </DataTable>
  );
}
