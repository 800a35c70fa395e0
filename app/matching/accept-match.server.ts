import { claimPost } from "#app/claims/claim-post.server.ts";
import type { ClaimView } from "#app/claims/claim.ts";
import type { PersonCtx } from "#app/core/ctx.ts";

/** `quantity`: whole number ≥ 1; null means as much as both sides have. `key`: the same one never brings them together twice. */
export type Acceptance = { needCode: string; offerCode: string; quantity: number | null; key: string };

/**
 * Brings a need and an offer together: a promise of the offer's author, backed by the offer, that lowers what is left of
 * both in one statement. By the author of either, or a coordinator of either group. Both sides are told.
 *
 * @throws Problem as `claimPost`: `already-covered` with `{ remaining }` where somebody was quicker.
 */
export function acceptMatch(ctx: PersonCtx, { needCode, offerCode, quantity, key }: Acceptance): Promise<ClaimView> {
  return claimPost(ctx, { code: needCode, offerCode, quantity, eta: null, note: null, idempotencyKey: key });
}
