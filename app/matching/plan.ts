import type { ProblemKind } from "#app/core/problems.ts";
import type { PostView } from "#app/posts/post.ts";
import type { Reason, Strength } from "./match.ts";

/** Two posts by their codes. */
export type PairCodes = { needCode: string; offerCode: string };
/** So much of an offer for a need: a whole number ≥ 1. */
export type PlanPair = PairCodes & { quantity: number };

/** One pair of a plan. `most`: as much as one could give the other. */
export type PlannedPair = {
  need: PostView;
  offer: PostView;
  quantity: number;
  most: number;
  strength: Strength;
  reasons: Reason[];
};

/** Who serves what on a day: a proposal that nobody has said yes to. */
export type Plan = {
  pairs: PlannedPair[];
  /** Needs of the day that get less than is left of them; `left` would still be missing. */
  unmet: { need: PostView; left: number }[];
  /** Offers that could serve a need of the day, and are in no pair. */
  unusedOffers: number;
  /** How much is given altogether: of every unit one. */
  total: number;
  /** There are more needs than are planned at once: only the most pressing are in it. */
  cut: boolean;
};

/** What became of a plan that was accepted: every pair by itself, all of it or nothing. */
export type AcceptedPlan = { done: number; failed: (PairCodes & { problem: ProblemKind })[] };
