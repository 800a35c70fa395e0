import type { PersonCtx } from "#app/core/ctx.ts";
import type { ClaimStatus, ClaimView } from "./claim.ts";
import { confirmClaim } from "./confirm-claim.server.ts";
import { deliverClaim } from "./deliver-claim.server.ts";
import { releaseClaim } from "./release-claim.server.ts";
import { startClaim } from "./start-claim.server.ts";

export type Step = {
  id: string;
  status: Exclude<ClaimStatus, "promised" | "lapsed">;
  quantity: number | null;
  reason: string | null;
};

/** The verb behind a wished-for status, for doors that take one: the page of a promise and the API. */
export function takeStep(ctx: PersonCtx, { id, status, quantity, reason }: Step): Promise<ClaimView> {
  switch (status) {
    case "on_the_way":
      return startClaim(ctx, { id });
    case "delivered":
      return deliverClaim(ctx, { id, quantity });
    case "released":
      return releaseClaim(ctx, { id, reason });
    case "confirmed":
      return confirmClaim(ctx, { id, token: null });
  }
}
