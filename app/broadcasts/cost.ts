/**
 * Dollars of so many segments at `price` each; below ten cents to a tenth of a cent. The same in every language, and
 * left to right also in Arabic (Unicode LRI … PDI).
 */
export function money(segments: number, price: number): string {
  const dollars = segments * price;
  return `\u2066$${dollars.toFixed(dollars > 0 && dollars < 0.1 ? 3 : 2)}\u2069`;
}

/** Minutes until the last segment is handed over, at `rate` segments a second; at least 1. */
export const minutesFor = (segments: number, rate: number): number =>
  Math.max(1, Math.ceil(segments / Math.max(rate, 0.1) / 60));
