import { describe, expect, test } from "vitest";
import { sqlMistakes } from "#scripts/mutate/sql.ts";

/** Statement, then what the mistakes make of it. */
const TABLE: [string, string, Record<string, string[]>][] = [
  [
    "each condition of a chain is left out once",
    "select from t where a = 1 and b or c",
    {
      SqlCondition: [
        "select from t where true and b or c",
        "select from t where a = 1 and true or c",
        "select from t where a = 1 and b or false",
      ],
    },
  ],
  ["a lone condition always holds", "delete from t where a", { SqlCondition: ["delete from t where true"] }],
  [
    "brackets are conditions of their own",
    "select from t where (a or b) and c",
    {
      SqlCondition: [
        "select from t where true and c",
        "select from t where (false or b) and c",
        "select from t where (a or false) and c",
        "select from t where (a or b) and true",
      ],
    },
  ],
  [
    "the and of a range joins nothing",
    "select from t where a between 1 and 2 and b",
    { SqlCondition: ["select from t where true and b", "select from t where a between 1 and 2 and true"] },
  ],
  [
    "a case that asks, and one that compares",
    "select case when a then 1 end, case b when 1 then 2 end",
    { SqlCondition: ["select case when false then 1 end, case b when 1 then 2 end"] },
  ],
  [
    "a border is one off, but not in time",
    "select from t where a >= \u{0}0\u{0} and b_at < \u{0}1\u{0} and c ->> 'x<y' = 'z'",
    { SqlBorder: ["select from t where a > \u{0}0\u{0} and b_at < \u{0}1\u{0} and c ->> 'x<y' = 'z'"] },
  ],
  [
    "the greater and the last",
    "select greatest(a, b) from t order by a desc",
    { SqlOrder: ["select least(a, b) from t order by a desc", "select greatest(a, b) from t order by a asc"] },
  ],
  [
    "a write of which nothing is read does not happen",
    "with a as (update t set b = (1) returning c), d as (insert into e select c from a) select c from a",
    {
      SqlWrite: ["with a as (update t set b = (1) returning c), d as (select) select c from a"],
    },
  ],
];

describe("mistakes in SQL", () => {
  test.each(TABLE)("%s", (_what, text, expected) => {
    for (const [name, texts] of Object.entries(expected)) {
      const made = sqlMistakes(text).filter((mistake) => mistake.name === name);
      expect(made.map((mistake) => mistake.text).toSorted()).toEqual(texts.toSorted());
    }
  });

  test("nothing is made twice, and nothing stays as it was", () => {
    const text = "select a and b as c from t where (x or (y and z)) and not exists (select from u where v or w)";
    const made = sqlMistakes(text).map((mistake) => mistake.text);
    expect(new Set(made).size).toBe(made.length);
    expect(made).not.toContain(text);
  });
});
