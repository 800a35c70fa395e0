import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { changeFields } from "./change-fields.server.ts";
import { FIELD_LIMITS, isCalled, typeOf, withField, type FieldChange } from "./edit-fields.ts";

/**
 * Adds a question to a category, or changes one, in the coordinator's language. For coordinators of its group.
 *
 * @throws Problem `not-found`; `invalid-input` with why: `twice` as another question is called so, `fields` as there
 *   are enough, `few` or `many` answers to pick from.
 */
export const saveField = (
  ctx: PersonCtx,
  { categoryId, change, locale }: { categoryId: string; change: FieldChange; locale: Locale },
): Promise<void> =>
  changeFields(ctx, categoryId, (fields, elsewhere) => {
    const refuse = (why: "twice" | "fields" | "few" | "many") => new Problem("invalid-input", { why });
    if (fields.some((field) => field.key !== change.key && isCalled(field, change.label))) throw refuse("twice");
    const changed = withField(fields, change, { elsewhere, locale });
    if (!changed) throw new Problem("not-found");
    if (changed.length > FIELD_LIMITS.fields) throw refuse("fields");
    const field = changed.find(({ key }) => key === change.key) ?? changed.at(-1)!;
    if (typeOf(field) !== "choice") return changed;
    if (field.options.length < 2) throw refuse("few");
    if (field.options.length > FIELD_LIMITS.options) throw refuse("many");
    return changed;
  });
