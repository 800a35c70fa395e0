import type { Locale } from "#app/i18n/locales.ts";
import type { PostKind } from "#app/posts/post.ts";
import { chosen, PAGE } from "./choices.ts";
import {
  current,
  FLOW_MINUTES,
  minutesFrom,
  type Choice,
  type Conversation,
  type Draft,
  type Flow,
  type Step,
} from "./conversation.ts";
import { add, capped, choicesFor, nextOf, whereIn, withWhat } from "./draft.ts";
import { amountIn, choiceIn, isForget, isNowhere, isYes, whenIn } from "./read-answers.ts";
import { matchChoices } from "./what-words.ts";

/** `words` is a text as typed, bare numbers too. `leave`: any other command. */
export type Input =
  | { kind: "begin"; post: PostKind; words: string | null; id: string; locale: Locale | null; groupId?: string }
  | { kind: "words"; words: string }
  | { kind: "send" | "back" | "more" | "leave" | "stop" };

/** `again`: the last answer could not be used. `kept`: it is the draft of an earlier day or flow that goes on. */
export type Effect =
  /** They changed their mind: nothing is posted. */
  | { kind: "forgotten"; post: PostKind }
  | { kind: "ask"; step: Step; again: boolean; kept: boolean }
  | { kind: "publish"; draft: Draft };

export type Moved = {
  state: Conversation;
  /** At most one. */
  effects: Effect[];
  /** A draft was put aside unsent: coordinators should look at the thread. */
  handOver: boolean;
};

/**
 * The conversation that makes a new post, one text at a time. PURE and total: the same state, input and time give the
 * same answer, nothing throws, STOP and every other command leave it, and what was typed stays in the draft until it is
 * sent, thrown away by a new one, or handed to the coordinators.
 *
 * @param choices what posts can be about; @param now milliseconds.
 */
export function converse(
  before: Conversation,
  input: Input,
  { now, choices }: { now: number; choices: Choice[] },
): Moved {
  const state = current(before, now);
  const handOver = before.draft !== null && state.draft === null;
  const { flow, draft } = state;
  switch (input.kind) {
    case "stop":
    case "leave":
      return { state: { ...state, flow: null }, effects: [], handOver };
    case "begin":
      return begin(state, input, { now, choices, handOver });
    case "send":
      if (!draft) return { state, effects: [], handOver };
      return nextOf(draft) === "check" ? publish(state, draft, handOver) : ask(state, draft, { now, handOver });
    case "back":
      return draft ? { ...back(state, draft, flow, now, choices), handOver } : { state, effects: [], handOver };
    case "more": {
      if (!flow || !draft || flow.step !== "about") return { state, effects: [], handOver };
      const all = flow.shown.length > 0 ? flow.shown.length : choices.length;
      const page = (flow.page + 1) * PAGE < all ? flow.page + 1 : 0;
      const shown = page === 0 ? choices.map((_choice, at) => at) : flow.shown;
      return asked(state, draft, { ...flow, page, shown, until: minutesFrom(now, FLOW_MINUTES) }, { handOver });
    }
    case "words":
      if (!flow || !draft) return { state, effects: [], handOver };
      if (isForget(input.words))
        return {
          state: { ...state, flow: null, draft: null },
          effects: [{ kind: "forgotten", post: draft.kind }],
          handOver,
        };
      return { ...answer(state, draft, flow, input.words.trim(), now, choices), handOver };
  }
}

const locales = (locale: Locale | null, flow: Flow | null) => locale ?? flow?.locale ?? null;

function begin(
  state: Conversation,
  { post, words, id, locale, groupId }: Extract<Input, { kind: "begin" }>,
  { now, choices, handOver }: { now: number; choices: Choice[]; handOver: boolean },
): Moved {
  const { draft } = state;
  if (draft && draft.kind === post && !words?.trim() && !groupId)
    return ask({ ...state, flow: null }, draft, { now, handOver, kept: true, locale: locales(locale, state.flow) });
  const empty: Draft = {
    id,
    kind: post,
    what: null,
    about: null,
    groupId,
    quantity: null,
    when: null,
    place: null,
    address: null,
    placed: false,
    more: [],
    startedAt: now,
  };
  const fresh = words?.trim() ? withWhat(empty, words.trim(), choices) : empty;
  return ask({ ...state, flow: null }, fresh, { now, handOver: handOver || draft?.what != null, choices, locale });
}

