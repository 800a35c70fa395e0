import { watchBroadcasts } from "#app/broadcasts/watch-broadcasts.server.ts";
import { confirmSilentDeliveries } from "#app/claims/confirm-silent-deliveries.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { releaseClosed } from "#app/claims/release-closed.server.ts";
import { thankAsked } from "#app/notifications/thank-asked.server.ts";
import type { ClockJobs } from "#app/notifications/worker.server.ts";
import { forgetSignIns } from "#app/people/forget-sign-ins.server.ts";
import { forgetDrafts } from "#app/posts/draft.server.ts";
import { expirePosts } from "#app/posts/expire-posts.server.ts";
import { closeRelays, forgetRelayTexts } from "#app/relay/close-relays.server.ts";
import { reopenPosts } from "#app/posts/reopen-post.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";

/** What time alone brings about. Each is one repeatable statement that returns how much it changed. */
export const CLOCK_JOBS: ClockJobs = {
  releaseClosed,
  lapseClaims,
  confirmSilentDeliveries,
  expirePosts,
  reopenPosts,
  forgetSignIns,
  forgetDrafts,
  closeRelays,
  forgetRelayTexts,
  watchBroadcasts,
  sendWaves,
  thankAsked,
};
