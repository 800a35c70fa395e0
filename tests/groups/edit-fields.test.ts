import { describe, expect, it } from "vitest";
import type { CategoryField } from "#app/groups/category-field.ts";
import { withField, type FieldChange } from "#app/groups/edit-fields.ts";
import { aField } from "#tests/factories.ts";

const DIET: CategoryField = {
  key: "diet",
  label: "Diet",
  translations: { es: { label: "Dieta" } },
  weighs: "must",
  several: true,
  options: [
    { key: "halal", label: "Halal", translations: { ar: { label: "حلال" } } },
    { key: "no-pork", label: "Without pork", translations: { es: { label: "Sin cerdo" } } },
  ],
};

const change = (given: Partial<FieldChange>): FieldChange => ({
  key: "diet",
  label: "Diet",
  weighs: "must",
  several: true,
  options: {},
  more: [],
  ...given,
});
const edit = (
  given: Partial<FieldChange>,
  { locale = "en" as "en" | "es" | "ar", elsewhere = [] as CategoryField[] } = {},
) => withField([DIET], change(given), { elsewhere, locale });

describe("editing what a category asks", () => {
  it("changes nothing when it is saved as it was shown, in any language", () => {
    expect(edit({ options: { halal: "Halal", "no-pork": "Without pork" } })).toEqual([DIET]);
    expect(edit({ label: "Dieta", options: { halal: "Halal", "no-pork": "Sin cerdo" } }, { locale: "es" })).toEqual([
      DIET,
    ]);
    expect(edit({ options: { halal: "حلال", "no-pork": "Without pork" } }, { locale: "ar" })).toEqual([DIET]);
  });

  it("renames in the language of who writes, and keeps the keys and the words of the others", () => {
    const [english] = edit({ label: "Food rules", options: { "no-pork": "No pork" } })!;
    expect(english).toMatchObject({ key: "diet", label: "Food rules", translations: { es: { label: "Dieta" } } });
    expect(english!.options[1]).toEqual({ ...DIET.options[1], label: "No pork" });
    const [spanish] = edit({ label: "Comida", options: { halal: "Jalal" } }, { locale: "es" })!;
    expect(spanish).toMatchObject({ label: "Diet", translations: { es: { label: "Comida" } } });
    expect(spanish!.options[0]).toEqual({
      key: "halal",
      label: "Halal",
      translations: { ar: { label: "حلال" }, es: { label: "Jalal" } },
    });
  });

  it("takes an emptied option away, leaves one that is not named, and adds each new one once", () => {
    const [field] = edit({ options: { halal: "" }, more: ["Vegan", "vegan ", "Without Pork"] })!;
    expect(field!.options.map(({ key }) => key)).toEqual(["no-pork", "vegan"]);
  });

  it("takes over the key and the translations of a question that another category has", () => {
    const added = change({ key: null, label: "dieta", more: ["حلال", "Spicy"] });
    const [field] = withField([], added, { elsewhere: [DIET], locale: "es" })!;
    expect(field).toMatchObject({ key: "diet", translations: DIET.translations });
    expect(field!.options).toEqual([
      DIET.options[0],
      { key: "spicy", label: "Spicy", translations: { es: { label: "Spicy" } } },
    ]);
  });

  it("finds the same key again when a question is taken away and asked anew, in any letters", () => {
    const keyOf = (label: string) =>
      withField([], change({ key: null, label, more: ["a", "b"] }), { elsewhere: [], locale: "ar" })![0]!.key;
    expect(keyOf("Niñas y niños")).toBe("ninas-y-ninos");
    expect(keyOf("المقاس")).toBe(keyOf(" المقاس"));
    expect(keyOf("المقاس")).toMatch(/^[a-z0-9-]{1,60}$/);
    expect(keyOf("المقاس")).not.toBe(keyOf("النظام"));
    const fields = withField([aField("size", ["small"])], change({ key: null, label: "Size", more: ["a", "b"] }), {
      elsewhere: [],
      locale: "en",
    });
    expect(fields!.map(({ key }) => key)).toEqual(["size", "size-2"]);
  });

  it("knows when the question is gone", () => {
    expect(withField([], change({}), { elsewhere: [], locale: "en" })).toBeNull();
  });
});
