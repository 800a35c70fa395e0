import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { PostKind } from "#app/posts/post.ts";

/** The screens of a new post, in their order; the first has no name in the URL. */
export const STEPS = ["what", "when", "reach", "check"] as const;
export type Step = (typeof STEPS)[number];

/**
 * What was typed so far, as typed. `what` is `group/category`; an empty category is "something else". `fields` is what
 * the category asks beside, maybe of a category chosen before.
 */
export type Answers = Partial<Record<(typeof FIELDS)[Step][number], string>> & { fields?: FieldAnswers };

/** Which fields a screen asks for. */
export const FIELDS = {
  what: ["what", "title", "details", "quantity"],
  when: ["when", "place", "address", "privateNote"],
  reach: ["phone", "noPhone", "name", "textLocale", "discreet"],
  check: ["visibility"],
} as const;

export const stepOf = (name: string | undefined): Step | null =>
  name === undefined ? "what" : ((STEPS.slice(1) as Step[]).find((step) => step === name) ?? null);

export const pathOf = (kind: PostKind, step: Step) => `/${kind}s/new${step === "what" ? "" : `/${step}`}`;

/** The screen before this one, for the Back link. */
export const before = (step: Step): Step | null => STEPS[STEPS.indexOf(step) - 1] ?? null;

/** The first screen that was not answered yet; later ones cannot be opened before it. */
export function firstOpenStep(answers: Answers): Step {
  if (!answers.what) return "what";
  if (!answers.when) return "when";
  return answers.textLocale ? "check" : "reach";
}

export type WhenAnswer = "today" | "days" | "open";
