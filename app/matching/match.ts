import type { CategoryField, FieldAnswers, FieldOption } from "#app/groups/category-field.ts";
import type { PostView, Urgency } from "#app/posts/post.ts";

/** A need or an offer as matching sees it. Nothing in here says who wrote it. */
export type Side = {
  id: string;
  categoryId: string | null;
  /** The middle of a grid cell; null: not said. */
  lat: number | null;
  lng: number | null;
  /** An open side means any time. */
  windowStart: Date | null;
  windowEnd: Date | null;
  quantity: number;
  /** What is left to promise, at least 1. */
  remaining: number;
  urgency: Urgency;
  createdAt: Date;
  /** Of the people and of the words: ISO 639 codes. */
  languages: readonly string[];
  answers: FieldAnswers;
};

/** What is known about a pair beside its two sides. */
export type PairFacts = {
  /** The same category 1; by the table of what can serve what, or where a category is missing, less. Above 0. */
  fit: number;
  /** How alike their words are: 0 to 1. */
  words: number;
  /** What the need's category asks beside how many. */
  fields: readonly CategoryField[];
  /** How surely the offer's author keeps promises, from what came of earlier ones: 0 to 1; null: not known, or not to be weighed. */
  kept: number | null;
  /** The share of the needs of its area that were answered lately: 0 to 1; null: not known. */
  areaAnswered: number | null;
};

/** What would rule a pair out, were there enough others: too far apart, at other times, without what must be there. */
export const LIMITS = ["far", "time", "must"] as const;
export type Limit = (typeof LIMITS)[number];

/** One reason for a pair, with the facts its words need. Each is true for the rows it was made from. */
export type Reason =
  | { kind: "same_category" }
  | { kind: "can_serve"; fit: "well" | "partly" }
  | { kind: "near"; km: number }
  | { kind: "same_area" }
  /** `today` and `tomorrow` are days of the installation's time zone. */
  | { kind: "when"; day: "today" | "tomorrow" | "same_day" | "in_time" }
  | { kind: "enough" }
  | { kind: "part"; n: number; of: number }
  | { kind: "speaks"; language: string }
  | { kind: "words" }
  | { kind: "has"; option: FieldOption }
  | { kind: "urgent" }
  | { kind: "waiting"; hours: number }
  | { kind: "keeps_promises" }
  | { kind: "area_left_behind" };
export type ReasonKind = Reason["kind"];

export type Strength = "strong" | "fair" | "weak";

export type Scored = {
  /** 0 to 1. */
  score: number;
  strength: Strength;
  /** The few that decided, heaviest first. */
  reasons: Reason[];
  /** The hard limits this pair breaks; empty for a pair that may simply be suggested. */
  broken: readonly Limit[];
  /** What the need wishes for where the offer says that it has something else: the first of it. */
  lacks: FieldOption | null;
  km: number | null;
};

/**
 * A suggested pair, as the reader may see it: `post` is the other side.
 *
 * `quantity`: how much one could give the other; null where the offer is another kind of thing that helps, but of which
 * nobody can say how many make up for how many of what is needed. `alike`: of the same kind, or as good.
 */
export type Match = Omit<Scored, "km"> & { post: PostView; quantity: number | null; alike: boolean };

/** The best first. `relaxed`: the limits that had to be let go of, because nothing was within them. */
export type Matches = { items: Match[]; relaxed: Limit[] };
