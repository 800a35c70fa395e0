import { chainAudit } from "#app/audit/chain.server.ts";
import { watchBroadcasts } from "#app/broadcasts/watch-broadcasts.server.ts";
import { confirmSilentDeliveries } from "#app/claims/confirm-silent-deliveries.server.ts";
import { lapseClaims } from "#app/claims/lapse-claims.server.ts";
import { nudgeClaims } from "#app/claims/nudge-claims.server.ts";
import { offerNext } from "#app/claims/offer-next.server.ts";
import { releaseClosed } from "#app/claims/release-closed.server.ts";
import { tellUnconfirmed } from "#app/claims/tell-unconfirmed.server.ts";
import { reseal } from "#app/core/sealing/reseal.server.ts";
import { foldDays, sortDayMarks } from "#app/dashboard/days/fold-days.server.ts";
import { keepWeeks } from "#app/dashboard/public/keep-weeks.server.ts";
import { runImports } from "#app/imports/run-imports.server.ts";
import { forgetImports, undoImports } from "#app/imports/undo-imports.server.ts";
import { learnRates } from "#app/matching/learn-rates.server.ts";
import { thankAsked } from "#app/notifications/thank-asked.server.ts";
import type { ClockJobs } from "#app/notifications/worker.server.ts";
import { forgetSignIns } from "#app/people/forget-sign-ins.server.ts";
import { foldTallies } from "#app/tallies/fold-tallies.server.ts";
import { forgetDrafts } from "#app/posts/draft.server.ts";
import { expirePosts } from "#app/posts/expire-posts.server.ts";
import { closeRelays } from "#app/relay/close-relays.server.ts";
import { reopenPosts } from "#app/posts/reopen-post.server.ts";
import { finishAnswers } from "#app/questions/answer-question.server.ts";
import { askGotIt } from "#app/questions/ask-got-it.server.ts";
import { askNeedAgain } from "#app/questions/ask-need-again.server.ts";
import { askStillGood } from "#app/questions/ask-still-good.server.ts";
import { askStillNeeded } from "#app/questions/ask-still-needed.server.ts";
import { closeQuestions } from "#app/questions/close-questions.server.ts";
import { purgeHourly } from "#app/retention/purge.server.ts";
import { handOverDrafts } from "#app/texting/hand-over-drafts.server.ts";
import { sendWaves } from "#app/waves/send-waves.server.ts";

/**
 * What time alone brings about. Each is repeatable and returns how much it changed. In this order: what is over makes room
 * for the next question, and whoever is still to be asked is asked before anything ends.
 */
export const CLOCK_JOBS: ClockJobs = {
  releaseClosed,
  finishAnswers,
  closeQuestions,
  nudgeClaims,
  askStillGood,
  askGotIt,
  askNeedAgain,
  askStillNeeded,
  lapseClaims,
  tellUnconfirmed,
  confirmSilentDeliveries,
  expirePosts,
  reopenPosts,
  offerNext,
  forgetSignIns,
  forgetDrafts,
  closeRelays,
  watchBroadcasts,
  runImports,
  undoImports,
  forgetImports,
  learnRates,
  keepWeeks,
  sendWaves,
  thankAsked,
  handOverDrafts,
  foldTallies,
  sortDayMarks,
  foldDays,
  reseal,
  purgeHourly,
  chainAudit,
};
