/** A day of a group as it was read; `version` tells it from every other writing of that day. */
export type HeldDay = { groupId: string; midnight: number; version: string; row: object };

/** Of one process, for all that is held of one database. */
const MOST_BYTES = 16_000_000;
/** What a row takes beside its packed numbers. */
const A_ROW = 500;

/**
 * Days that were read of late. A day that is over hardly changes, and a month of a busy group is some hundred kilobytes of
 * durations; held here, they are read once. The one that was read longest ago goes first.
 */
class HeldDays {
  readonly #days = new Map<string, HeldDay & { bytes: number }>();
  #bytes = 0;

  /** What is held of these groups and midnights. */
  of(part: string, groupIds: readonly string[], midnights: readonly string[]): HeldDay[] {
    return groupIds.flatMap((groupId) =>
      midnights.flatMap((midnight) => this.#days.get(`${part} ${groupId} ${Date.parse(midnight)}`) ?? []),
    );
  }

  keep(part: string, day: HeldDay): void {
    const name = `${part} ${day.groupId} ${day.midnight}`;
    this.#drop(name);
    const bytes = A_ROW + sizeOf(day.row);
    this.#days.set(name, { ...day, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#days.keys()) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#drop(oldest);
    }
  }

  #drop(name: string): void {
    this.#bytes -= this.#days.get(name)?.bytes ?? 0;
    this.#days.delete(name);
  }
}

const sizeOf = (row: object): number =>
  Object.values(row).reduce<number>(
    (sum, value) => sum + (Buffer.isBuffer(value) ? value.length : Array.isArray(value) ? 40 * value.length : 0),
    0,
  );

const held = new WeakMap<object, HeldDays>();

/** The days held of a database, by its client. */
export function heldDays(client: object): HeldDays {
  const known = held.get(client) ?? new HeldDays();
  held.set(client, known);
  return known;
}
