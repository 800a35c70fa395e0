import { medianAndP90 } from "../kaplan-meier.ts";
import { grouped } from "./grouped.ts";

/** Needs that share an area, a category and a language. Times are whole seconds to the first promise, or waited so far. */
export type SpreadCell = {
  /** A square of about 3 km; null: they do not say where they are. */
  area: string | null;
  /** What most of them call it. */
  place: string | null;
  categoryId: string | null;
  locale: string;
  /** Asked for in the period, and of these: somebody promised something; met by now; still missing something, or ran out. */
  needs: number;
  answered: number;
  met: number;
  unmet: number;
  /** Wait now, whenever they were asked for. */
  waiting: number;
  claimed: number[];
  unclaimed: number[];
};

export type Counts = Pick<SpreadCell, "needs" | "answered" | "met" | "unmet" | "waiting">;
export type Share = Counts & {
  /** As in `Figures`. */
  medianSecondsToClaim: number | null;
  p90SecondsToClaim: number | null;
};
type Part<K> = Counts & { key: K; place: string | null; its: readonly SpreadCell[] };

/** Cells that have `key` in common together, the ones that wait most first. PURE. */
export function partsBy<K extends string | null>(
  cells: readonly SpreadCell[],
  key: (cell: SpreadCell) => K,
): Part<K>[] {
  const byKey = grouped(cells, key);
  const parts = [...byKey].map(([one, its]) => ({ key: one, place: commonPlace(its), its, ...countsOf(its) }));
  return parts.toSorted((a, b) => b.waiting - a.waiting || b.needs - a.needs || compare(a.key, b.key));
}

/** How many, and how long it took them. PURE. */
export function shareOf(cells: readonly SpreadCell[]): Share {
  const { median, p90 } = medianAndP90({
    happened: cells.flatMap(({ claimed }) => claimed),
    waiting: cells.flatMap(({ unclaimed }) => unclaimed),
  });
  return { ...countsOf(cells), medianSecondsToClaim: median, p90SecondsToClaim: p90 };
}

function countsOf(cells: readonly SpreadCell[]): Counts {
  const total = { needs: 0, answered: 0, met: 0, unmet: 0, waiting: 0 };
  for (const cell of cells) {
    total.needs += cell.needs;
    total.answered += cell.answered;
    total.met += cell.met;
    total.unmet += cell.unmet;
    total.waiting += cell.waiting;
  }
  return total;
}

/** The place that most needs of these cells name. */
function commonPlace(cells: readonly SpreadCell[]): string | null {
  const named = cells.filter(({ place }) => place !== null);
  return named.toSorted((a, b) => b.needs + b.waiting - a.needs - a.waiting)[0]?.place ?? null;
}

/** What is not met, by category and area: `rows[i].cells[j]` is of `areas[j]`. */
export type Unmet = {
  areas: { area: string | null; place: string | null }[];
  rows: { category: string | null; cells: { needs: number; unmet: number }[] }[];
};

/** The `most` areas in which most is not met, and every category that somebody asked for in the period. PURE. */
export function unmetOf(cells: readonly SpreadCell[], names: ReadonlyMap<string, string>, most: number): Unmet {
  const asked = cells.filter(({ needs }) => needs > 0);
  const worst = partsBy(asked, ({ area }) => area).toSorted((a, b) => b.unmet - a.unmet || b.needs - a.needs);
  const areas = worst.slice(0, most).map(({ key, place }) => ({ area: key, place }));
  const categories = partsBy(asked, ({ categoryId }) => categoryId).toSorted((a, b) => b.unmet - a.unmet);
  const rows = categories.map(({ key, its }) => {
    const cellOf = (area: string | null) => {
      const { needs, unmet } = countsOf(its.filter((cell) => cell.area === area));
      return { needs, unmet };
    };
    return { category: key === null ? null : (names.get(key) ?? null), cells: areas.map(({ area }) => cellOf(area)) };
  });
  return { areas, rows };
}

const compare = (a: string | null, b: string | null) => ((a ?? "") < (b ?? "") ? -1 : 1);
