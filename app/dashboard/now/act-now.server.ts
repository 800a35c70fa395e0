import { withUndo, type PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { nudgeNow } from "#app/claims/nudge-now.server.ts";
import { approvePost } from "#app/posts/approve-post.server.ts";
import { reopenPost } from "#app/posts/reopen-post.server.ts";
import { askAgain } from "#app/waves/ask-again.server.ts";
import type { NowAct } from "./now.ts";

/** What the page says afterwards; `gone`: somebody else has settled it meanwhile, which is no fault. */
export const SAID = ["asked_lately", "gone"] as const;
export type Said = (typeof SAID)[number];

/** What a line is about; `revision`: of the words that were shown. */
type About = { code: string; claim: string; revision?: number | undefined };

/** The verb behind a line's button. @returns what to say; null where what was done says itself, with a way back. */
export async function actNow(ctx: PersonCtx, act: NowAct, { code, claim, revision }: About): Promise<Said | null> {
  try {
    return await ACTS[act](ctx, { code, claim, revision });
  } catch (error) {
    if (error instanceof Problem && ["wrong-step", "not-open", "changed-meanwhile"].includes(error.kind)) return "gone";
    throw error;
  }
}

const ACTS: Record<NowAct, (ctx: PersonCtx, about: About) => Promise<Said | null>> = {
  ask: async (ctx, { code }) => ((await askAgain(withUndo(ctx), { code })) ? null : "asked_lately"),
  nudge: async (ctx, { claim }) => {
    await nudgeNow(withUndo(ctx), { id: claim });
    return null;
  },
  approve: async (ctx, { code, revision }) => {
    await approvePost(withUndo(ctx), { code, ...(revision !== undefined && { revision }) });
    return null;
  },
  reopen: async (ctx, { code }) => {
    await reopenPost(withUndo(ctx), { code });
    return null;
  },
};
