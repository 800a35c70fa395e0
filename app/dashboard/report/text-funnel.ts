import type { Why } from "../why-undelivered.ts";
import { grouped } from "./grouped.ts";

/** The way of the texts that were written in a period, and what they cost. Each step counts those of the one before it that came so far. */
export type TextFunnel = {
  written: number;
  /** Not held back before they left: nobody had stopped them, and they were not too old. */
  ours: number;
  /** The carrier has them, whatever became of them later. */
  sent: number;
  delivered: number;
  /** That did not arrive, by why. */
  failures: { why: Why; count: number }[];
  /** Billed: of those that the carrier has. */
  segments: number;
};

export type TextRow = { state: string; why: Why; count: number; segments: number };

const HELD_BACK = ["suppressed", "expired", "canceled"];
const SENT = ["submitted", "sent", "delivered", "undelivered", "failed", "unknown"];
const FAILED = ["undelivered", "failed", "dead"];

/** PURE. */
export function funnelOf(rows: readonly TextRow[]): TextFunnel {
  const sum = (keep: (row: TextRow) => boolean, of: "count" | "segments" = "count") =>
    rows.reduce((total, row) => total + (keep(row) ? row[of] : 0), 0);
  const failed = rows.filter(({ state }) => FAILED.includes(state));
  const failures = [...grouped(failed, ({ why }) => why)].map(([why, its]) => ({
    why,
    count: its.reduce((total, { count }) => total + count, 0),
  }));
  return {
    written: sum(() => true),
    ours: sum(({ state }) => !HELD_BACK.includes(state)),
    sent: sum(({ state }) => SENT.includes(state)),
    delivered: sum(({ state }) => state === "delivered"),
    failures: failures.toSorted((a, b) => b.count - a.count),
    segments: sum(({ state }) => SENT.includes(state), "segments"),
  };
}
