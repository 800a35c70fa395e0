import type { FieldView } from "#app/groups/field-answers.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Answers, Step } from "#app/posts/answers.ts";
import type { PostKind, Visibility } from "#app/posts/post.ts";

export type Choices = { slug: string; name: string; categories: { slug: string; name: string }[] }[];

/** The answers in the reader's words; `null` where nothing was said. */
export type Summary = {
  rows: { step: Step; term: string; value: string | null; typed?: boolean }[];
  visibility: Visibility;
  /** The group looks at new posts before they go up. */
  waits: boolean;
  texts: boolean;
};

/** Everything a screen of a new post shows: what was answered (as typed), and what is wrong with it. */
export type StepProps = {
  kind: PostKind;
  step: Step;
  answers: Answers;
  errors: Partial<Record<string, MessageId>>;
  choices: Choices;
  /** What the chosen category asks beside how many. */
  fields: FieldView[];
  /** Names of places to pick from; only those are on the map. */
  places: string[];
  preset: string | null;
  /** The person is signed in, so we can reach them already. */
  know: boolean;
  summary: Summary | null;
  changing: boolean;
  lost: boolean;
};
