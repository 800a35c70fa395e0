import type { Change } from "./changes.server.ts";

/** So many changes are kept for those who come back; whoever was away for longer reads everything again. */
const KEPT = 2_000;
/** Ids are given before commit, so an event can show up after later ones. No statement runs for longer than half of this. */
export const LATE_MS = 10_000;
/** How many events may be under way at once when somebody says where they were. */
export const OVERLAP = 100;

/** PURE (the clock is handed in): what was seen lately, each change once, in spite of ids that come out of order. */
export class History {
  #changes: { change: Change; at: number; late: boolean }[] = [];
  readonly #seen = new Set<number>();
  /** Everything after it is here. */
  #completeAfter: number;

  /** The newest there was. What has a lower id and is seen afterwards came late: whoever knew of a newer one may not know of it. */
  #newest: number;

  /** @param newest where whoever watches first begins; what lies between the two and is not there yet may still come. */
  constructor(completeAfter: number, newest = completeAfter) {
    this.#completeAfter = completeAfter;
    this.#newest = newest;
  }

  /** Where the next reading has to begin: behind what nobody can be late for any more. */
  readFrom(now: number): number {
    const settled = this.#changes.filter(({ at }) => at < now - LATE_MS).map(({ change }) => change.id);
    return Math.max(this.#completeAfter, ...settled.slice(-1));
  }

  /** Those of them that were not seen before. @param late which somebody may have missed who knows of newer ones */
  add(changes: readonly Change[], now: number, late?: (change: Change) => boolean): Change[] {
    const fresh = changes.filter(({ id }) => !this.#seen.has(id));
    const newest = this.#newest;
    const isLate = late ?? (({ id }: Change) => id < newest);
    for (const change of fresh) {
      this.#seen.add(change.id);
      this.#changes.push({ change, at: now, late: isLate(change) });
      this.#newest = Math.max(this.#newest, change.id);
    }
    for (const { change } of this.#changes.splice(0, Math.max(0, this.#changes.length - KEPT))) {
      this.#seen.delete(change.id);
      this.#completeAfter = Math.max(this.#completeAfter, change.id);
    }
    return fresh;
  }

  /** What somebody missed who was last told of `after`; null when that is too long ago to know. */
  since(after: number): Change[] | null {
    if (after < this.#completeAfter) return null;
    return this.#changes.flatMap(({ change, late }) =>
      change.id > after || (late && change.id > after - OVERLAP) ? [change] : [],
    );
  }
}
