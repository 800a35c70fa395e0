import { expect, test } from "vitest";
import { z } from "zod";
import { messages } from "#app/i18n/compiled/en.ts";
import { parseForm } from "#app/web/parse-form.server.ts";

const errorsOf = (schema: z.ZodType, values: Record<string, string>) => {
  const parsed = parseForm(schema, values);
  return parsed.ok ? null : parsed.fault.errors;
};

test("what no page of ours sends is told in our words, not in those of the schema", () => {
  const schema = z.object({ kind: z.enum(["need", "offer"]), title: z.string(), many: z.coerce.number() });
  const errors = { kind: "problem.invalid-input", title: "problem.invalid-input", many: "problem.invalid-input" };
  expect(errorsOf(schema, { many: "1e400x" })).toEqual(errors);
});

test("every message of the catalogues can be a field's", () => {
  for (const id of Object.keys(messages)) {
    const schema = z.object({ title: z.string().min(1, id) });
    expect(errorsOf(schema, { title: "" })).toEqual({ title: id });
  }
});
