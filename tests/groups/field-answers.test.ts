import { describe, expect, it } from "vitest";
import { answersOf, answerWords, checkAnswers, fieldViews, keepGone } from "#app/groups/field-answers.ts";
import { aField } from "#tests/factories.ts";

const fields = [aField("diet", ["halal", "vegan"]), aField("size", ["small", "large"], { several: false })];

describe("answers to a category's fields", () => {
  it("come in the field's order, each once, of what is asked alone", () => {
    expect(checkAnswers(fields, { diet: ["vegan", "halal", "vegan"], shoe: ["12"] })).toEqual({
      answers: { diet: ["halal", "vegan"] },
      wrong: [],
    });
  });

  it("are wrong where they are not among the options, or several where one is asked", () => {
    expect(checkAnswers(fields, { diet: ["halal", "kosher"], size: ["small", "large"] }).wrong).toEqual([
      "diet",
      "size",
    ]);
    expect(checkAnswers(fields, { size: [] }).wrong).toEqual([]);
  });

  it("keep an option that is no longer offered, unless another took its place", () => {
    const stored = { diet: ["halal", "kosher"], size: ["tiny"] };
    expect(keepGone(fields, stored, { diet: ["vegan"], size: [] })).toEqual({
      diet: ["vegan", "kosher"],
      size: ["tiny"],
    });
    expect(keepGone(fields, stored, { size: ["large"] })).toEqual({ size: ["large"] });
  });

  it("are read from a form that asked for them: nothing ticked means empty, not asked means left alone", () => {
    expect(answersOf(fields, { asked: "diet", "answers.diet": "halal\nvegan" })).toEqual({ diet: ["halal", "vegan"] });
    expect(answersOf(fields, { asked: "diet size" })).toEqual({ diet: [], size: [] });
    expect(answersOf(fields, { "answers.diet": "halal" })).toEqual({});
  });

  it("are said in the reader's language, where there are words in it", () => {
    const diet = aField("diet", ["halal"], { label: "Diet", translations: { es: { label: "Dieta" } } });
    const words = (locale: "es" | "ar") =>
      answerWords(fieldViews([diet], locale), { diet: ["halal", "gone"], old: ["x"] });
    expect(words("es")).toEqual([{ key: "diet", label: "Dieta", type: "choice", chosen: ["Label of halal"] }]);
    expect(words("ar")[0]?.label).toBe("Diet");
  });
});
