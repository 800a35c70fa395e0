import fc from "fast-check";
import {
  COLUMNS,
  MIN_AGES,
  STATE_SETS,
  STATES,
  type ListView,
  type MinAge,
  type StateFilter,
} from "#app/dashboard/post-list.ts";

const states: StateFilter[] = [...(Object.keys(STATE_SETS) as StateFilter[]), ...STATES];

/** Any view of the list that a URL can ask for. */
export const aView: fc.Arbitrary<ListView> = fc.record({
  q: fc.string({ maxLength: 20 }).map((words) => words.trim()),
  state: fc.constantFrom(...states),
  kind: fc.constantFrom("" as const, "need" as const, "offer" as const),
  group: fc.constantFrom("", "kitchen"),
  answer: fc.constantFrom("", "diet=halal", "floor=*", "lift=no"),
  age: fc.constantFrom("" as const, ...(Object.keys(MIN_AGES) as MinAge[])),
  sort: fc.constantFrom(...COLUMNS),
  descending: fc.boolean(),
  columns: fc.subarray([...COLUMNS]).map((some) => COLUMNS.filter((id) => id === "title" || some.includes(id))),
  page: fc.integer({ min: 1, max: 100 }),
});
