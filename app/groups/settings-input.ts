import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { westernDigits } from "#app/people/phone.server.ts";

const say = (id: MessageId) => ({ error: id });
const words = (max: number) =>
  z.string().trim().min(1, say("settings.error.words")).max(max, say("settings.error.long"));
/** What the form was made from; an API or a test may leave it out and saves over anything. */
const seen = z.string().max(64).optional();
const whole = (text: string) => (text.trim() === "" ? null : Number(westernDigits(text)));

/** What a group says of itself and how it works. */
export const GroupInput = z.object({
  seen,
  name: words(60),
  blurb: words(300),
  joining: z.enum(["open", "ask"], say("settings.error.words")),
  moderates: z
    .string()
    .optional()
    .transform((tick) => tick !== undefined),
  weeklyCap: z
    .string()
    .default("")
    .transform(whole)
    .pipe(
      z.int(say("settings.error.cap")).min(1, say("settings.error.cap")).max(100, say("settings.error.cap")).nullable(),
    ),
});

/** A category; `id` is empty for a new one. */
export const CategoryInput = z.object({
  id: z.string().default(""),
  seen,
  name: words(60),
  unit: words(40),
  unitOne: words(40),
  expiryDays: z
    .string()
    .transform(whole)
    .pipe(z.int(say("settings.error.days")).min(1, say("settings.error.days")).max(365, say("settings.error.days"))),
  neededWithinHours: z
    .string()
    .default("")
    .transform(whole)
    .pipe(
      z
        .int(say("habits.error.within"))
        .min(1, say("habits.error.within"))
        .max(720, say("habits.error.within"))
        .nullable(),
    ),
  visibility: z.enum(["everyone", "volunteers", "team"], say("posts.error.visibility")),
});
export type CategoryGiven = z.infer<typeof CategoryInput>;
