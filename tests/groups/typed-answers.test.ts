import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CategoryField } from "#app/groups/category-field.ts";
import { withField, type FieldChange } from "#app/groups/edit-fields.ts";
import { answerWords, checkAnswers, fieldViews, keepGone } from "#app/groups/field-answers.ts";
import { readTyped, sayAnswer } from "#app/groups/typed-answers.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { aField } from "#tests/factories.ts";

const typed = (type: NonNullable<CategoryField["type"]>): CategoryField =>
  aField(type, [], { type, weighs: "wish", several: false });
const fields = [aField("diet", ["halal"]), typed("text"), typed("number"), typed("yes_no"), typed("date")];
const views = fieldViews(fields, "en");

describe("answers that are not choices", () => {
  it("are stored in one form, whatever digits and spaces they came with", () => {
    const given = { text: [" no stairs "], number: ["٢,٥"], yes_no: ["yes"], date: ["2026-11-30"], diet: ["halal"] };
    expect(checkAnswers(views, given)).toEqual({
      answers: { text: ["no stairs"], number: ["2.5"], yes_no: ["yes"], date: ["2026-11-30"], diet: ["halal"] },
      wrong: [],
    });
  });

  it("are wrong where they are not of their type, and nothing where they are empty", () => {
    const given = { text: ["x".repeat(201)], number: ["many"], yes_no: ["maybe"], date: ["2026-02-30"] };
    expect(checkAnswers(views, given).wrong).toEqual(["text", "number", "yes_no", "date"]);
    expect(checkAnswers(views, { number: ["1", "2"] }).wrong).toEqual(["number"]);
    expect(checkAnswers(views, { text: [""], number: [] })).toEqual({ answers: { text: [], number: [] }, wrong: [] });
  });

  it("stay as they were said where the question became one of another type, also in edits", () => {
    const t = textFor("en");
    for (const type of ["number", "yes_no", "date"] as const)
      expect(sayAnswer(t, "en", { type, chosen: ["no stairs"] })).toBe("no stairs");
    expect(sayAnswer(t, "en", { type: "text", chosen: ["2.5"] })).toBe("2.5");
  });

  it("never throw, and what is read is read the same again", () => {
    const type = fc.constantFrom("text" as const, "number" as const, "yes_no" as const, "date" as const);
    fc.assert(
      fc.property(type, fc.oneof(fc.string(), fc.date().map(String), fc.double().map(String)), (one, said) => {
        const read = readTyped(one, said);
        if (read !== null) expect(readTyped(one, read)).toBe(read);
      }),
    );
  });

  it("can be taken back: what was said before does not stay as an option that is gone would", () => {
    expect(keepGone(views, { text: ["no stairs"] }, { text: [] })).toEqual({ text: [] });
    expect(keepGone(views, { number: ["2"] }, { number: ["3"] })).toEqual({ number: ["3"] });
  });

  it("are said in the reader's language", () => {
    const said = (locale: "en" | "es") =>
      answerWords(fieldViews(fields, locale), {
        number: ["2.5"],
        yes_no: ["no"],
        date: ["2026-11-30"],
        text: ["hi"],
      }).map((answer) => sayAnswer(textFor(locale), locale, answer));
    expect(said("en")).toEqual(["hi", "2.5", "No", "Nov 30, 2026"]);
    expect(said("es")).toEqual(["hi", "2,5", "No", "30 nov 2026"]);
  });
});

describe("a question of another type", () => {
  const change = (given: Partial<FieldChange>): FieldChange => ({
    key: null,
    label: "Floor",
    weighs: "must",
    several: true,
    options: {},
    more: ["ground"],
    ...given,
  });
  const elsewhere = { elsewhere: [aField("floor", ["ground", "first"], { label: "Floor" })], locale: "en" as const };

  it("has nothing to pick from, weighs nothing, and is none of another type's", () => {
    const [made] = withField([], change({ type: "number" }), { ...elsewhere, elsewhere: [] })!;
    expect(made).toMatchObject({ key: "floor", type: "number", weighs: "wish", several: false, options: [] });
    const [beside] = withField([], change({ type: "text" }), elsewhere)!;
    expect(beside).toMatchObject({ type: "text", options: [] });
  });

  it("is renamed and stays of its type", () => {
    const [made] = withField([], change({ type: "date" }), { ...elsewhere, elsewhere: [] })!;
    const [renamed] = withField([made!], change({ key: "floor", label: "Which day", type: "choice" }), elsewhere)!;
    expect(renamed).toEqual({ ...made, label: "Which day" });
  });
});
