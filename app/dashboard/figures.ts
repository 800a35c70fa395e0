import type { AgeCounts } from "./ages.ts";

/** What became of the texts of a period. Every text is in exactly one of these. */
export type TextCounts = {
  /** Handed to the carrier, whatever it said later; `delivered` and part of `failed` are in here too. */
  sent: number;
  delivered: number;
  /** The carrier or the phone refused it, or it could not be handed over at all. */
  failed: number;
  /** Still ours to send. */
  waiting: number;
};

/** The figures of one working group, or of several together. Times are whole seconds. */
export type Figures = {
  /** Needs as they are now: nothing promised; some promised; all promised but not all delivered. */
  open: number;
  partlyCovered: number;
  covered: number;
  /** When the need that waits longest was asked for (open or partly covered). */
  oldestWaitingSince: Date | null;
  /** Open and partly covered needs by how long they have waited. */
  ages: AgeCounts;
  /** Needs asked for in the period (declined ones left out), and what has become of those same needs by now. */
  asked: number;
  fulfilled: number;
  /** Fulfilled, or met for now. */
  met: number;
  /** `met / asked`; null when nothing was asked. */
  metRate: number | null;
  /** Time to the first claim of the needs asked for in the period, those still unclaimed counted as censored. Null: not reached yet. */
  medianSecondsToClaim: number | null;
  p90SecondsToClaim: number | null;
  /** The same until they were met, by receipt or by the author's word; those closed otherwise are censored when they were closed. */
  medianSecondsToMet: number | null;
  p90SecondsToMet: number | null;
  /** Texts written in the period. */
  texts: TextCounts;
};

export type GroupFigures = Figures & { id: string; slug: string; name: string };

/** Everything the dashboard says. `groups` are those the person coordinates (all for admins), or the one asked for. */
export type Dashboard = { from: Date; to: Date; countedAt: Date; total: Figures; groups: GroupFigures[] };

/** Under this many needs a rate or a median says more about chance than about the group: it is not shown. */
export const TOO_FEW = 5;
