import { useText } from "#app/i18n/use-text.ts";
import { DataTable, Disclosure, Figure, Figures } from "#app/ui/index.ts";
import type { Fairness } from "./fairness.ts";
import { TOO_FEW } from "./figures.ts";
import { peopleHref } from "./people/people-filter.ts";
import type { Chosen } from "./period.ts";

type Props = { figures: Fairness; group: string; chosen: Chosen };

/** Whether help is asked for and given fairly: who is asked, what becomes of suggestions. */
export function FairnessFigures({ figures, group, chosen }: Props) {
  const t = useText();
  return (
    <section aria-labelledby="fair-title">
      <h2 id="fair-title">{t("dashboard.fair")}</h2>
      <Asking figures={figures} group={group} chosen={chosen} />
      <Dismissed figures={figures} />
      <Disclosure summary={t("dashboard.how")}>
        <p>{t("dashboard.fair.how.asks")}</p>
        <p>{t("dashboard.fair.how.gini")}</p>
        <p>{t("dashboard.fair.how.matches")}</p>
      </Disclosure>
    </section>
  );
}

function Asking({ figures, group, chosen }: Props) {
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
        href={peopleHref({ show: "unasked", group, chosen })}
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
        note={t("dashboard.fair.accepted.note", { n: dismissed })}
      />
    </Figures>
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
