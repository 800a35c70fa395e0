import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { askingAddress } from "#app/people/asking-address.ts";
import { secondsLeft, takeFromLimit } from "#app/people/rate-limit.server.ts";

/** Far more than a dispatcher or a bridge to another system sends. A token is one program; one address may be many. */
const WRITES = { person: 600, address: 1_200, perSeconds: 600 };

/**
 * Limits what a program may change through the API altogether, beside what each act allows. Without a token and from an
 * address that says nothing of who asks, nothing is counted, as for reading.
 *
 * @throws Problem `too-many` with `seconds`.
 */
export async function limitWriting(ctx: Ctx & { address: string }): Promise<void> {
  const { perSeconds } = WRITES;
  const address = askingAddress(ctx.address);
  if (!ctx.person && !address) return;
  const who = ctx.person ? `by ${ctx.person.id}` : `from ${address}`;
  const max = ctx.person ? WRITES.person : WRITES.address;
  if (await takeFromLimit(ctx, { key: `api writes ${who}`, max, perSeconds })) return;
  throw new Problem("too-many", { seconds: secondsLeft(ctx.now, perSeconds) });
}
