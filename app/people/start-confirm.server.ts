import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { getSettings } from "./settings.server.ts";
import { startSignIn } from "./start-sign-in.server.ts";

/** Texts a code to the asker's own number, for what not everybody may do who finds their browser open. @throws Problem as `startSignIn` does. */
export async function startConfirm(ctx: PersonCtx): Promise<{ challengeId: string }> {
  const { phone } = await getSettings(ctx);
  if (!phone) throw new Problem("not-found");
  return startSignIn(ctx, { phone, own: true });
}
