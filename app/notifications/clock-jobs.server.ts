import { confirmSilentDeliveries } from "#app/claims/confirm-silent-deliveries.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { releaseClosed } from "#app/claims/release-closed.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { forgetSignIns } from "#app/people/forget-sign-ins.server.ts";
import { forgetDrafts } from "#app/posts/draft.server.ts";
import { expirePosts } from "#app/posts/expire-posts.server.ts";
import { reopenPosts } from "#app/posts/reopen-post.server.ts";

/** What time alone brings about. Each is one repeatable statement that returns how much it changed. */
export const CLOCK_JOBS: Record<string, (ctx: Ctx) => Promise<number>> = {
  releaseClosed,
  lapseClaims,
  confirmSilentDeliveries,
  expirePosts,
  reopenPosts,
  forgetSignIns,
  forgetDrafts,
};
