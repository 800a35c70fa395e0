import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { FIELD_TYPES } from "./category-field.ts";
import { FIELD_LIMITS, type FieldChange } from "./edit-fields.ts";
import { FITS } from "./fit.ts";

const say = (id: MessageId) => ({ error: id });

/** "This can help, too", as the form sends it. */
export const FitInput = z
  .object({
    need: z.guid(say("matching.fits.error.need")),
    offer: z.guid(say("matching.fits.error.offer")),
    fit: z.enum(FITS, say("matching.fits.error.fit")),
  })
  .refine(({ need, offer }) => need !== offer, {
    path: ["offer"],
    error: "matching.fits.error.same" satisfies MessageId,
  });

const Words = z.string().trim().max(FIELD_LIMITS.label, say("matching.fits.error.long"));
const OPTION = "option.";

/** The lines of a box of text, without empty ones. */
const Lines = z
  .string()
  .default("")
  .transform((text) => text.split("\n"))
  .pipe(z.array(Words).max(200, say("matching.fits.error.many")))
  .transform((lines) => lines.filter(Boolean));

const FieldInput = z.object({
  label: Words.min(1, say("matching.fits.error.label")),
  type: z.enum(FIELD_TYPES).default("choice"),
  weighs: z.enum(["must", "wish"], say("matching.fits.error.weighs")),
  several: z.string().optional(),
  more: Lines,
  options: z.record(z.string(), z.string()),
});

/** A question as its form sends it: the words of its options each in a field of their own, new ones as lines. */
export const FieldForm = z
  .record(z.string(), z.string())
  .transform((values, issues) => {
    const options = Object.entries(values).filter(([name]) => name.startsWith(OPTION));
    for (const [name, words] of options) {
      if (words.trim().length <= FIELD_LIMITS.label) continue;
      issues.addIssue({ code: "custom", path: [name], message: "matching.fits.error.long" satisfies MessageId });
    }
    return {
      ...values,
      options: Object.fromEntries(options.map(([name, words]) => [name.slice(OPTION.length), words.trim()])),
    };
  })
  .pipe(FieldInput)
  .transform(({ several, ...input }): Omit<FieldChange, "key"> => ({ ...input, several: several !== undefined }));
