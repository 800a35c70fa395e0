import { directionOf } from "#app/i18n/locales.ts";
import { useLocale, useText } from "#app/i18n/use-text.ts";
import { areaName, gapWords } from "./fairness-words.ts";
import { gapOf, type AreaFigures, type Fairness } from "./fairness.ts";
import { TOO_FEW } from "./figures.ts";

const ROW = 56;
const BAR = 20;
/** Of the width, so that words after the longest bar have room. */
const FULL = 32;
const SHOWN = 8;
/** So much less than all together get stands out. */
const FAR_UNDER = -0.1;

/** How much of what each area asked for was answered, the least first, with a line where all areas together are. */
export function AreaBars({ figures }: { figures: Fairness }) {
  const t = useText();
  const areas = figures.areas
    .filter(({ needs }) => needs >= TOO_FEW)
    .toSorted((a, b) => a.answered / a.needs - b.answered / b.needs)
    .slice(0, SHOWN);
  const mirrored = directionOf(useLocale()) === "rtl";
  if (areas.length === 0) return <p>{t("dashboard.fair.areas.few", { n: TOO_FEW })}</p>;
  const all = figures.answered / figures.needs;
  const at = (share: number) => `${(mirrored ? 100 - share * FULL : share * FULL).toFixed(2)}%`;
  const height = areas.length * ROW;
  return (
    <>
      <p>{t("dashboard.fair.areas.about", { rate: all })}</p>
      <svg className="age-bars" role="img" aria-labelledby="areas-title areas-about" width="100%" height={height}>
        <desc id="areas-about">{t("dashboard.fair.areas.about", { rate: all })}</desc>
        {areas.map((one, row) => (
          <Bar key={one.area ?? ""} area={one} figures={figures} y={row * ROW} at={at} mirrored={mirrored} />
        ))}
        <line className="all" x1={at(all)} x2={at(all)} y1={0} y2={height} />
      </svg>
    </>
  );
}

type BarProps = {
  area: AreaFigures;
  figures: Fairness;
  y: number;
  at: (share: number) => string;
  mirrored: boolean;
};

function Bar({ area, figures, y, at, mirrored }: BarProps) {
  const t = useText();
  const share = area.answered / area.needs;
  const under = (gapOf(area, figures) ?? 0) <= FAR_UNDER;
  return (
    <g>
      <text x={at(0)} y={y + 18}>
        {areaName(t, area)} · {t("dashboard.fair.waiting_now", { n: area.waiting })}
      </text>
      <rect
        className={under ? "q5" : "q2"}
        x={mirrored ? at(share) : at(0)}
        y={y + 25}
        width={`${(share * FULL).toFixed(2)}%`}
        height={BAR}
      />
      <text className="count" x={at(share)} dx={mirrored ? -8 : 8} y={y + 41}>
        {t("dashboard.rate", { rate: share })} · {gapWords(t, area, figures)}
      </text>
    </g>
  );
}
