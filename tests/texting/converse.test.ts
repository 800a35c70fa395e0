import fc from "fast-check";
import { expect, test } from "vitest";
import { converse, type Input } from "#app/texting/converse.ts";
import { nextOf } from "#app/texting/draft.ts";
import { EMPTY, type Choice, type Conversation } from "#app/texting/conversation.ts";
import { matchChoices } from "#app/texting/what-words.ts";
import "#tests/setup/seeded.ts";

const choice = (id: string, ...names: string[]): Choice => ({
  groupId: "g",
  categoryId: id,
  group: "g",
  label: id,
  names,
});
const CHOICES = [
  choice("meals", "Hot meals", "meals", "Comidas calientes"),
  choice("groceries", "Groceries", "Despensa"),
  choice("water", "Drinking water", "Agua potable"),
  choice("blankets", "Blankets", "Cobijas"),
  choice("clothes", "Warm clothes", "Ropa de abrigo"),
  choice("tents", "Tents and tarps", "Carpas y lonas"),
  { groupId: "g", categoryId: null, group: "g", label: "g", names: [] },
];

const typed = fc.oneof(
  fc.constantFrom(
    "20",
    "1",
    "2",
    "3",
    "0",
    "99",
    "blankets",
    "today",
    "mañana",
    "Maple Park",
    "12 Oak St",
    "yes",
    "si",
    "٣",
    "",
    "  ",
  ),
  fc.string({ unit: "binary", maxLength: 200 }),
);
const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("words" as const), words: typed }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("begin" as const),
      post: fc.constantFrom("need" as const, "offer" as const),
      words: fc.option(typed),
      id: fc.uuid(),
      locale: fc.constantFrom("en" as const, "es" as const, null),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...(["send", "back", "more", "leave", "stop"] as const).map((kind) => ({ kind }))),
  },
);
const MINUTE = 60_000;
const steps = fc.array(fc.tuple(input, fc.constantFrom(0, 1, 10, 29, 31, 600, 1500)), { maxLength: 25 });

/** Plays the inputs one after the other, with the minutes that pass before each. */
function play(
  given: [Input, number][],
  look: (before: Conversation, input: Input, moved: ReturnType<typeof converse>) => void,
) {
  let state = EMPTY;
  let now = 1_800_000_000_000;
  for (const [each, minutes] of given) {
    now += minutes * MINUTE;
    const moved = converse(state, each, { now, choices: CHOICES });
    look(state, each, moved);
    state = moved.state;
  }
}

test("it never throws, does at most one thing a step, and asks only what it shows", () => {
  fc.assert(
    fc.property(steps, (given) => {
      play(given, (_before, _input, { state, effects }) => {
        expect(effects.length).toBeLessThanOrEqual(1);
        const [effect] = effects;
        if (effect?.kind === "ask") expect(state.flow?.step).toBe(effect.step);
        if (effect?.kind === "publish") expect(nextOf(effect.draft)).toBe("check");
        if (state.flow) expect(state.draft).not.toBeNull();
      });
    }),
  );
});

test("STOP and every other command leave it, and say nothing", () => {
  fc.assert(
    fc.property(steps, fc.constantFrom("stop" as const, "leave" as const), (given, kind) => {
      play([...given, [{ kind }, 0]], (before, each, { state, effects }) => {
        if (each.kind !== kind) return;
        expect(effects).toEqual([]);
        expect(state.flow).toBeNull();
        if (before.draft && state.draft) expect(state.draft).toEqual(before.draft);
      });
    }),
  );
});

test("what was typed is kept, sent, or handed to a person: nothing is dropped", () => {
  fc.assert(
    fc.property(steps, (given) => {
      play(given, (before, _input, { state, effects, handOver }) => {
        if (!before.draft || before.draft.what === null) return;
        const published = effects[0]?.kind === "publish" && effects[0].draft.id === before.draft.id;
        expect(state.draft?.id === before.draft.id || published || handOver).toBe(true);
        if (state.draft?.id === before.draft.id && before.draft.what !== state.draft.what)
          expect(state.draft.more).toContain(before.draft.what);
      });
    }),
  );
});

test("the same state, text and time lead to the same", () => {
  fc.assert(
    fc.property(steps, (given) => {
      const run = () => {
        const seen: unknown[] = [];
        play(given, (_before, _input, moved) => seen.push(moved));
        return seen;
      };
      expect(run()).toEqual(run());
    }),
  );
});

test.each([
  ["warm blankets", ["blankets"]],
  ["cobijas para mis hijos", ["blankets"]],
  ["agua", ["water"]],
  ["food", ["meals", "groceries"]],
  ["a friend", []],
  ["comida caliente para 4", ["meals"]],
])("%s is about %j", (words, found) => {
  expect(matchChoices(words, CHOICES).map(({ label }) => label)).toEqual(found);
});

test("a whole need, word by word", () => {
  const asked: string[] = [];
  const words = (text: string): [Input, number] => [{ kind: "words", words: text }, 1];
  play(
    [
      [{ kind: "begin", post: "need", words: "20 warm blankets", id: "x", locale: "en" }, 0],
      words("tonight please"),
      words("5 Oak Street"),
      words("yes"),
    ],
    (_before, _input, { effects }) => asked.push(effects[0]!.kind === "ask" ? effects[0]!.step : "publish"),
  );
  expect(asked).toEqual(["when", "where", "check", "publish"]);
});
