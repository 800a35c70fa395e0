import type { QuestionKind } from "#app/events/event.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Answer } from "./question.ts";

/** How what came of an answer stands in an address: `still_good.1`, or `over` where it was settled before. */
export const answeredMark = ({ kind, answer }: { kind: QuestionKind; answer: Answer | null }): string =>
  answer ? `${kind}.${answer}` : "over";

const WORDS: Record<string, MessageId> = {
  "still_good.1": "questions.done.still_good.1",
  "still_good.2": "questions.done.still_good.2",
  "got_it.1": "questions.done.got_it.1",
  "got_it.2": "questions.done.got_it.2",
  "need_again.1": "questions.done.need_again.1",
  "need_again.2": "questions.done.need_again.2",
  "still_needed.1": "questions.done.still_needed.1",
  "still_needed.2": "questions.done.still_needed.2",
  over: "questions.done.over",
};

/** The sentence for such a mark; `null` for anything else. */
export const answeredWords = (mark: string | null): MessageId | null =>
  mark !== null && Object.hasOwn(WORDS, mark) ? WORDS[mark]! : null;
