import { FATE } from "../days/fate.ts";
import { unpack } from "../days/unpack.ts";
import type { SpreadCell } from "./spread.ts";

type Lists = Record<"areas" | "categories" | "locales" | "places", (string | null)[] | null>;
export type SpreadDay = Lists & { spread: Buffer | null; midnight: number };

/** As `need_days.spread` has them: place in each list, fate, time. */
const WIDTH = 6;

type Open = { cell: SpreadCell; places: Map<string, number> };

/** The cells that many days of needs make together. PURE. */
export function cellsOfDays(days: readonly SpreadDay[], now: Date): SpreadCell[] {
  const found = new Map<string, Open>();
  for (const day of days) {
    const numbers = unpack(day.spread);
    const cells = new Map<number, Open>();
    const [categories, locales] = [day.categories ?? [], day.locales ?? []];
    for (let at = 0; at < numbers.length; at += WIDTH) {
      const [area, category, locale] = [numbers[at]! - 1, numbers[at + 1]! - 1, numbers[at + 2]! - 1];
      const key = (area * categories.length + category) * locales.length + locale;
      let open = cells.get(key);
      if (!open) {
        open = openOf(found, day.areas?.[area] ?? null, categories[category] ?? null, locales[locale]!);
        cells.set(key, open);
      }
      const place = day.places?.[numbers[at + 3]! - 1];
      if (place != null) open.places.set(place, (open.places.get(place) ?? 0) + 1);
      count(open.cell, numbers[at + 4]!, numbers[at + 5]!, now.getTime() - day.midnight);
    }
  }
  return [...found.values()].map(({ cell, places }) => ({ ...cell, place: mostCommon(places) }));
}

function openOf(found: Map<string, Open>, area: string | null, categoryId: string | null, locale: string): Open {
  const key = `${area} ${categoryId} ${locale}`;
  const known = found.get(key);
  if (known) return known;
  const counts = { needs: 0, answered: 0, met: 0, unmet: 0, waiting: 0 };
  const cell: SpreadCell = { area, categoryId, locale, place: null, ...counts, claimed: [], unclaimed: [] };
  const open = { cell, places: new Map<string, number>() };
  found.set(key, open);
  return open;
}

function count(cell: SpreadCell, fate: number, took: number, sinceMidnight: number): void {
  cell.needs += 1;
  if (fate & FATE.met) cell.met += 1;
  if (fate & (FATE.claimable | FATE.expired)) cell.unmet += 1;
  if (fate & FATE.claimable) cell.waiting += 1;
  if (fate & FATE.answered) {
    cell.answered += 1;
    cell.claimed.push(took);
  } else {
    cell.unclaimed.push(fate & FATE.current ? Math.max(0, Math.floor((sinceMidnight - took) / 1000)) : took);
  }
}

/** Of several the first by the alphabet, as the database has it. */
function mostCommon(places: ReadonlyMap<string, number>): string | null {
  let [found, most]: [string | null, number] = [null, 0];
  for (const [place, n] of places) if (n > most || (n === most && place < found!)) [found, most] = [place, n];
  return found;
}
