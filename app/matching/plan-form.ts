import type { PairCodes, PlanPair } from "./plan.ts";
import { pairName, type PlanWishes } from "./plan-query.ts";

/** A line of the plan as it was sent back: `was` is what was proposed. */
type Line = PlanPair & { was: number; keep: boolean; out: boolean };

export type PlanForm = {
  act: "again" | "accept";
  key: string;
  lines: Line[];
  /** Taken out earlier. */
  without: PairCodes[];
  /** Names of the fields whose number is none. */
  wrong: string[];
};

const NAME = /^n-([2-9A-Z]{4,8})-([2-9A-Z]{4,8})-(\d{1,7})$/;
const NUMBER = /^\d{1,7}$/;

/** The field of a pair's quantity; it also says what was proposed, so that a change shows. */
export const quantityName = (pair: PlanPair): string => `n-${pairName(pair)}-${pair.quantity}`;

/** Reads the form of a plan. Nothing of a pair, `0` or an empty number, takes it out. */
export function readPlanForm(values: Record<string, string>): PlanForm {
  const ticked = (name: string) => new Set((values[name] ?? "").split("\n"));
  const [keep, out] = [ticked("keep"), ticked("out")];
  const wrong: string[] = [];
  const lines = Object.entries(values).flatMap(([name, typed]): Line[] => {
    const [, needCode, offerCode, was] = NAME.exec(name) ?? [];
    if (!needCode || !offerCode || !was) return [];
    const text = typed.trim() || "0";
    if (!NUMBER.test(text)) wrong.push(name);
    const pair = { needCode, offerCode, quantity: Number(text) };
    const own = pairName(pair);
    return [{ ...pair, was: Number(was), keep: keep.has(own), out: out.has(own) || pair.quantity === 0 }];
  });
  const without = [...ticked("without")].flatMap((text): PairCodes[] => {
    const [, needCode, offerCode] = /^([2-9A-Z]{4,8})-([2-9A-Z]{4,8})$/.exec(text) ?? [];
    return needCode && offerCode ? [{ needCode, offerCode }] : [];
  });
  return { act: values["act"] === "accept" ? "accept" : "again", key: values["key"] ?? "", lines, without, wrong };
}

/** What to hold on to when it is worked out again: what was ticked, and whatever number somebody changed. */
export function wishesOf({ lines, without }: PlanForm): PlanWishes {
  const bare = ({ needCode, offerCode }: PairCodes): PairCodes => ({ needCode, offerCode });
  return {
    kept: lines
      .filter(({ out, keep, quantity, was }) => !out && (keep || quantity !== was))
      .map((line) => ({ ...bare(line), quantity: line.quantity })),
    without: [...without, ...lines.filter(({ out }) => out).map(bare)],
  };
}

export const pairsOf = ({ lines }: PlanForm): PlanPair[] =>
  lines.filter(({ out }) => !out).map(({ needCode, offerCode, quantity }) => ({ needCode, offerCode, quantity }));
