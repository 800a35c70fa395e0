import type { Ctx } from "#app/core/ctx.ts";
import { errorFields } from "#app/core/log.server.ts";
import { handleText } from "./handle-text.server.ts";
import { letPhoneGo, takeNext, takePhones } from "./take-texts.server.ts";

/** Phones a worker holds at once, and how many texts of one phone in a row before others get their turn. */
const PHONES = 8;
const IN_A_ROW = 20;
const AGAIN_AFTER_MS = 2_000;

/**
 * Handles the texts that wait: several phones at once, each phone's texts one after the other across all workers. Killed
 * at any point it loses nothing: the text is handled again with the same keys.
 *
 * @returns how many texts are done.
 */
export async function handleTexts(ctx: Ctx, { worker }: { worker: string }): Promise<number> {
  let count = 0;
  for (;;) {
    const phones = await takePhones(ctx, { worker, limit: PHONES });
    if (phones.length === 0) return count;
    const done = await Promise.all(phones.map((phoneLookup) => handlePhone(ctx, { worker, phoneLookup })));
    count += done.reduce((sum, n) => sum + n, 0);
    if (done.every((n) => n === 0)) return count;
  }
}

async function handlePhone(
  ctx: Ctx,
  { worker, phoneLookup }: { worker: string; phoneLookup: string },
): Promise<number> {
  let done = 0;
  try {
    while (done < IN_A_ROW) {
      const taken = await takeNext(ctx, { worker, phoneLookup });
      if (!taken || !(await handleText(ctx, { worker, taken }))) break;
      done += 1;
    }
    await letPhoneGo(ctx, { worker, phoneLookup });
  } catch (error) {
    ctx.log.error("a text could not be handled", { worker, ...errorFields(error) });
    const until = new Date(ctx.now.getTime() + AGAIN_AFTER_MS);
    await letPhoneGo(ctx, { worker, phoneLookup, until }).catch(() => undefined);
  }
  return done;
}
