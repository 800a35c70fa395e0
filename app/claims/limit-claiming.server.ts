import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isCoordinator } from "#app/groups/membership.ts";
import { secondsLeft, takeFromLimit } from "#app/people/rate-limit.server.ts";

const HOUR = 3_600;
/** More promises than somebody keeps; a coordinator writes them down for others. Repeats count too. */
const CLAIMS_AN_HOUR = { person: 60, coordinator: 600 };

/** Counts one more promise, so that nobody empties the board at once. @throws Problem `too-many` with `{ seconds }`. */
export async function limitClaiming(ctx: PersonCtx): Promise<void> {
  const max = isCoordinator(ctx.person) ? CLAIMS_AN_HOUR.coordinator : CLAIMS_AN_HOUR.person;
  if (await takeFromLimit(ctx, { key: `claims by ${ctx.person.id}`, max, perSeconds: HOUR })) return;
  throw new Problem("too-many", { seconds: secondsLeft(ctx.now, HOUR) });
}
