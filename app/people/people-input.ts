import { z } from "zod";
import { LOCALES } from "#app/i18n/locales.ts";
import { plainDigits } from "#app/core/codes.ts";
import { isTimeZone } from "#app/core/time-zone.ts";
import { SPOKEN } from "./languages.ts";
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
/** Ticked boxes `speaks-es` are the languages somebody speaks. */
export const AboutInput = z
  .object({ name, locale: z.enum(LOCALES, say("people.error.locale")) })
  .catchall(z.string())
  .transform(({ name: called, locale, ...boxes }) => ({
    name: called,
    locale,
    languages: SPOKEN.filter((language) => boxes[`speaks-${language}`] === "yes" && language !== locale),
  }));

const coordinates = z
  .string()
  .trim()
  .max(60, say("people.error.spot"))
  .transform(plainDigits)
  .pipe(
    z
      .string()
      .regex(/^$|^-?\d{1,2}(\.\d+)?\s*[,،\s]\s*-?\d{1,3}(\.\d+)?$/, say("people.error.spot"))
      .transform((typed) => {
        const [lat, lng] = typed.split(/[,،\s]+/).map(Number);
        return lat === undefined || lng === undefined || typed === "" ? null : { lat, lng };
      })
      .refine((spot) => !spot || (Math.abs(spot.lat) <= 90 && Math.abs(spot.lng) <= 180), say("people.error.spot")),
  );

/** A place of the list, as its coordinates, or coordinates typed by hand, which go first. */
export const AreaInput = z
  .object({ place: coordinates.default(null), spot: coordinates.default(null) })
  .transform(({ place, spot }) => spot ?? place);

export const TextsInput = z.object({
  quiet: z.literal("yes").optional(),
  quietFrom: hour,
  quietTo: hour,
  timeZone: z.string().max(64).refine(isTimeZone, say("people.error.zone")).optional(),
  urgentAtNight: z.literal("yes").optional(),
  discreet: z.literal("yes").optional(),
  /** A day, or empty. */
  pausedUntil: z
    .string()
    .trim()
    .default("")
    .refine((day) => day === "" || z.iso.date().safeParse(day).success, say("people.error.day")),
  monthlyCap: z
    .string()
    .trim()
    .regex(/^\d{0,4}$/, say("people.error.cap"))
    .transform((typed) => (typed === "" ? null : Number(typed))),
});
