import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { holdTexts } from "./hold-texts.server.ts";
import { inTheirHands } from "./scope.server.ts";

type About = { id: string };

/*
 * Each verb changes the broadcast's state, guarded, in one statement, and then its texts in another: the first waits
 * for a portion that is just being written, and only the second sees it. The second moves the texts that are due first;
 * the worker moves the rest within seconds, also when the process died between the two. Until then the last gate before
 * the provider (`markSubmitting`) looks at the broadcast's state.
 */

/**
 * No more texts of it go out until somebody lets it go on; those being handed over right now still do.
 *
 * @throws Problem `wrong-step` when it is not going out.
 */
export async function pauseBroadcast(ctx: PersonCtx, { id }: About): Promise<void> {
  const moved = await ctx.db.sql`
    update broadcasts b set state = 'paused', paused_why = 'by_hand', updated_at = ${ctx.now}::timestamptz
    where b.id = ${id}::uuid and b.state = 'sending' and ${inTheirHands(ctx)} returning b.id`;
  if (moved.length === 0) throw new Problem("wrong-step");
  await holdTexts(ctx, id);
}

/**
 * A paused one goes on: each text now, or after its reader's quiet hours.
 *
 * @throws Problem `wrong-step` when it is not paused.
 */
export async function resumeBroadcast(ctx: PersonCtx, { id }: About): Promise<void> {
  const moved = await ctx.db.sql`
    update broadcasts b set state = 'sending', paused_why = null, updated_at = ${ctx.now}::timestamptz
    where b.id = ${id}::uuid and b.state = 'paused' and ${inTheirHands(ctx)} returning b.id`;
  if (moved.length === 0) throw new Problem("wrong-step");
  await holdTexts(ctx, id);
}

/**
 * Whoever has not got it will not: what waits is canceled, what is not written yet never is. There is no way back.
 *
 * @throws Problem `wrong-step` when it is over, or never went.
 */
export async function stopBroadcast(ctx: PersonCtx, { id }: About): Promise<void> {
  const moved = await ctx.db.sql`
    update broadcasts b
    set state = 'stopped', updated_at = ${ctx.now}::timestamptz, ended_at = ${ctx.now}::timestamptz
    where b.id = ${id}::uuid and b.state in ('waiting', 'sending', 'paused') and ${inTheirHands(ctx)} returning b.id`;
  if (moved.length === 0) throw new Problem("wrong-step");
  await holdTexts(ctx, id);
}
