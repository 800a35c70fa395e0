import type { Dashboard, Figures } from "./figures.ts";

/** Figures as a page gets them: how long the oldest has waited instead of since when, because pages carry no dates. */
export type ShownFigures = Omit<Figures, "oldestWaitingSince"> & { oldestSeconds: number | null };
export type ShownGroup = ShownFigures & { id: string; slug: string; name: string };

function shown<F extends Figures>({ oldestWaitingSince, ...figures }: F, now: Date) {
  const waited = oldestWaitingSince && (now.getTime() - oldestWaitingSince.getTime()) / 1000;
  return { ...figures, oldestSeconds: waited && Math.max(0, Math.floor(waited)) };
}

export function shownFigures({ total, groups, countedAt }: Dashboard): { total: ShownFigures; groups: ShownGroup[] } {
  return { total: shown(total, countedAt), groups: groups.map((group) => shown(group, countedAt)) };
}
