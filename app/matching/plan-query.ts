import type { ProblemKind } from "#app/core/problems.ts";
import type { AcceptedPlan, PairCodes, PlanPair } from "./plan.ts";

/** What a coordinator decided about a plan before it is worked out again; it travels in the address. */
export type PlanWishes = { kept: PlanPair[]; without: PairCodes[] };

/** More would not fit into an address. */
export const MOST_WISHES = 200;
const MOST_FAILED = 60;

const CODE = "[2-9A-Z]{4,8}";
const KEPT = new RegExp(`^(${CODE})-(${CODE})-([1-9]\\d{0,6})$`);
const WITHOUT = new RegExp(`^(${CODE})-(${CODE})$`);
const FAILED = new RegExp(`^(${CODE})-(${CODE})-([a-z-]+)$`);

export const pairName = ({ needCode, offerCode }: PairCodes): string => `${needCode}-${offerCode}`;

/** What the address says of wishes and of what was done last; what cannot be read is left out. */
export function readPlanQuery(query: URLSearchParams): PlanWishes & { accepted: AcceptedPlan | null; full: boolean } {
  const done = /^\d{1,4}$/.exec(query.get("done") ?? "");
  return {
    kept: listOf(query, "keep", KEPT).map(([, needCode, offerCode, quantity]) => ({
      needCode: needCode!,
      offerCode: offerCode!,
      quantity: Number(quantity),
    })),
    without: listOf(query, "without", WITHOUT).map(([, needCode, offerCode]) => ({
      needCode: needCode!,
      offerCode: offerCode!,
    })),
    accepted: done && {
      done: Number(done[0]),
      failed: listOf(query, "failed", FAILED).map(([, needCode, offerCode, problem]) => ({
        needCode: needCode!,
        offerCode: offerCode!,
        problem: problem as ProblemKind,
      })),
    },
    full: query.has("full"),
  };
}

const listOf = (query: URLSearchParams, name: string, form: RegExp): RegExpExecArray[] =>
  (query.get(name) ?? "")
    .split(".")
    .map((text) => form.exec(text))
    .filter((found) => found !== null);

type Place = { group: string; day: string };

/** The address of a plan, short enough for any browser. */
export function planHref(
  { group, day }: Place,
  { kept = [], without = [] }: Partial<PlanWishes> = {},
  accepted: AcceptedPlan | null = null,
): string {
  const out = without.slice(0, MOST_WISHES);
  const keep = kept.slice(0, MOST_WISHES - out.length);
  const parts = [
    ["group", group],
    ["day", day],
    ["keep", keep.map((pair) => `${pairName(pair)}-${pair.quantity}`).join(".")],
    ["without", out.map(pairName).join(".")],
    ["full", kept.length + without.length > MOST_WISHES ? "1" : ""],
    ["done", accepted ? String(accepted.done) : ""],
    [
      "failed",
      (accepted?.failed ?? [])
        .slice(0, MOST_FAILED)
        .map((one) => `${pairName(one)}-${one.problem}`)
        .join("."),
    ],
  ] as const;
  const query = parts.flatMap(([name, value]) => (value ? `${name}=${encodeURIComponent(value)}` : []));
  return `/coordinate/plan?${query.join("&")}`;
}
