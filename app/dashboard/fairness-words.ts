import type { Text } from "#app/i18n/text.ts";
import type { AreaFigures } from "./fairness.ts";
import type { Share } from "./report/spread.ts";

export function areaName(t: Text, { area, place }: Pick<AreaFigures, "area" | "place">): string {
  return place ?? (area === null ? t("dashboard.fair.area.none") : t("dashboard.fair.area.unnamed"));
}

/** How far the share that is met is above (or, negative, below) that of all together, between -1 and 1. */
export const metGapOf = (part: Pick<Share, "needs" | "met">, all: Pick<Share, "needs" | "met">): number =>
  part.needs > 0 && all.needs > 0 ? part.met / part.needs - all.met / all.needs : 0;

/** "12 points under all", in whole per cents. */
export function gapWords(t: Text, area: Pick<Share, "needs" | "met">, all: Pick<Share, "needs" | "met">): string {
  const points = Math.round(metGapOf(area, all) * 100);
  if (points === 0) return t("dashboard.fair.gap.none");
  return t(points < 0 ? "dashboard.fair.gap.under" : "dashboard.fair.gap.over", { n: Math.abs(points) });
}
