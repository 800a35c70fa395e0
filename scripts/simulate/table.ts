import { interval, type Figures } from "./figures.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)}`;
const whole = (number: number) => number.toFixed(number < 10 ? 1 : 0);

const COLUMNS: { head: string; of: keyof Figures; show: (value: number) => string }[] = [
  { head: "met %", of: "met", show: percent },
  { head: "hands %", of: "hands", show: percent },
  { head: "median min", of: "medianMinutes", show: whole },
  { head: "p90 min", of: "p90Minutes", show: whole },
  { head: "texts/met", of: "textsPerMet", show: whole },
  { head: "texts/person/week", of: "textsPerPersonWeek", show: (value) => value.toFixed(2) },
  { head: "Gini of asks", of: "giniOfAsks", show: (value) => value.toFixed(2) },
  { head: "never asked %", of: "neverAsked", show: percent },
  { head: "unmet, worst area %", of: "worstArea", show: percent },
  { head: "not needed/met", of: "redundant", show: (value) => value.toFixed(2) },
];

/** One line a policy, each figure with how far off it may be over the seeds (95 %). */
export function tableOf(figures: ReadonlyMap<string, Figures[]>): string {
  const rows = [...figures].map(([name, runs]) => [
    name,
    ...COLUMNS.map(({ of, show }) => {
      const { mean, off } = interval(runs.map((one) => one[of]));
      if (Number.isNaN(mean)) return "–";
      return Number.isNaN(off) ? show(mean) : `${show(mean)} ±${show(off)}`;
    }),
  ]);
  const heads = ["", ...COLUMNS.map(({ head }) => head)];
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]!.length)));
  return [heads, ...rows].map((row) => row.map((cell, at) => cell.padEnd(widths[at]!)).join("  ")).join("\n");
}
