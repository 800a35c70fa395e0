/** Local time by the platform's own tables, to check what our date library says. Nothing here knows @date-fns/tz. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    ...({
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    } as const),
  });
  formats.set(timeZone, made);
  return made;
}

function partsOf(at: Date, timeZone: string): Record<string, number> {
  return Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
}

export const hourIn = (at: Date, timeZone: string): number => partsOf(at, timeZone).hour!;

/** Minutes east of Greenwich. */
export function offsetOf(at: Date, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone);
  return Math.round((Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - at.getTime()) / 60_000);
}

const DAY = 86_400_000;

/** The instants at which a zone's clocks change between two years, to the second. */
export function changesIn(timeZone: string, from: number, to: number): Date[] {
  const changes: Date[] = [];
  let [before, end] = [Date.UTC(from, 0, 1), Date.UTC(to, 0, 1)];
  for (let after = before + 7 * DAY; before < end; [before, after] = [after, after + 7 * DAY]) {
    if (offsetOf(new Date(before), timeZone) === offsetOf(new Date(after), timeZone)) continue;
    let [low, high] = [before, after];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offsetOf(new Date(middle), timeZone) === offsetOf(new Date(low), timeZone)) low = middle;
      else high = middle;
    }
    changes.push(new Date(high));
  }
  return changes;
}
