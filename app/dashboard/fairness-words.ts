import type { Text } from "#app/i18n/text.ts";
import { gapOf, type AreaFigures, type Fairness } from "./fairness.ts";

export function areaName(t: Text, { area, place }: AreaFigures): string {
  return place ?? (area === null ? t("dashboard.fair.area.none") : t("dashboard.fair.area.unnamed"));
}

/** "12 points under all", in whole per cents. */
export function gapWords(t: Text, area: AreaFigures, all: Fairness): string {
  const points = Math.round((gapOf(area, all) ?? 0) * 100);
  if (points === 0) return t("dashboard.fair.gap.none");
  return t(points < 0 ? "dashboard.fair.gap.under" : "dashboard.fair.gap.over", { n: Math.abs(points) });
}
