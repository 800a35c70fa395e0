import type { Ctx } from "#app/core/ctx.ts";
import { readDays } from "../days/read-days.server.ts";
import { durationsOf } from "../days/unpack.ts";
import { medianAndP90 } from "../kaplan-meier.ts";
import type { Times } from "./survival-tally.ts";

/**
 * Time from asking until somebody had a word with the author (`first_words`), of the needs asked for in the period. Those nobody has
 * spoken with count for as long as they have waited, closed ones until they were closed.
 */
export async function readFirstWord(ctx: Ctx, ids: string[], period: { from: Date; to: Date }): Promise<Times> {
  const days = await readDays(ctx, "words", ids, period);
  const durations = durationsOf(days, ctx.now, {
    happened: (day) => day.heard,
    over: (day) => day.unheard,
    still: (day) => day.silent,
  });
  return { of: durations.happened.length + durations.waiting.length, ...medianAndP90(durations) };
}
