import type { Ctx } from "#app/core/ctx.ts";
import { readCommand } from "#app/sms/grammar.ts";

type SealedPhone = { phone_lookup: string; phone_sealed: string };
const placeOf = (row: SealedPhone) => ({ table: "text_threads", column: "phone_sealed", row: row.phone_lookup });

/** The number of a thread in E.164, for whoever looks; null where somebody called from a hidden one, or it does not open. */
export const readThreadPhone = (ctx: Ctx, row: SealedPhone): string | null =>
  ctx.seal.read(row.phone_sealed, placeOf(row)) || null;

/** The same to act on. @throws SealBroken rather than that somebody counts as hidden who is not. */
export const openThreadPhone = (ctx: Ctx, row: SealedPhone): string | null =>
  ctx.seal.open(row.phone_sealed, placeOf(row)) || null;

/** All of a number that a list shows. */
export const lastDigits = (phone: string | null): string | null => phone && phone.slice(-2);

/**
 * Words that name a code to be passed on to: meant for the other side of a promise, also where that did not work out and
 * the text came to the inbox. Coordinators learn that it came, never what it says.
 */
export const meantForOther = (words: string): boolean => readCommand(words, { optedOut: false }).kind === "relay";

/** The words of a text that came in; null once they are erased. */
export const openHeard = (ctx: Ctx, row: { message_sid: string; body_sealed: string | null }): string | null =>
  ctx.seal.read(row.body_sealed, { table: "inbound_texts", column: "body_sealed", row: row.message_sid });
