import type { Choice, Flow } from "./conversation.ts";
import { choiceIn } from "./read-answers.ts";
import { matchChoices } from "./what-words.ts";

/** Choices a text shows at once. */
export const PAGE = 5;

/** The numbered choices of the page they see. */
export function shownChoices(flow: Pick<Flow, "page" | "shown">, choices: Choice[]): Choice[] {
  const all = flow.shown.length > 0 ? flow.shown.flatMap((at) => choices[at] ?? []) : choices;
  return all.slice(flow.page * PAGE, (flow.page + 1) * PAGE);
}

/** The one that was chosen, by its number or by words that fit no other. */
export function chosen(flow: Flow, words: string, choices: Choice[]): Choice | null {
  const n = choiceIn(words);
  if (n !== null) return shownChoices(flow, choices)[n - 1] ?? null;
  const found = matchChoices(words, choices);
  return found.length === 1 ? found[0]! : null;
}
