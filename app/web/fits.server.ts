import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { FieldForm, FitInput } from "#app/groups/fits-input.ts";
import { fieldId, FIT_FORM, type FitsAnswer } from "#app/groups/fits-forms.ts";
import type { GroupView } from "#app/groups/group.ts";
import { removeField } from "#app/groups/remove-field.server.ts";
import { removeFit } from "#app/groups/remove-fit.server.ts";
import { saveField } from "#app/groups/save-field.server.ts";
import { setFit } from "#app/groups/set-fit.server.ts";
import { setLearning } from "#app/groups/set-learning.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { isUuid } from "#app/people/uuid.ts";
import { parseForm } from "./parse-form.server.ts";

type Given = { group: GroupView; values: Record<string, string>; locale: Locale };
/** The part of the page that changed, or what is wrong with the form. */
type Done = { part: "helps" | "asked" | "learning"; category?: string } | FitsAnswer;

/** Does what one of the forms of `/coordinate/matches/fits` says. */
export async function actOnFits(ctx: PersonCtx, given: Given): Promise<Done> {
  const { group, values } = given;
  switch (values["act"]) {
    case "fit":
      return addFit(ctx, values);
    case "unfit":
      await removeFit(ctx, { needCategoryId: uuidOf(values["need"]), offerCategoryId: uuidOf(values["offer"]) });
      return { part: "helps" };
    case "learn":
    case "forget":
      await setLearning(ctx, { groupId: group.id, learns: values["act"] === "learn" });
      return { part: "learning" };
    case "ask":
      return ask(ctx, given);
    case "unask":
      await removeField(ctx, { categoryId: uuidOf(values["category"]), key: values["key"] ?? "" });
      return { part: "asked", category: uuidOf(values["category"]) };
    default:
      throw new Problem("invalid-input");
  }
}

function uuidOf(id: string | undefined): string {
  if (!id || !isUuid(id)) throw new Problem("not-found");
  return id;
}

async function addFit(ctx: PersonCtx, values: Record<string, string>): Promise<Done> {
  const parsed = parseForm(FitInput, values);
  if (!parsed.ok) return wrong(FIT_FORM, values, parsed.fault.errors);
  const { need, offer, fit } = parsed.data;
  await setFit(ctx, { needCategoryId: need, offerCategoryId: offer, fit });
  return { part: "helps" };
}

const REFUSED = {
  twice: ["label", "matching.fits.error.twice"],
  fields: ["label", "matching.fits.error.fields"],
  few: ["more", "matching.fits.error.few"],
  many: ["more", "matching.fits.error.many"],
} as const satisfies Record<string, [field: string, message: MessageId]>;

async function ask(ctx: PersonCtx, { values, locale }: Given): Promise<Done> {
  const form = values["form"] ?? "";
  const categoryId = uuidOf(values["category"]);
  const parsed = parseForm(FieldForm, values);
  if (!parsed.ok) return wrong(form, values, parsed.fault.errors);
  try {
    await saveField(ctx, { categoryId, change: { key: values["key"] ?? null, ...parsed.data }, locale });
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "invalid-input") throw error;
    const [field, message] = REFUSED[error.facts["why"] as keyof typeof REFUSED];
    return wrong(form, values, { [field]: message });
  }
  return { part: "asked", category: categoryId };
}

const wrong = (form: string, values: Record<string, string>, errors: Record<string, MessageId>): FitsAnswer => ({
  form,
  values,
  errors: Object.entries(errors).map(([field, message]) => ({ field: fieldId(form, field), message })),
});