type Asking = {
  now: number;
  handOver: boolean;
  again?: boolean;
  kept?: boolean;
  choices?: Choice[];
  locale?: Locale | null;
};

/** Asks for what is still missing. */
function ask(state: Conversation, draft: Draft, about: Asking): Moved {
  const step = nextOf(draft);
  const likely =
    step === "about" && about.choices ? matchChoices(draft.what ?? "", choicesFor(draft, about.choices)) : [];
  const flow: Flow = {
    step,
    until: minutesFrom(about.now, FLOW_MINUTES),
    page: 0,
    shown: likely.length > 1 ? likely.map((choice) => about.choices!.indexOf(choice)) : [],
    locale: locales(about.locale ?? null, state.flow),
  };
  return asked(state, draft, flow, about);
}

function asked(
  state: Conversation,
  draft: Draft,
  flow: Flow,
  { handOver = false, again = false, kept = false }: Partial<Asking>,
): Moved {
  return {
    state: { ...state, flow, draft, list: null, pick: null, held: null },
    effects: [{ kind: "ask", step: flow.step, again, kept }],
    handOver,
  };
}

const publish = (state: Conversation, draft: Draft, handOver: boolean): Moved => ({
  state: { ...state, flow: null, draft: null },
  effects: [{ kind: "publish", draft }],
  handOver,
});

type Answered = Omit<Moved, "handOver">;

function answer(
  state: Conversation,
  draft: Draft,
  flow: Flow,
  words: string,
  now: number,
  choices: Choice[],
): Answered {
  const on = (changed: Draft) => ask(state, changed, { now, choices, handOver: false });
  const again = () =>
    asked(state, draft, { ...flow, until: minutesFrom(now, FLOW_MINUTES) }, { handOver: false, again: true });
  if (words === "") return again();
  switch (flow.step) {
    case "what":
      return choiceIn(words) === null ? on(withWhat(draft, words, choices)) : again();
    case "about": {
      const about = chosen(flow, words, choices);
      return about ? on({ ...draft, about: { groupId: about.groupId, categoryId: about.categoryId } }) : again();
    }
    case "quantity": {
      const quantity = isNowhere(words) ? 1 : capped(amountIn(words));
      const said = quantity !== null && choiceIn(words) === null;
      return quantity === null ? again() : on({ ...draft, quantity, more: said ? add(draft, words) : draft.more });
    }
    case "when": {
      const found = whenIn(words);
      const more = found?.exact ? draft.more : add(draft, words);
      return choiceIn(words) !== null && !found ? again() : on({ ...draft, when: found?.when ?? "days", more });
    }
    case "where":
      return choiceIn(words) !== null && !isNowhere(words) ? again() : on({ ...draft, ...whereIn(draft, words) });
    case "check":
      return isYes(words) ? publish(state, draft, false) : on({ ...draft, more: add(draft, words) });
  }
}

/** One question back: its answer is asked for again, the later ones stay. */
function back(state: Conversation, draft: Draft, flow: Flow | null, now: number, choices: Choice[]): Answered {
  const step = flow?.step ?? nextOf(draft);
  const again = (changed: Draft) => ask(state, changed, { now, choices, handOver: false });
  switch (step) {
    case "what":
    case "about":
      return again({ ...draft, what: null, about: null, more: draft.what ? add(draft, draft.what) : draft.more });
    case "quantity":
      return again({ ...draft, about: null });
    case "when":
      return again({ ...draft, quantity: null });
    case "where":
      return again({ ...draft, when: null });
    case "check": {
      const { place, address } = draft;
      const said = place ?? address;
      return again({
        ...draft,
        place: null,
        address: null,
        placed: false,
        more: said && address === null ? add(draft, said) : draft.more,
      });
    }
  }
}
