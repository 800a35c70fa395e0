import type { Locale } from "#app/i18n/locales.ts";

/** Dollars of so many segments, at `price` each, as the reader writes money; below ten cents to a tenth of a cent. */
export function money(segments: number, price: number, locale: Locale): string {
  const dollars = segments * price;
  const digits = dollars > 0 && dollars < 0.1 ? 3 : 2;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(dollars);
}

/** Minutes until the last segment is handed over, at `rate` segments a second; at least 1. */
export const minutesFor = (segments: number, rate: number): number =>
  Math.max(1, Math.ceil(segments / Math.max(rate, 0.1) / 60));
