import { z } from "zod";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { westernDigits } from "#app/people/phone.server.ts";
import { MOST_KEYWORDS, WELCOME_LETTERS } from "./settings.ts";

const say = (id: MessageId) => ({ error: id });
const whole = (text: string) => (text.trim() === "" ? null : Number(westernDigits(text)));
const hour = z
  .string()
  .default("")
  .transform(whole)
  .pipe(z.int(say("habits.error.hour")).min(0, say("habits.error.hour")).max(23, say("habits.error.hour")).nullable());

/** When a group is quiet, what it tells who joins, which words lead to it, and how long it keeps contacts. */
export const HabitsInput = z
  .object({
    quietFrom: hour,
    quietTo: hour,
    welcome: z
      .string()
      .trim()
      .max(WELCOME_LETTERS, say("settings.error.long"))
      .refine((words) => !/\p{Extended_Pictographic}/u.test(words), say("habits.error.pictures")),
    keywords: z
      .string()
      .default("")
      .transform((text) => [...new Set(text.split(/[\s,;،]+/).filter(Boolean))])
      .pipe(z.array(z.string().max(20, say("habits.error.keyword"))).max(MOST_KEYWORDS, say("habits.error.keyword"))),
    retentionDays: z
      .string()
      .transform(whole)
      .pipe(z.int(say("settings.error.days")).min(1, say("settings.error.days")).max(365, say("settings.error.days"))),
  })
  .refine(
    ({ quietFrom, quietTo }) =>
      (quietFrom === null) === (quietTo === null) && (quietFrom === null || quietFrom !== quietTo),
    {
      path: ["quietTo"],
      error: "habits.error.hours" satisfies MessageId,
    },
  );
export type Habits = z.infer<typeof HabitsInput>;
