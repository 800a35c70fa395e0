import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { askingAddress } from "#app/people/asking-address.ts";
import { secondsLeft, takeFromLimit } from "#app/people/rate-limit.server.ts";

const HOUR = 3_600;
/** A camp shares one address and a coordinator writes for many. Retries count too, so the limits are wide. */
const POSTS_AN_HOUR = { address: 60, person: 300, phone: 60 };

/**
 * Counts one more post against whoever is signed in, else against the address it comes from and the phone it names: the
 * phone gets a text for each, and may be a stranger's.
 *
 * @throws Problem `too-many` with `{ seconds }` until the hour is over.
 */
export async function limitPosting(ctx: Ctx, from: { address: string | null; phone: string | null }): Promise<void> {
  const address = askingAddress(from.address);
  const limits: [string, number][] = ctx.person
    ? [[`posts by ${ctx.person.id}`, POSTS_AN_HOUR.person]]
    : [
        ...(address ? [[`posts from ${address}`, POSTS_AN_HOUR.address] as [string, number]] : []),
        ...(from.phone ? [[`posts for ${from.phone}`, POSTS_AN_HOUR.phone] as [string, number]] : []),
      ];
  for (const [key, max] of limits) {
    if (await takeFromLimit(ctx, { key, max, perSeconds: HOUR })) continue;
    throw new Problem("too-many", { seconds: secondsLeft(ctx.now, HOUR) });
  }
}
