import type { Choice, Draft, Step } from "./conversation.ts";
import { amountInWords, isAddress, isNowhere } from "./read-answers.ts";
import { matchChoices } from "./what-words.ts";

/** How long the words of a part may be, as on the web. */
const LONGEST = { what: 120, place: 80, address: 300, more: 1_000, most: 100_000 };
/** The first words: what it is, and often how many and what about. */
export function withWhat(draft: Draft, words: string, choices: Choice[]): Draft {
  const found = matchChoices(words, choicesFor(draft, choices));
  const theirs = draft.groupId && found.length === 0 ? { groupId: draft.groupId, categoryId: null } : null;
  const only = found.length === 1 ? found[0]! : theirs;
  return {
    ...draft,
    what: words.slice(0, LONGEST.what),
    more: words.length > LONGEST.what ? [...draft.more, words] : draft.more,
    about: only ? { groupId: only.groupId, categoryId: only.categoryId } : null,
    quantity: draft.quantity ?? capped(amountInWords(words)),
  };
}

/** What it can be about: of one group where a word of it began the draft. */
export const choicesFor = ({ groupId }: Draft, choices: Choice[]): Choice[] =>
  groupId ? choices.filter((choice) => choice.groupId === groupId) : choices;

/** A quantity as the web would take it. */
export const capped = (n: number | null) => (n === null || n < 1 ? null : Math.min(n, LONGEST.most));

/** The first question that has no answer yet. */
export function nextOf(draft: Draft): Step {
  if (draft.what === null) return "what";
  if (draft.about === null) return "about";
  if (draft.quantity === null) return "quantity";
  if (draft.when === null) return "when";
  return draft.placed ? "check" : "where";
}

/** Everything they say beside the answers stands in the details; the oldest go first when it gets too long. */
export const add = (draft: Draft, words: string): string[] => [...draft.more, words.slice(0, LONGEST.more)].slice(-10);

/** Where: words others may read, or an address for whoever comes. */
export function whereIn(draft: Draft, words: string): Pick<Draft, "place" | "address" | "placed" | "more"> {
  const { more } = draft;
  if (isNowhere(words)) return { place: null, address: null, placed: true, more };
  if (isAddress(words)) return { place: null, address: words.slice(0, LONGEST.address), placed: true, more };
  return {
    place: words.slice(0, LONGEST.place),
    address: null,
    placed: true,
    more: words.length > LONGEST.place ? add(draft, words) : more,
  };
}
