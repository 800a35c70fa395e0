const MAX_KEPT = 500;
const kept = new Map<string, Intl.DateTimeFormat>();

/**
 * `Intl.DateTimeFormat`, made once for the same wish: one costs 0.2 ms and 33 KB outside of what the collector watches, so a
 * page that made one for each of its lines held gigabytes under load before any was freed.
 */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= MAX_KEPT) kept.clear();
  const made = new Intl.DateTimeFormat(locale, options);
  kept.set(key, made);
  return made;
}

const relative = new Map<string, Intl.RelativeTimeFormat>();

/** "yesterday", "in 2 days": one for each language. */
export function relativeFormat(locale: string): Intl.RelativeTimeFormat {
  const made = relative.get(locale) ?? new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  relative.set(locale, made);
  return made;
}
