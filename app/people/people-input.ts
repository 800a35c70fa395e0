import { z } from "zod";
import { LOCALES } from "#app/i18n/locales.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";

const say = (id: MessageId) => ({ error: id });
const hour = z.coerce
  .number(say("people.error.hour"))
  .int(say("people.error.hour"))
  .min(0, say("people.error.hour"))
  .max(23, say("people.error.hour"));

export const NAME_LENGTH = 60;
const name = z.string().trim().max(NAME_LENGTH, say("people.error.name"));

export const PhoneForm = z.object({
  phone: z.string().trim().min(1, say("people.error.phone")).max(40, say("people.error.phone")),
});
export const CodeForm = z.object({
  code: z.string().trim().min(1, say("people.error.code")).max(40, say("people.error.code")),
});
export const NameForm = z.object({ name: name.default("") });
export const AboutForm = z.object({ name, locale: z.enum(LOCALES, say("people.error.locale")) });
export const TextsForm = z.object({
  quiet: z.literal("yes").optional(),
  quietFrom: hour,
  quietTo: hour,
  monthlyCap: z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, say("people.error.cap"))
    .transform((typed) => (typed === "" ? null : Number(typed))),
});
