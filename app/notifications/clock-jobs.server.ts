import { confirmSilentDeliveries } from "#app/claims/confirm-silent-deliveries.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import type { Ctx } from "#app/core/ctx.ts";

/** What time alone brings about. Each is one repeatable statement that returns how much it changed. */
export const CLOCK_JOBS: Record<string, (ctx: Ctx) => Promise<number>> = {
  lapseClaims,
  confirmSilentDeliveries,
};
