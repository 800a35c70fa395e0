import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem, type ProblemKind } from "#app/core/problems.ts";
import { acceptMatch } from "./accept-match.server.ts";
import { dismissMatch, undoDismissal } from "./dismiss-match.server.ts";
import { bringTogether, keepApart } from "./keep-apart.server.ts";
import type { QueueAct } from "./queue-input.ts";
import type { QueueSaid } from "./queue-page.tsx";

/** Two coordinators may press at once: to the slower one this is how it stands, not a fault. */
const GONE: ProblemKind[] = ["already-covered", "not-open", "already-closed", "ask-coordinators"];

/** The verb behind a button of the queue. @throws Problem as the verb does. */
export async function actOnQueue(ctx: PersonCtx, act: QueueAct): Promise<QueueSaid> {
  switch (act.act) {
    case "accept":
      return accept(ctx, act);
    case "dismiss":
      await dismissMatch(ctx, { needCode: act.need, offerCode: act.other, reason: act.reason });
      return { what: "dismissed", left: null };
    case "undo":
      await undoDismissal(ctx, { needCode: act.need, offerCode: act.other });
      return { what: "undone", left: null };
    case "apart":
      await keepApart(ctx, { needCode: act.need, offerCode: act.other });
      return { what: "apart", left: null };
    case "together":
      await bringTogether(ctx, { one: act.one, other: act.other });
      return { what: "together", left: null };
  }
}

async function accept(ctx: PersonCtx, act: QueueAct & { act: "accept" }): Promise<QueueSaid> {
  try {
    const { need: needCode, other: offerCode, quantity, key } = act;
    const claim = await acceptMatch(ctx, { needCode, offerCode, quantity, key });
    return { what: "accepted", left: null, made: claim.quantity };
  } catch (problem) {
    if (!(problem instanceof Problem) || !GONE.includes(problem.kind)) throw problem;
    return { what: "gone", left: Number(problem.facts["remaining"] ?? 0) };
  }
}
