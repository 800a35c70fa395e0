import { useLocale, useText } from "#app/i18n/use-text.ts";
import { lateOf } from "../ages.ts";
import { TOO_FEW } from "../figures.ts";
import { dashboardHref } from "../period.ts";
import { spanWords } from "../spans.ts";
import type { PageData } from "./dashboard-page.tsx";
import { momentWords } from "./words.ts";

/** Five numbers to be read from across a room: no names, no places, nothing to press but the way back. */
export function Wall({ total, report, group, groupName, chosen, counted }: PageData) {
  const t = useText();
  const locale = useLocale();
  const few = total.asked < TOO_FEW;
  const number = (n: number) => t("dashboard.number", { n });
  const late = lateOf(total.ages);
  const median = total.medianSecondsToClaim;
  const half = few ? t("dashboard.too_few") : median === null ? t("dashboard.not_yet") : spanWords(t, median);
  const met = few || total.metRate === null ? t("dashboard.too_few") : t("dashboard.rate", { rate: total.metRate });
  const five = [
    { label: t("dashboard.state.waiting"), value: number(total.open + total.partlyCovered) },
    { label: t("figures.late"), value: number(late), stop: late > 0 },
    { label: t("figures.kept.live"), value: number(report.load.promises) },
    { label: t("dashboard.claimed"), value: half },
    { label: t("dashboard.met"), value: met },
  ];
  return (
    <div className="wall">
      <h1>{groupName === null ? t("dashboard.group.all") : <bdi>{groupName}</bdi>}</h1>
      <dl>
        {five.map(({ label, value, stop }) => (
          <div key={label} className={stop ? "late" : undefined}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>
        {t("figures.wall.counted", { time: momentWords(locale, counted) })}{" "}
        <a href={dashboardHref(group, chosen)}>{t("figures.wall.leave")}</a>
      </p>
    </div>
  );
}
